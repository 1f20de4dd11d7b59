"""What an admin sees of one person, and what goes when they are deleted."""

from dataclasses import dataclass
from datetime import datetime

from bot.models.people import Person
from bot.models.registrations import Applicant


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    reason: str
    banned_at: datetime
    banned_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard:
    """One person with everything the card shows; ``profile`` only once approved."""

    person: Person
    profile: Applicant | None
    ban: Ban | None
    first_seen_at: datetime
    joined_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How many rows of each kind belong to a person: what a deletion removes and what it keeps."""

    profiles: int
    photos: int
    registrations: int
    notices: int
    audit_entries: int  # kept: they no longer name the person
