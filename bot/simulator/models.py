"""What the simulated Telegram remembers: people, bots, chats, messages, files."""

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.simulator.entities import Entity
from bot.simulator.render import render

JsonDict = dict[str, Any]
Kind = Literal["sent", "edited", "deleted", "answered", "chat_action"]


@dataclass(slots=True, eq=False, kw_only=True)
class Person:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    phone: str | None = None
    language_code: str = "en"
    deactivated: bool = False

    @property
    def is_bot(self) -> bool:
        return False


@dataclass(slots=True, eq=False, kw_only=True)
class Bot:
    id: int
    token: str
    username: str
    first_name: str
    reads_all_group_messages: bool = False
    revoked: bool = False
    chats: dict[int, "Chat"] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[JsonDict]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # (name|description|…, language)
    menu_buttons: dict[int, JsonDict] = field(default_factory=dict)

    @property
    def is_bot(self) -> bool:
        return True


Sender = Person | Bot


@dataclass(slots=True, frozen=True, eq=False, kw_only=True)
class File:
    file_id: str
    unique_id: str
    kind: Literal["photo", "document"]
    path: str
    name: str
    mime: str
    content: bytes
    width: int = 0
    height: int = 0

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(slots=True, eq=False, kw_only=True)
class Message:
    id: int
    chat: "Chat"
    sender: Sender
    date: int
    text: str | None = None
    caption: str | None = None
    entities: list[Entity] = field(default_factory=list)
    photo: File | None = None
    document: File | None = None
    contact: JsonDict | None = None
    location: JsonDict | None = None
    service: JsonDict = field(default_factory=dict)  # new_chat_members, pinned_message, …
    extra: JsonDict = field(default_factory=dict)  # has_protected_content, forward_origin, …
    inline_keyboard: list[list[JsonDict]] | None = None
    has_other_markup: bool = False  # a reply keyboard came along: such a message can't be edited
    reply_to: "Message | None" = None
    edit_date: int | None = None
    deleted: bool = False
    reactions: list[JsonDict] = field(default_factory=list)
    pressed: dict[str, float] = field(default_factory=dict)  # data of presses without an answer

    @property
    def edited(self) -> bool:
        return self.edit_date is not None

    @property
    def html(self) -> str:
        """The text or caption as a person sees it, safe to show on a page."""
        return render(self.text or self.caption or "", self.entities)

    @property
    def buttons(self) -> list[list[JsonDict]]:
        return self.inline_keyboard or []

    @property
    def media(self) -> File | None:
        return self.photo or self.document


@dataclass(slots=True, eq=False, kw_only=True)
class Chat:
    id: int
    type: Literal["private", "group", "supergroup"]
    title: str | None = None
    person: Person | None = None  # the other side of a private chat
    bot: Bot | None = None  # this side of a private chat
    members: dict[int, Sender] = field(default_factory=dict)
    admins: set[int] = field(default_factory=set)
    removed: dict[int, Literal["left", "kicked"]] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    keyboards: dict[int, JsonDict] = field(default_factory=dict)  # by person
    started: bool = False  # the person has written to the bot at least once
    blocked: bool = False
    migrated_to: int | None = None
    last_message_id: int = 0

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def shown(self) -> list[Message]:
        return [message for message in self.messages.values() if not message.deleted]


@dataclass(slots=True, eq=False, kw_only=True)
class Callback:
    """One press of a button, waiting for the bot's answer."""

    id: str
    bot: Bot
    person: Person
    message: Message | None
    data: str
    at: float
    answered_at: float | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class Event:
    """Something a person could notice the bot do."""

    kind: Kind
    chat_id: int
    message: Message | None = None
    text: str | None = None
    show_alert: bool = False
    person: Person | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class Call:
    """One Bot API request and what became of it."""

    method: str
    params: JsonDict
    status: int
    response: Any
    at: float
    ms: float
    faulty: bool = False  # an injected fault, not the bot's doing

    @property
    def chat_id(self) -> int | None:
        chat_id = self.params.get("chat_id")
        return chat_id if isinstance(chat_id, int) else None
