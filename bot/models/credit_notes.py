"""Credit notes: what is taken back of an issued invoice (CGST Act s. 34), at its own rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.models.gstin import financial_year_of
from bot.models.invoices import Balance, Invoice, InvoiceLine
from bot.models.money import half_up
from bot.models.payments import Numbered
from bot.models.tax import WHOLE, TaxType, Totals

_LAST_DAY: Final = (11, 30)  # of the year after the one of the supply, both from April to March
CREDIT_NOTE_PREFIXES: Final = ("CN", "CNA", "CNB", "CNC")  # the next where one is sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditedLine:
    """``position`` is that of the invoice's line, from 1."""

    position: int
    taxable_paise: int
    cgst_paise: int
    sgst_paise: int
    igst_paise: int

    @property
    def total_paise(self) -> int:
        return self.taxable_paise + self.cgst_paise + self.sgst_paise + self.igst_paise


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote:
    id: int
    number: str
    invoice: Invoice
    reason: str
    issued_at: datetime
    lines: tuple[CreditedLine, ...]
    totals: Totals

    @property
    def late_since(self) -> date | None:
        """See ``late_since``."""
        zone = ZoneInfo(self.invoice.seller.timezone)
        return late_since(self.invoice, self.totals, self.issued_at.astimezone(zone).date())


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was booked on an invoice when somebody looked."""

    credited_paise: int
    allocated_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditPlan:
    """A credit note as it would be issued now; ``balance`` is its invoice's before it.

    ``late_since``: as of when somebody looks at it; see there.
    """

    invoice: Invoice
    lines: tuple[CreditedLine, ...]
    totals: Totals
    balance: Balance
    late_since: date | None = None

    @property
    def seen(self) -> Seen:
        return Seen(
            credited_paise=self.balance.credited_paise,
            allocated_paise=self.balance.allocated_paise,
        )

    @property
    def freed_paise(self) -> int:
        """What was paid and is owed no more: it becomes credit."""
        return max(0, self.totals.total_paise - self.balance.due_paise)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCreditNote:
    numbered: Numbered
    operation_id: UUID
    invoice_id: int
    reason: str
    issued_at: datetime
    issued_by: int
    lines: tuple[CreditedLine, ...]
    totals: Totals


def late_since(invoice: Invoice, totals: Totals, on: date) -> date | None:
    """The last day on which a note could have taken tax back, where ``on`` is after it.

    CGST Act s. 34(2): 30 November after the financial year of the supply. The annual return, if it
    was filed before, ends it sooner: nobody tells the bot of that. ``None``: it is in time, or it
    has no tax. A late one still lowers what is owed.
    """
    if not totals.cgst_paise and not totals.igst_paise:
        return None
    last = date(financial_year_of(invoice.supplied_on) + 1, *_LAST_DAY)
    return last if on > last else None


def left_of(line: InvoiceLine, position: int, credited: Sequence[CreditedLine]) -> CreditedLine:
    """What of an invoice's line has not been credited yet."""
    mine = [each for each in credited if each.position == position]
    return CreditedLine(
        position=position,
        taxable_paise=line.taxed.taxable_paise - sum(each.taxable_paise for each in mine),
        cgst_paise=line.taxed.cgst_paise - sum(each.cgst_paise for each in mine),
        sgst_paise=line.taxed.sgst_paise - sum(each.sgst_paise for each in mine),
        igst_paise=line.taxed.igst_paise - sum(each.igst_paise for each in mine),
    )


def left_of_invoice(invoice: Invoice, credited: Sequence[CreditedLine]) -> list[CreditedLine]:
    """The lines of which something is left."""
    all_lines = enumerate(invoice.lines, 1)
    left = [left_of(line, position, credited) for position, line in all_lines]
    return [each for each in left if each.total_paise]


def reduce(left: CreditedLine, paise: int, *, rate_bps: int, tax: TaxType) -> CreditedLine:
    """So much of a line, tax included, at the rate at which it was billed.

    Never more of any head of tax than is left of it, and all of each when everything goes.

    Raises:
        ValueError: more than is left, or nothing.
    """
    if not 0 < paise <= left.total_paise:
        raise ValueError("more than is left of the line")
    if paise == left.total_paise:
        return left
    if tax is TaxType.INTER:
        igst = min(half_up(paise * rate_bps, WHOLE + rate_bps), left.igst_paise)
        igst = max(igst, paise - left.taxable_paise)
        return CreditedLine(
            position=left.position,
            taxable_paise=paise - igst,
            cgst_paise=0,
            sgst_paise=0,
            igst_paise=igst,
        )
    half = min(half_up(paise * rate_bps, 2 * (WHOLE + rate_bps)), left.cgst_paise)
    half = max(half, -((left.taxable_paise - paise) // 2))  # rounded up: the taxable would not do
    if paise < 2 * half:
        raise ValueError("only tax is left, and it has no equal halves of this")
    return CreditedLine(
        position=left.position,
        taxable_paise=paise - 2 * half,
        cgst_paise=half,
        sgst_paise=half,
        igst_paise=0,
    )


def totals_of(lines: Sequence[CreditedLine], *, round_off_paise: int) -> Totals:
    return Totals(
        taxable_paise=sum(line.taxable_paise for line in lines),
        cgst_paise=sum(line.cgst_paise for line in lines),
        sgst_paise=sum(line.sgst_paise for line in lines),
        igst_paise=sum(line.igst_paise for line in lines),
        round_off_paise=round_off_paise,
    )
