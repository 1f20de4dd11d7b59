"""What an admin looks for, sees and may do with one person."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.errors import (
    AboveYou,
    NobodyTouchesOwners,
    NotAllowed,
    NotYourself,
    PersonGone,
    Refusal,
)
from bot.models.people import Office, Person, Role
from bot.models.registrations import Applicant
from bot.models.subscriptions import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whom a search means: ten digits may be an id and a phone at once. ``said`` is as typed."""

    said: str
    telegram_id: int | None = None
    username: str | None = None
    phone: str | None = None  # E.164
    part_of_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Whom a search found; ``more``: there are others, which only a narrower search shows."""

    people: list[Person]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What came of looking for many at once; ``nobody`` and ``several`` are as typed."""

    people: list[Person]
    nobody: list[str]
    several: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    reason: str
    banned_at: datetime
    banned_by_name: str | None  # none once that admin is deleted


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard:
    """One person with everything the card shows; ``profile`` only once approved."""

    person: Person
    language_code: str | None
    profile: Applicant | None
    ban: Ban | None
    first_seen_at: datetime
    joined_at: datetime | None
    last_visit_on: date | None
    standing: Standing | None = None  # where it was asked for


def objection(by: Person, on: Person) -> Refusal | None:
    """Why ``by`` may not ban or delete ``on``; ``None``: they may."""
    if by.role < Role.ADMIN:
        return NotAllowed(role="admin")
    if on.is_deleted:
        return PersonGone()
    if on.id == by.id:
        return NotYourself()
    if on.office is Office.OWNER:
        return NobodyTouchesOwners()
    if on.office and by.role < Role.OWNER:
        return AboveYou()
    return None
