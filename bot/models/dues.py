"""What a person owes and may pay, as they see it. Amounts are whole paise."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.models.claims import Claim, ClaimStatus, PaymentRequest
from bot.models.payments import Due
from bot.models.purchases import Offer, Starts
from bot.models.upi import UpiRequest


class PayableKind(StrEnum):
    """What a payment is for; in buttons and forms."""

    INVOICE = "invoice"
    REQUEST = "request"
    ADVANCE = "advance"  # neither: what they say, kept as credit
    PLAN = "plan"  # a subscription asked for: see PlanChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClaim:
    """A payment that they have reported; ``name``: the invoice's number, or what it was for."""

    id: int
    name: str
    amount_paise: int
    claimed_at: datetime
    status: ClaimStatus
    invoice_id: int | None
    request_id: int | None

    @classmethod
    def of(cls, claim: Claim, name: str) -> "OwnClaim":
        return cls(
            id=claim.id,
            name=name,
            amount_paise=claim.total_paise,
            claimed_at=claim.claimed_at,
            status=claim.status,
            invoice_id=claim.invoice_id,
            request_id=claim.request_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """All of it; ``today`` is the club's. ``waiting``: reported, and not decided."""

    today: date
    dues: list[Due]
    requests: list[PaymentRequest]
    waiting: list[OwnClaim]
    credit_paise: int
    may_report: bool  # what nobody has asked for

    @property
    def total_paise(self) -> int:
        asked = sum(request.amount_paise for request in self.requests)
        return asked + sum(due.due_paise for due in self.dues)

    def waits_for(self, kind: PayableKind, subject_id: int) -> bool:
        return any(
            subject_id == (each.invoice_id if kind is PayableKind.INVOICE else each.request_id)
            for each in self.waiting
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """How the club takes money that is not cash, as it is set now."""

    upi_id: str | None
    payee_name: str
    bank_details: str

    def upi_request(self, paise: int, *, reference: str, note: str) -> UpiRequest | None:
        """``None``: the club has no UPI address."""
        if not self.upi_id:
            return None
        return UpiRequest(
            payee=self.upi_id,
            name=self.payee_name,
            amount_paise=paise,
            reference=reference,
            note=note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChoice:
    """What is to be subscribed to, and from when; ``takes_codes``: the club gives discounts."""

    offer: Offer
    starts: Starts
    takes_codes: bool = False

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last."""
        return self.offer.days(self.starts)

    @property
    def code(self) -> str | None:
        """Of the discount."""
        return self.offer.discount.code if self.offer.discount else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payable:
    """What somebody is about to pay; ``waiting``: they have reported that already."""

    kind: PayableKind
    id: int | None  # of the invoice, request or plan
    name: str  # its number, or what it is for
    due_paise: int
    usable_credit_paise: int
    waiting: OwnClaim | None
    means: Means
    choice: PlanChoice | None = None  # of a plan

    @property
    def terms(self) -> dict[str, int | str | None]:
        """What people look at before they agree, as forms hold it: another one is news to them."""
        return {
            "due_paise": self.due_paise,
            "starts": self.choice.starts.value if self.choice else None,
            "first_day": self.choice.days[0].isoformat() if self.choice else None,
            "lasts": self.choice.offer.lasts if self.choice else None,
            "code": self.choice.code if self.choice else None,
        }
