"""The append-only record of who did what to whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class AuditAction(StrEnum):
    REGISTRATION_APPROVED = "registration approved"
    REGISTRATION_REJECTED = "registration rejected"
    MEMBER_BANNED = "member banned"
    MEMBER_UNBANNED = "member unbanned"
    MEMBER_MESSAGED = "member messaged"
    MEMBER_DELETED = "member deleted"
    MEMBER_LEFT = "member deleted themselves"
    OFFICE_GIVEN = "office given"
    OFFICE_TAKEN = "office taken"
    SETTING_CHANGED = "setting changed"
    AUDIT_EXPORTED = "audit log exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """``actor`` and ``subject`` are names as they are now; a deleted person has none left."""

    id: int
    at: datetime
    action: AuditAction
    actor_id: int | None
    actor_name: str | None
    actor_role: str
    subject_id: int | None
    subject_name: str | None
    before: dict[str, Any]
    after: dict[str, Any]
