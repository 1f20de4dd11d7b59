"""Who a person is to the club."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Role(IntEnum):
    """What a person may do, least first: ``me.role >= Role.ADMIN`` reads as it means."""

    BANNED = 0
    VISITOR = 10
    PENDING = 20
    MEMBER = 30
    STAFF = 40
    ADMIN = 50
    OWNER = 60


class Office(StrEnum):
    """A post in the club, given by an owner; independent of being a member."""

    STAFF = "staff"
    ADMIN = "admin"
    OWNER = "owner"

    @property
    def role(self) -> Role:
        return Role[self.name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Anyone who ever wrote to us. ``id`` is ours; ``telegram_id`` goes when they are deleted."""

    id: int
    telegram_id: int | None
    username: str | None
    display_name: str
    full_name: str | None
    office: Office | None
    from_environment: bool
    is_banned: bool
    is_member: bool
    is_pending: bool
    is_reachable: bool

    @property
    def role(self) -> Role:
        """Derived, never stored: a ban beats an office, an office beats membership."""
        if self.is_banned:
            return Role.BANNED
        if self.office:
            return self.office.role
        if self.is_member:
            return Role.MEMBER
        return Role.PENDING if self.is_pending else Role.VISITOR

    @property
    def may_train(self) -> bool:
        """A member whom no ban keeps out; whether something runs is another question."""
        return self.is_member and not self.is_banned

    @property
    def is_deleted(self) -> bool:
        """What is left of them is a row without a name, for the books to point to."""
        return self.telegram_id is None

    @property
    def name(self) -> str:
        """The name they registered with, else the one Telegram shows."""
        return self.full_name or self.display_name or "Someone"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramUser:
    """What Telegram says of the sender of an update."""

    telegram_id: int
    username: str | None
    display_name: str
    language_code: str | None
