"""A visitor's request to become a member."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class RegistrationStatus(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


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
