"""Who decided what and when: the same words on every card that admins decide on."""

from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.models.people import Person
from bot.texts.format import day, esc, moment

_DECIDED: Final = {
    "approved": "✅ Approved by {by}, {at}",
    "rejected": "❌ Rejected by {by}, {at}\nReason: {reason}",
    "withdrawn": "↩️ {taken_back}, {at}",
}
_BECAME: Final = {"approved": "approved", "rejected": "rejected", "withdrawn": "taken back"}
_ALREADY: Final = {
    "approved": "Too late: already approved by {by} at {at}.",
    "rejected": "Too late: already rejected by {by} at {at}.",
    "withdrawn": "Too late: the member has taken it back at {at}.",
}


class Asked(Protocol):
    """What somebody asks for; the first decision on it holds."""

    @property
    def status(self) -> StrEnum: ...

    @property
    def decided_at(self) -> datetime | None: ...

    @property
    def reason(self) -> str | None: ...


def head(what: str, asked: Asked, *, task: str) -> str:
    """Of a card: what is to be done, then what has become of it."""
    return f"💳 <b>{what} {_BECAME.get(asked.status, task)}</b>"


def decision(
    asked: Asked, by: Person | None, zone: ZoneInfo, *, taken_back: str = "Taken back by the member"
) -> str:
    """Empty while it waits."""
    if asked.decided_at is None:
        return ""
    return _DECIDED[asked.status].format(
        by=_name(by),
        at=moment(asked.decided_at, zone),
        reason=esc(asked.reason or ""),
        taken_back=taken_back,
    )


def too_late(asked: Asked, by: Person | None, zone: ZoneInfo) -> str:
    """Told over the button to whoever was slower; empty while it waits."""
    at = asked.decided_at
    if at is None:
        return ""
    clock = f"{at.astimezone(zone):%H:%M} on {day(at, zone)}"
    return _ALREADY[asked.status].format(by=_name(by), at=clock)


def _name(by: Person | None) -> str:
    return esc(by.name if by else "someone")
