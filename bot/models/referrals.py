"""Who came by whose invitation, and the credit it brings. Amounts are whole paise."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.models.payments import Numbered

# Series of their own: receipts, which are numbered without a gap, are of money alone.
REWARD_PREFIXES: Final = ("RW", "RWA", "RWB", "RWC")  # the next where one is sealed
TAKEN_BACK_PREFIXES: Final = ("RT", "RTA", "RTB", "RTC")


class Arrival(StrEnum):
    """What became of a press on an invitation."""

    COUNTED = "counted"  # by this press, or by an earlier one on the same link
    OWN = "own"
    NOT_COUNTED = "not-counted"  # no newcomer, invited by somebody else, or the club has no reward


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    """What a member's invitations came to. ``reward_paise``: for the next one; 0: none is given.

    ``rewarded`` and ``earned_paise`` are without what was taken back.
    """

    reward_paise: int
    came: int
    rewarded: int
    earned_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReward:
    numbered: Numbered
    operation_id: UUID
    referrer_id: int
    friend_id: int
    for_payment_id: int
    paise: int
    at: datetime
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """One that was given; ``unused_paise`` of it is credit still."""

    payment_id: int
    number: str
    referrer_id: int
    paise: int
    unused_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReferrals:
    """What the club holds of one person; ``came_at``: by whosever invitation they came."""

    came_at: datetime | None
    invited: int
