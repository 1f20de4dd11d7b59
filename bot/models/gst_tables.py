"""The rows of the tables of GSTR-1; which document goes where: ``gst_summary``."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.models.credit_notes import CreditNote
from bot.models.invoices import Invoice


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
    is_invoices: bool  # else of credit notes
    first: str
    last: str
    total: int
    cancelled: int


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
