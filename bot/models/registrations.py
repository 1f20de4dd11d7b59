"""A visitor's request to become a member."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.models.people import Person

ADULT_YEARS: Final = 18


class RegistrationStatus(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Answer(StrEnum):
    """What the form asks for and lets one change; each is a field of ``Applicant``."""

    FULL_NAME = "full_name"
    PHONE = "phone"
    AGE = "age"
    GENDER = "gender"
    WEIGHT = "weight_grams"
    PHOTO = "photo_file_id"


class Consent(StrEnum):
    """Whose word is needed; an answer given for one does not stand for the other."""

    OWN = "own"
    GUARDIAN = "guardian"

    @classmethod
    def needed_at(cls, age: int) -> "Consent":
        return cls.OWN if age >= ADULT_YEARS else cls.GUARDIAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What a person says of themselves. Weight in grams; the photo is Telegram's file id."""

    full_name: str
    phone: str
    phone_verified: bool
    age: int
    gender: Gender
    weight_grams: int
    photo_file_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    id: int
    person_id: int
    applicant: Applicant
    status: RegistrationStatus
    operation_id: UUID
    submitted_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationCard:
    """A registration as admins see it; ``decided_by`` is the applicant when withdrawn."""

    registration: Registration
    person: Person
    decided_by: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationQueue:
    """One page of those who wait, the oldest first; pages count from 0."""

    waiting: list[Registration]
    count: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a decision: ``stands`` is false when somebody else came first."""

    card: RegistrationCard
    stands: bool
