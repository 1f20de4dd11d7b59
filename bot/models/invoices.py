"""Issued documents: nothing in them ever changes, and all that they print is in them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.business import GstScheme
from bot.models.gstin import second_half
from bot.models.items import ItemKind
from bot.models.tax import Taxed, TaxType, Totals

ADDRESS_FROM_PAISE: Final = 50_000_00  # Rule 46: from here a buyer without GSTIN needs an address


class DocumentKind(StrEnum):
    """What the law calls the document; stored."""

    TAX_INVOICE = "tax-invoice"
    BILL_OF_SUPPLY = "bill-of-supply"  # exempt lines only, or a seller under composition
    INVOICE_CUM_BILL = "invoice-cum-bill"  # taxed and exempt lines, buyer not registered (Rule 46A)
    INVOICE = "invoice"  # a seller who is not registered


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """The business as it was when this was issued."""

    legal_name: str
    trade_name: str
    address: str
    state_code: str
    gstin: str | None
    scheme: GstScheme
    upi_id: str | None
    bank_details: str
    logo_file_id: str | None
    terms: str
    timezone: str  # of the club: it decides the date of issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """``state_code``: of the address, or of the GSTIN; ``None`` where it is not known."""

    name: str
    phone: str | None = None
    address: str | None = None
    state_code: str | None = None
    gstin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """``code`` is the HSN or SAC; ``kind`` is ``None`` for shipping."""

    name: str
    kind: ItemKind | None
    code: str
    quantity: int
    price_paise: int
    discount_bps: int
    taxed: Taxed

    @property
    def rate_bps(self) -> int:
        return self.taxed.rate_bps


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """``number`` is unique and consecutive within its series; ``supplied_on`` decides the rates."""

    id: int
    number: str
    kind: DocumentKind
    issued_at: datetime
    supplied_on: date
    due_on: date
    person_id: int | None  # none for a walk-in customer
    seller: Seller
    buyer: Buyer
    place_of_supply: str  # a State's code
    tax_type: TaxType
    inclusive: bool
    lines: tuple[InvoiceLine, ...]
    totals: Totals

    @property
    def second_half(self) -> str:
        """The name of the State's half of the tax."""
        return second_half(self.place_of_supply)

    @property
    def shows_tax(self) -> bool:
        return self.kind in {DocumentKind.TAX_INVOICE, DocumentKind.INVOICE_CUM_BILL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a bill, all but its number."""

    kind: DocumentKind
    place_of_supply: str
    tax_type: TaxType
    lines: tuple[InvoiceLine, ...]
    totals: Totals

    @property
    def second_half(self) -> str:
        """The name of the State's half of the tax."""
        return second_half(self.place_of_supply)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvoice:
    """What a document becomes when it is issued; ``part`` counts those of one draft, from 1."""

    document: Document
    number: str
    prefix: str
    year: int  # in which the financial year began
    serial: int
    draft_id: int
    part: int
    issued_at: datetime
    issued_by: int
    supplied_on: date
    due_on: date
    person_id: int | None
    seller: Seller
    buyer: Buyer
    inclusive: bool


class InvoiceState(StrEnum):
    """Follows from the rows; never stored: these are the words for it, in the chat and in files."""

    OPEN = "Open"
    PART_PAID = "Part-paid"
    PAID = "Paid"
    CREDITED = "Credited"
    OVERDUE = "Overdue"  # past its due date, and not settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How far an invoice is settled: by credit notes, and by what it has of payments."""

    total_paise: int
    credited_paise: int
    allocated_paise: int
    due_on: date

    @property
    def due_paise(self) -> int:
        return self.total_paise - self.credited_paise - self.allocated_paise

    def state(self, today: date) -> InvoiceState:
        """As of a day of the club's calendar."""
        if self.due_paise <= 0:
            all_of_it = 0 < self.total_paise == self.credited_paise
            return InvoiceState.CREDITED if all_of_it else InvoiceState.PAID
        if self.due_on < today:
            return InvoiceState.OVERDUE
        return InvoiceState.PART_PAID if self.allocated_paise else InvoiceState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidBy:
    """A payment of which an invoice has, or once had, something; ``amount_paise`` of it now.

    ``is_booked_back``: some or all of it has gone back to its payer.
    """

    payment_id: int
    number: str
    amount_paise: int
    unused_paise: int
    is_booked_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditedBy:
    """A credit note on an invoice."""

    note_id: int
    number: str
    total_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An invoice with all that its file is made of; ``zone`` is the club's of today."""

    invoice: Invoice
    logo: bytes | None
    zone: ZoneInfo
    is_due: bool  # something of it, still


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCard:
    """An invoice as admins see it, as of ``today`` by the club's calendar.

    ``is_reachable``: its buyer has a chat that we can write to. ``not_accepted``: why its member
    does not accept it, as long as that is open.
    """

    invoice: Invoice
    issued_by: str | None  # none: that admin is deleted
    is_reachable: bool
    today: date
    balance: Balance
    payments: tuple[PaidBy, ...]
    credit_notes: tuple[CreditedBy, ...]
    not_accepted: str | None

    @property
    def state(self) -> InvoiceState:
        return self.balance.state(self.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceEntry:
    """A line of a list."""

    id: int
    number: str
    kind: DocumentKind
    issued_at: datetime
    buyer_name: str
    total_paise: int
    balance: Balance


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoices:
    """A page of them, newest first; numbered from 0. ``today``: of the club's calendar."""

    number: int
    pages: int
    today: date
    entries: list[InvoiceEntry]
