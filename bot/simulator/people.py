"""What people do in their Telegram apps. Every action gives the id of the update it made."""

from typing import Any, Literal

from bot.simulator.entities import tidy, with_found
from bot.simulator.errors import CannotAct
from bot.simulator.models import Bot, Callback, Chat, JsonDict, Message, Person
from bot.simulator.views import chat_view, maybe_inaccessible, message_view, present, user_view
from bot.simulator.world import World

_COMMAND = "bot_command"


class People(World):
    def start(self, person: Person, payload: str = "") -> int:
        """Press Start, or open a deep link."""
        return self.send_text(person, f"/start {payload}".strip())

    def send_text(
        self, person: Person, text: str, chat_id: int | None = None, reply_to: int | None = None
    ) -> int:
        chat = self._open(person, chat_id)
        tidied, _ = tidy(text, [])
        if not tidied:
            raise CannotAct("an app sends no blank message")
        entities = with_found(tidied, [])
        answered = chat.messages.get(reply_to or 0)
        return self._say(person, chat, text=tidied, entities=entities, reply_to=answered)

    def send_contact(  # noqa: PLR0913  # a contact is typed by hand or picked
        self,
        person: Person,
        contact_of: Person | None = None,
        *,
        phone: str | None = None,
        first_name: str | None = None,
        user_id: int | None = None,
        chat_id: int | None = None,
    ) -> int:
        """Share a contact: by default one's own, as the request_contact button does."""
        whose = contact_of or person
        if phone is None and whose.phone is None:
            raise CannotAct(f"{whose.first_name} has no phone number")
        contact: JsonDict = {
            "phone_number": phone or whose.phone,
            "first_name": first_name or whose.first_name,
            "last_name": None if phone else whose.last_name,
            "user_id": user_id if phone else whose.id,
        }
        return self._say(person, self._open(person, chat_id), contact=present(contact))

    def send_location(
        self, person: Person, latitude: float, longitude: float, chat_id: int | None = None
    ) -> int:
        location = {"latitude": latitude, "longitude": longitude}
        return self._say(person, self._open(person, chat_id), location=location)

    def send_photo(
        self,
        person: Person,
        content: bytes,
        caption: str | None = None,
        *,
        chat_id: int | None = None,
        album: str | None = None,
    ) -> int:
        """Send a picture; several with one ``album`` id make an album."""
        chat = self._open(person, chat_id)
        extra = {"media_group_id": album} if album else {}
        photo = self.files.add_photo(content)
        return self._say(person, chat, photo=photo, extra=extra, **_captioned(caption))

    def send_document(  # noqa: PLR0913  # a file has that many sides
        self,
        person: Person,
        name: str,
        content: bytes,
        caption: str | None = None,
        mime: str | None = None,
        *,
        chat_id: int | None = None,
    ) -> int:
        document = self.files.add_document(name, content, mime)
        chat = self._open(person, chat_id)
        return self._say(person, chat, document=document, **_captioned(caption))

    def edit_text(self, person: Person, chat_id: int, message_id: int, text: str) -> int:
        chat = self._open(person, chat_id)
        message = chat.messages.get(message_id)
        if message is None or message.deleted or message.sender is not person:
            raise CannotAct("people edit only their own messages")
        if message.text is None:
            message.caption = text
        else:
            message.text = text
        message.entities = with_found(text, [])
        message.edit_date = self.clock.timestamp()
        self.publish_message("edited", message)
        return self._tell_bots(message, "edited_message")

    def press(self, person: Person, chat_id: int, message_id: int, data: str) -> int:
        """Press a button; the data may be forged, the message old or deleted."""
        chat = self._open(person, chat_id, writes=False)
        message = chat.messages.get(message_id)
        bot = message.sender if message and isinstance(message.sender, Bot) else self.bot
        callback = Callback(
            id=str(self.rng.getrandbits(63)),
            bot=bot,
            person=person,
            message=message,
            data=data,
            at=self.clock.now(),
        )
        self.callbacks[callback.id] = callback
        if message and not message.deleted:
            message.pressed[data] = callback.at
            self.publish_message("edited", message)
        body = {
            "id": callback.id,
            "from": user_view(person),
            "message": maybe_inaccessible(chat, message, message_id),
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        return self.push(bot, "callback_query", body, about=person.id)

    def delete_message(self, person: Person, chat_id: int, message_id: int) -> None:
        """Clear a message away; Telegram tells the bot nothing."""
        chat = self._open(person, chat_id, writes=False)
        self.remove(chat.messages[message_id])

    def remove(self, message: Message) -> None:
        message.deleted = True
        frame = {"type": "deleted", "chat_id": message.chat.id, "message_id": message.id}
        self.feed.send(frame)

    def block(self, person: Person, bot: Bot | None = None) -> int:
        return self._set_blocked(person, bot or self.bot, blocked=True)

    def unblock(self, person: Person, bot: Bot | None = None) -> int:
        return self._set_blocked(person, bot or self.bot, blocked=False)

    def deactivate(self, person: Person) -> None:
        """Delete the account; Telegram tells the bot only when it next writes."""
        person.deactivated = True
        self.publish_person(person)

    def _set_blocked(self, person: Person, bot: Bot, *, blocked: bool) -> int:
        chat = self.private_chat(person, bot)
        if chat.blocked == blocked:
            return 0
        chat.blocked = blocked
        chat.started = True
        self.publish_person(person)
        statuses = ("member", "kicked") if blocked else ("kicked", "member")
        return self.tell_membership(chat, person, bot, *statuses)

    def tell_membership(
        self, chat: Chat, by: Person | Bot, of: Person | Bot, old: str, new: str
    ) -> int:
        """Tell a chat's bots that someone came or went."""
        body = {
            "chat": chat_view(chat),
            "from": user_view(by),
            "date": self.clock.timestamp(),
            "old_chat_member": _standing(of, old),
            "new_chat_member": _standing(of, new),
        }
        if isinstance(of, Bot):
            return self.push(of, "my_chat_member", body, about=chat.id)
        told = [self.push(bot, "chat_member", body, about=of.id) for bot in self.bots_in(chat)]
        return next((update for update in told if update), 0)

    def _open(self, person: Person, chat_id: int | None, *, writes: bool = True) -> Chat:
        """Find the chat in which the person may act.

        Raises:
            CannotAct: the account is gone, the bot is blocked, or it is someone else's chat.
        """
        if person.deactivated:
            raise CannotAct(f"{person.first_name}'s account is deleted")
        chat = self.chat(person.id if chat_id is None else chat_id)
        if chat.is_private and chat.person is not person:
            raise CannotAct("this is someone else's private chat")
        if chat.blocked and writes:
            raise CannotAct(f"{person.first_name} has blocked the bot")
        if not chat.is_private and person.id not in chat.members:
            raise CannotAct(f"{person.first_name} is not in {chat.title}")
        return chat

    def _say(self, person: Person, chat: Chat, **content: Any) -> int:
        chat.started = True
        message = self.post(chat, person, **content)
        self._put_keyboard_away(chat, person, message)
        return self._tell_bots(message, "message")

    def _tell_bots(self, message: Message, kind: Literal["message", "edited_message"]) -> int:
        body = message_view(message)
        told = [
            self.push(bot, kind, body, about=message.chat.id)
            for bot in self.bots_in(message.chat)
            if _sees(bot, message)
        ]
        return next((update for update in told if update), 0)

    def _put_keyboard_away(self, chat: Chat, person: Person, message: Message) -> None:
        """A forced reply is over with any message, a one-time keyboard with a press on it."""
        keyboard = chat.keyboards.get(person.id, {})
        buttons = [button for row in keyboard.get("keyboard", []) for button in row]
        pressed = (
            any(button["text"] == message.text for button in buttons)
            or (message.contact and any(button.get("request_contact") for button in buttons))
            or (message.location and any(button.get("request_location") for button in buttons))
        )
        if keyboard.get("force_reply") or (keyboard.get("one_time_keyboard") and pressed):
            del chat.keyboards[person.id]
            self.publish_keyboard(chat, [person.id])


def _captioned(caption: str | None) -> JsonDict:
    tidied, _ = tidy(caption or "", [])
    return {"caption": tidied or None, "entities": with_found(tidied, [])}


def _standing(user: Person | Bot, status: str) -> JsonDict:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": user_view(user), "status": status} | until


def _sees(bot: Bot, message: Message) -> bool:
    """Privacy mode: in a group a bot hears commands, answers to it, and its own name."""
    chat = message.chat
    if chat.is_private or bot.reads_all_group_messages or bot.id in chat.admins or message.service:
        return True
    if message.reply_to and message.reply_to.sender is bot:
        return True
    text = message.text or message.caption or ""
    if f"@{bot.username}".lower() in text.lower():
        return True
    starts_with_command = bool(message.entities) and message.entities[0]["offset"] == 0
    is_command = starts_with_command and message.entities[0]["type"] == _COMMAND
    return is_command and "@" not in text.split()[0]
