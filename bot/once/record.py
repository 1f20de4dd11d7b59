"""What Redis holds of one person in one chat."""

from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

import orjson

LOST: Final = "?"


class Key(NamedTuple):
    """Whose record: the same person in two chats has two."""

    bot_id: int
    chat_id: int
    user_id: int

    def __str__(self) -> str:
        return f"{self.bot_id}:{self.chat_id}:{self.user_id}"

    @classmethod
    def parse(cls, text: str) -> "Key":
        return cls(*map(int, text.split(":")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """``version`` is the one that was read, 0 when there was none.

    ``screen`` is the message that holds the open form's buttons; ``keys_up`` says that keys stand
    under the person's text field; ``expired`` names the form that ran out before this update, or
    is ``LOST`` where Redis has just lost whatever there was;
    ``album`` is the one whose first picture was the last update. ``sent``: the reply has reached
    Telegram. ``earlier`` are the updates before the last one, newest first: a worker that was
    paused for a while must not take one of them again.
    """

    version: int = 0
    state: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    update_id: int | None = None
    reply: dict[str, Any] | None = None
    screen: int | None = None
    keys_up: bool = False
    expired: str | None = None
    album: str | None = None
    sent: bool = False
    earlier: list[int] = field(default_factory=list)

    @property
    def form(self) -> str | None:
        """The open form's name: ``RegistrationForm`` of ``RegistrationForm:age``."""
        return self.state.partition(":")[0] if self.state else None

    def pack(self) -> bytes:
        """Everything but the version, the screen and ``sent``, which have fields of their own."""
        return orjson.dumps(
            {
                "state": self.state,
                "data": self.data,
                "update_id": self.update_id,
                "reply": self.reply,
                "keys_up": self.keys_up,
                "expired": self.expired,
                "album": self.album,
                "earlier": self.earlier,
            }
        )

    @classmethod
    def unpack(cls, body: bytes, *, version: int, screen: int | None, sent: bool) -> "Record":
        return replace(cls(version=version, screen=screen, sent=sent), **orjson.loads(body))
