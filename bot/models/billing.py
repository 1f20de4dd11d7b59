"""From what is to be billed to the documents that the law asks for (design note «Money»).

The place of supply is decided line by line; lines of different places, or of kinds that may not
share a document, become documents of their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.errors.invoices import AddressNeeded, NothingToBill
from bot.models.business import Business, GstScheme
from bot.models.gstin import STATES
from bot.models.invoices import ADDRESS_FROM_PAISE, Buyer, Document, DocumentKind, InvoiceLine
from bot.models.items import ItemKind
from bot.models.tax import Priced, TaxType, tax_lines, totals

MAX_DISCOUNT_BPS: Final = 8_000  # product.md: 0 to 80 %
SHIPPING: Final = "Shipping"


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """One line as an admin has put it in; ``rate_bps`` is that of the day of supply."""

    name: str
    kind: ItemKind
    code: str
    quantity: int
    price_paise: int
    rate_bps: int
    discount_bps: int = 0
    item_id: int | None = None

    @property
    def net_paise(self) -> int:
        return self._priced.base_paise - self._priced.discount_paise

    @property
    def _priced(self) -> Priced:
        return Priced(
            quantity=self.quantity,
            price_paise=self.price_paise,
            rate_bps=self.rate_bps,
            discount_bps=self.discount_bps,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What is to be billed to whom; ``shipping_paise`` is priced like the lines."""

    buyer: Buyer
    lines: tuple[BillLine, ...]
    shipping_paise: int = 0


def compose(bill: Bill, seller: Business) -> list[Document]:
    """The documents of a bill as they may be issued.

    Raises:
        NothingToBill: there is no line.
        AddressNeeded: a buyer without GSTIN, for whom Rule 46 wants an address and State.
    """
    documents = lay_out(bill, seller)
    if needs_address(bill.buyer, documents, seller):
        raise AddressNeeded
    return documents


def lay_out(bill: Bill, seller: Business) -> list[Document]:
    """The documents of a bill, those of the seller's own State first.

    Raises:
        NothingToBill: there is no line.
    """
    if not bill.lines:
        raise NothingToBill
    groups: dict[tuple[bool, str, bool], list[BillLine]] = {}
    for line in bill.lines:
        groups.setdefault(_key(line, bill.buyer, seller), []).append(line)
    dearest = max(bill.lines, key=lambda line: line.net_paise)
    return [
        _document(
            lines,
            place,
            bill.buyer,
            seller,
            shipping_paise=bill.shipping_paise if dearest in lines else 0,
        )
        for (_, place, _), lines in sorted(groups.items())
    ]


def needs_address(buyer: Buyer, documents: Iterable[Document], seller: Business) -> bool:
    """Whether Rule 46 wants more of the buyer than is known."""
    taxable = sum(document.totals.taxable_paise for document in documents)
    is_named = bool(buyer.gstin or (buyer.address and buyer.state_code))
    return seller.charges_gst and taxable >= ADDRESS_FROM_PAISE and not is_named


def place_of_supply(kind: ItemKind, buyer: Buyer, seller: Business) -> str:
    """A State's code: of the club for what happens there, else where the buyer is known to be.

    IGST Act s. 12(4) for fitness, s. 10(1)(ca) for goods, s. 12(2) for other services. Where no GST
    is charged it decides nothing, and is the club's.
    """
    if kind is ItemKind.FITNESS or not seller.charges_gst:
        return seller.state_code
    return buyer.state_code if buyer.state_code in STATES else seller.state_code


def _key(line: BillLine, buyer: Buyer, seller: Business) -> tuple[bool, str, bool]:
    """What lines of one document share: place, and for a registered buyer whether it is taxed."""
    place = place_of_supply(line.kind, buyer, seller)
    is_exempt = seller.charges_gst and bool(buyer.gstin) and line.rate_bps == 0
    return place != seller.state_code, place, is_exempt


def _document(
    lines: Sequence[BillLine], place: str, buyer: Buyer, seller: Business, *, shipping_paise: int
) -> Document:
    tax_type = _tax_type(place, seller)
    billed = [*lines, *_shipping(lines, shipping_paise, seller)]
    priced = [
        Priced(
            quantity=line.quantity,
            price_paise=line.price_paise,
            rate_bps=line.rate_bps,
            discount_bps=line.discount_bps,
        )
        for line in billed
    ]
    taxed = tax_lines(priced, tax_type, inclusive=seller.prices_inclusive)
    printed = tuple(
        InvoiceLine(
            name=line.name,
            kind=None if line.name is SHIPPING else line.kind,
            code=line.code,
            quantity=line.quantity,
            price_paise=line.price_paise,
            discount_bps=line.discount_bps,
            taxed=tax,
        )
        for line, tax in zip(billed, taxed, strict=True)
    )
    return Document(
        kind=_kind((line.rate_bps for line in lines), buyer, seller),
        place_of_supply=place,
        tax_type=tax_type,
        lines=printed,
        totals=totals(taxed, rounded=seller.is_rounded),
    )


def _shipping(lines: Sequence[BillLine], paise: int, seller: Business) -> list[BillLine]:
    """A line of its own, taxed like the dearest of the others where the club wants it taxed.

    It is part of one supply with what is shipped (composite supply).
    """
    if not paise:
        return []
    dearest = max(lines, key=lambda line: line.net_paise)
    rate = dearest.rate_bps if seller.taxes_shipping else 0
    code = dearest.code if seller.taxes_shipping else ""
    return [
        BillLine(
            name=SHIPPING,
            kind=dearest.kind,
            code=code,
            quantity=1,
            price_paise=paise,
            rate_bps=rate,
        )
    ]


def _tax_type(place: str, seller: Business) -> TaxType:
    if not seller.charges_gst:
        return TaxType.NONE
    return TaxType.INTRA if place == seller.state_code else TaxType.INTER


def _kind(rates: Iterable[int], buyer: Buyer, seller: Business) -> DocumentKind:
    """Rules 46, 46A and 49; a seller who is not registered may call nothing a tax invoice."""
    if seller.scheme is GstScheme.COMPOSITION:
        return DocumentKind.BILL_OF_SUPPLY
    if not seller.charges_gst:
        return DocumentKind.INVOICE
    taxed = {rate > 0 for rate in rates}
    if taxed == {False}:
        return DocumentKind.BILL_OF_SUPPLY
    if taxed == {True, False} and not buyer.gstin:
        return DocumentKind.INVOICE_CUM_BILL
    return DocumentKind.TAX_INVOICE
