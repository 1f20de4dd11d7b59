"""The rows of the tables of GSTR-1; which document goes where: ``gst_summary``."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.models.credit_notes import CreditNote
from bot.models.exports import UsedAhead
from bot.models.invoices import Invoice


class Nature(StrEnum):
    """Of documents, in the words of table 13."""

    INVOICES = "Invoices for outward supply"
    CREDIT_NOTES = "Credit notes"
    RECEIPT_VOUCHERS = "Receipt vouchers"
    REFUND_VOUCHERS = "Refund vouchers"


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one rate; the halves are always equal."""

    taxable_paise: int = 0
    igst_paise: int = 0
    cgst_paise: int = 0
    sgst_paise: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.taxable_paise + other.taxable_paise,
            self.igst_paise + other.igst_paise,
            self.cgst_paise + other.cgst_paise,
            self.sgst_paise + other.sgst_paise,
        )

    def __neg__(self) -> "Sums":
        return Sums(-self.taxable_paise, -self.igst_paise, -self.cgst_paise, -self.sgst_paise)

    @property
    def value_paise(self) -> int:
        return self.taxable_paise + self.igst_paise + self.cgst_paise + self.sgst_paise


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """One rate of an invoice; its value stands in every row, and counts in the first alone."""

    invoice: Invoice
    rate_bps: int
    sums: Sums
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """As ``InvoiceRow``; the amounts are those that the note takes back, above zero."""

    note: CreditNote
    rate_bps: int
    sums: Sums
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallRow:
    place: str  # a State's code
    rate_bps: int
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptRow:
    is_inter: bool
    is_registered: bool
    paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HsnRow:
    code: str
    names: tuple[str, ...]  # under which it was billed
    unit: str
    rate_bps: int
    quantity: int
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    nature: Nature
    first: str
    last: str
    total: int
    cancelled: int


def series_rows(
    nature: Nature, numbers: Iterable[str], *, cancelled: Collection[str] = ()
) -> list[SeriesRow]:
    """One for each series; GYM/26-27/000001 is of the series GYM/26-27."""
    found: dict[str, list[str]] = {}
    for number in numbers:
        found.setdefault(number.rpartition("/")[0], []).append(number)
    return [
        SeriesRow(
            nature=nature,
            first=min(issued),  # of one width, so that words sort like numbers
            last=max(issued),
            total=len(issued),
            cancelled=len(set(cancelled).intersection(issued)),
        )
        for issued in found.values()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRow:
    """A credit note that takes no tax back any more, all of it; ``last``: the day it could have."""

    note: CreditNote
    last: date
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceRow:
    """Of one place and rate; the sums are within what was paid."""

    is_inter: bool
    place: str  # a State's code
    rate_bps: int
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceTables:
    """Tables 11A and 11B, and what went back, one by one; ``back`` is of earlier periods' receipts.

    ``documents`` is what was received ahead in the period, less what was used of any.
    """

    received: list[AdvanceRow]
    adjusted: list[AdvanceRow]
    back: list[AdvanceRow]
    returned: list[UsedAhead]
    documents: Sums

    @property
    def together(self) -> Sums:
        """The same as ``documents``, or something is wrong with us."""
        back = total(row.sums for row in [*self.adjusted, *self.back])
        return total(row.sums for row in self.received) + -back


@dataclass(frozen=True, slots=True, kw_only=True)
class GstSummary:
    """``documents`` is what all documents but those left out come to, less credit notes."""

    b2b: list[InvoiceRow]
    b2cl: list[InvoiceRow]
    b2cs: list[SmallRow]
    cdnr: list[NoteRow]
    cdnur: list[NoteRow]
    exempt: list[ExemptRow]
    hsn_b2b: list[HsnRow]
    hsn_b2c: list[HsnRow]
    series: list[SeriesRow]
    late: list[LateRow]
    advances: AdvanceTables
    left_out: int
    documents: Sums

    @property
    def tables(self) -> dict[str, Sums]:
        """What each table adds to the period's supplies; together: ``documents``."""
        return {
            "B2B": total(row.sums for row in self.b2b),
            "B2CL": total(row.sums for row in self.b2cl),
            "B2CS": total(row.sums for row in self.b2cs),
            "CDNR": -total(row.sums for row in self.cdnr),
            "CDNUR": -total(row.sums for row in self.cdnur),
            "Exempt": Sums(sum(row.paise for row in self.exempt)),
        }


def total(sums: Iterable[Sums]) -> Sums:
    return sum(sums, Sums())
