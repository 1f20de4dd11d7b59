"""What members say they have paid, what admins ask them for, and invoices they do not accept."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from bot.errors import Refusal
from bot.models.payments import PaymentLine, total
from bot.models.people import Person


class ClaimStatus(StrEnum):
    """Stored."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A screenshot as Telegram keeps it; ``hash`` is the SHA-256 of its bytes."""

    kind: Literal["photo", "document"]
    file_id: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    """About an invoice, about a request, or (``purpose``) about neither.

    ``upi_reference`` is ours: what the QR carried.
    """

    lines: tuple[PaymentLine, ...]
    invoice_id: int | None = None
    request_id: int | None = None
    purpose: str = ""
    upi_reference: str | None = None
    proof: Proof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """``operation_id``: of its report; what is booked for it is booked once, under the same.

    ``for_subscription``: it is decided on with the subscription that it is to pay.
    """

    id: int
    operation_id: UUID
    person_id: int
    invoice_id: int | None
    request_id: int | None
    purpose: str
    claimed_at: datetime
    proof: Proof | None
    status: ClaimStatus
    decided_by: int | None
    decided_at: datetime | None
    reason: str | None
    payment_id: int | None
    for_subscription: bool
    lines: tuple[PaymentLine, ...]

    @property
    def total_paise(self) -> int:
        return total(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCard:
    """A claim as admins see it.

    ``number`` and ``due_paise`` are the invoice's, where it is about one, ``request`` what the club
    asked for; ``received_paise`` what an approval booked; ``same_proof``: earlier claims with the
    very same screenshot.
    """

    claim: Claim
    person: Person
    decided_by: Person | None
    number: str | None
    due_paise: int | None
    request: "PaymentRequest | None"
    received_paise: int | None
    same_proof: tuple["SameProof", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProof:
    """A screenshot, and what it is to prove."""

    card: ClaimCard
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class SameProof:
    name: str
    claimed_at: datetime
    status: ClaimStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    """A line of the queue."""

    id: int
    name: str
    amount_paise: int
    claimed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimQueue:
    """A page of those that wait, the oldest first; numbered from 0."""

    number: int
    pages: int
    count: int
    entries: list[ClaimEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimVerdict:
    """``stands``: the decision that was asked for is the one that holds.

    ``is_new``: it was made just now, by this very tap. ``obstacle``: why nothing could be booked.
    """

    card: ClaimCard
    stands: bool
    is_new: bool
    obstacle: Refusal | None = None


class RequestStatus(StrEnum):
    """Stored."""

    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequest:
    """An admin asks a person for money that no invoice asks for."""

    id: int
    person_id: int
    amount_paise: int
    purpose: str
    raised_by: int
    raised_at: datetime
    status: RequestStatus
    for_fitness: bool = False  # as ``Receipt``'s


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEntry:
    """A line of the list of those that are open."""

    id: int
    name: str
    amount_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """A page of those that are open, the oldest first; numbered from 0."""

    number: int
    pages: int
    count: int
    entries: list[RequestEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCard:
    """A request as admins see it; ``raised_by``: none once that admin is deleted."""

    request: PaymentRequest
    person: Person
    raised_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A member does not accept an invoice."""

    id: int
    invoice_id: int
    number: str
    person_id: int
    name: str
    reason: str
    rejected_at: datetime
    settled_at: datetime | None
    settled_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionQueue:
    """A page of those that are open, the oldest first; numbered from 0."""

    number: int
    pages: int
    count: int
    entries: list[Rejection]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionVerdict:
    """``stands``: it was settled by this very tap."""

    rejection: Rejection
    stands: bool


# What apps write before the 12 digits that banks give each payment by UPI; people copy it along.
# The books are checked by the same rule, in SQL.
_LABELLED: Final = re.compile(r"(?:UPI|UTR|RRN|REF|TXN|ID|NO)+([0-9]{12})")


def reference_key(reference: str) -> str:
    """What of a bank's reference counts: «utr 1234-5678 9012» is 123456789012."""
    key = re.sub(r"[^0-9A-Za-z]", "", reference).upper()
    found = _LABELLED.fullmatch(key)
    return found[1] if found else key
