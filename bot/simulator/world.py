"""The simulated Telegram's state: who is there, what was said, and who gets to know of it."""

import asyncio
import random
from collections.abc import Iterable
from typing import Any, Literal

from bot.simulator.clock import Clock
from bot.simulator.feed import Feed
from bot.simulator.files import FileStore
from bot.simulator.journal import Journal
from bot.simulator.models import (
    Bot,
    Callback,
    Chat,
    Event,
    JsonDict,
    Message,
    Person,
    Sender,
)
from bot.simulator.page_views import page_message, person_view
from bot.simulator.polling import Poller
from bot.simulator.rules import DAY_SECONDS, Rules
from bot.simulator.updates import Update, UpdateQueue
from bot.simulator.webhook_state import Webhook

_FIRST_PERSON = 100_000_001
_SUPERGROUPS = -1_000_000_000_000
_CALLBACK_LIFETIME = 150
_LIFETIMES = {"callback_query": _CALLBACK_LIFETIME}
_QUEUES = {"callback_query": 3 << 33, "my_chat_member": 5 << 33, "chat_member": 6 << 33}


class World:
    def __init__(self, clock: Clock, rng: random.Random, rules: Rules) -> None:
        self.clock = clock
        self.rng = rng
        self.rules = rules
        self.feed = Feed()
        self.journal = Journal(self.feed)
        self.files = FileStore(rng)
        self.bots: dict[str, Bot] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Chat] = {}
        self.callbacks: dict[str, Callback] = {}
        self.events: list[Event] = []
        self.stirred = asyncio.Event()  # wakes the webhook delivery
        self._queues: dict[int, UpdateQueue] = {}
        self._pollers: dict[int, Poller] = {}
        self._webhooks: dict[int, Webhook] = {}

    # who is there

    def add_bot(
        self, token: str, username: str, name: str, *, reads_all_group_messages: bool = False
    ) -> Bot:
        bot = Bot(
            id=int(token.partition(":")[0]),
            token=token,
            username=username,
            first_name=name,
            reads_all_group_messages=reads_all_group_messages,
        )
        queue = UpdateQueue(self.clock, self.rng, self.rules)
        self.bots[token] = bot
        self._queues[bot.id] = queue
        self._pollers[bot.id] = Poller(queue, self.rules)
        self._webhooks[bot.id] = Webhook()
        return bot

    def add_person(  # noqa: PLR0913  # a profile has that many fields
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        phone: str | None = None,
        language_code: str = "en",
        person_id: int | None = None,
    ) -> Person:
        person = Person(
            id=person_id or max(self.people, default=_FIRST_PERSON - 1) + 1,
            first_name=first_name,
            last_name=last_name,
            username=username,
            phone=phone,
            language_code=language_code,
        )
        self.people[person.id] = person
        self.publish_person(person)
        return person

    def private_chat(self, person: Person, bot: Bot | None = None) -> Chat:
        """Find their chat; its id is the person's, as in Telegram."""
        bot = bot or self.bot
        if person.id not in bot.chats:
            bot.chats[person.id] = Chat(id=person.id, type="private", person=person, bot=bot)
        return bot.chats[person.id]

    def new_group(self, title: str, kind: Literal["group", "supergroup"]) -> Chat:
        number = -4_000_000_000 - len(self.groups) - 1
        group_id = number if kind == "group" else _SUPERGROUPS + number
        self.groups[group_id] = Chat(id=group_id, type=kind, title=title)
        return self.groups[group_id]

    @property
    def bot(self) -> Bot:
        """The bot, where there is only one."""
        return next(iter(self.bots.values()))

    def chat(self, chat_id: int, bot: Bot | None = None) -> Chat:
        chat = self.find_chat(bot or self.bot, chat_id)
        if chat is None:
            raise LookupError(f"no chat {chat_id}")
        return chat

    def find_chat(self, bot: Bot, chat_id: int) -> Chat | None:
        if chat_id in self.people:
            return self.private_chat(self.people[chat_id], bot)
        return self.groups.get(chat_id)

    def bots_in(self, chat: Chat) -> list[Bot]:
        if chat.bot:
            return [chat.bot]
        return [member for member in chat.members.values() if isinstance(member, Bot)]

    def queue_of(self, bot: Bot) -> UpdateQueue:
        return self._queues[bot.id]

    def poller_of(self, bot: Bot) -> Poller:
        return self._pollers[bot.id]

    def webhook_of(self, bot: Bot) -> Webhook:
        return self._webhooks[bot.id]

    # what was said

    def post(self, chat: Chat, sender: Sender, **content: Any) -> Message:
        """Put a message into a chat and show it to whoever looks."""
        chat.last_message_id += 1
        now = self.clock.timestamp()
        message = Message(id=chat.last_message_id, chat=chat, sender=sender, date=now, **content)
        chat.messages[message.id] = message
        self.publish_message("message", message)
        return message

    def push(self, bot: Bot, kind: str, body: JsonDict, *, about: int) -> int:
        """Queue an update for a bot and give its id; 0 when the bot did not ask for its kind."""
        update = self.queue_of(bot).push(
            kind,
            body,
            queue_id=about + _QUEUES.get(kind, 0),
            lifetime=_LIFETIMES.get(kind, DAY_SECONDS),
        )
        return self._noted(update) if update else 0

    def _noted(self, update: Update) -> int:
        self.stirred.set()
        self.journal.add_update(update, self.clock.now())
        return update.id

    def pending_data(self, message: Message) -> set[str]:
        """Name the buttons of a message that were pressed and not answered yet."""
        since = self.clock.now() - self.rules.callback_seconds
        return {data for data, pressed_at in message.pressed.items() if pressed_at > since}

    # who gets to know

    def publish_message(self, kind: Literal["message", "edited"], message: Message) -> None:
        self.feed.publish(
            lambda: {
                "type": kind,
                "chat_id": message.chat.id,
                "message": page_message(message, self.pending_data(message)),
            }
        )

    def publish_person(self, person: Person) -> None:
        self.feed.publish(lambda: {"type": "person", "person": self.person_view(person)})

    def publish_keyboard(self, chat: Chat, people: Iterable[int]) -> None:
        for person_id in people:
            keyboard = chat.keyboards.get(person_id)
            frame = {"type": "keyboard", "chat_id": chat.id, "person_id": person_id}
            self.feed.send(frame | {"reply_keyboard": keyboard})

    def person_view(self, person: Person) -> JsonDict:
        blocked = bool(self.bots) and self.private_chat(person).blocked
        return person_view(person, blocked=blocked)
