"""The foot of an invoice: what is to be paid, how, and who says so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from bot.documents._look import (
    ACCENT,
    GAP,
    HEADING,
    PLAIN,
    QUIET,
    STRONG,
    TERMS,
    TINT,
    WIDTH,
    columns,
    right,
    texts,
)
from bot.documents.qr import QrCode
from bot.documents.text import Text
from bot.models.credit_notes import CreditNote
from bot.models.invoices import DocumentKind, Invoice
from bot.models.money import RUPEE
from bot.models.tax import TaxType, Totals
from bot.models.upi import CEILING_PAISE, UpiRequest, reference_of
from bot.texts import paper
from bot.texts.amounts import in_words, number, rupees

_QR: Final = 30 * mm
_GRAND: Final = replace(STRONG, size=11, colour=ACCENT)


def sums(invoice: Invoice) -> Flowable:
    remark = paper.INCLUSIVE if invoice.inclusive and invoice.shows_tax else None
    rows = [*_values(invoice), *taxes(invoice, invoice.totals), *_round_off(invoice.totals)]
    return total(rows, paper.GRAND_TOTAL, invoice.totals.total_paise, remark=remark)


def credit_note_sums(note: CreditNote) -> Flowable:
    invoice, totals = note.invoice, note.totals
    label = paper.TAXABLE_VALUE if invoice.shows_tax else paper.SUBTOTAL
    round_off = [(paper.ROUND_OFF, totals.round_off_paise)] if totals.round_off_paise else []
    rows = [(label, totals.taxable_paise), *taxes(invoice, totals), *round_off]
    return total(rows, paper.TOTAL_CREDITED, totals.total_paise)


def taxes(invoice: Invoice, totals: Totals) -> list[tuple[str, int]]:
    """The heads of tax, where the document shows any."""
    if not invoice.shows_tax:
        return []
    if invoice.tax_type is TaxType.INTRA:
        return [("CGST", totals.cgst_paise), (invoice.second_half, totals.sgst_paise)]
    return [("IGST", totals.igst_paise)]


def total(
    rows: Sequence[tuple[str, int]], label: str, paise: int, *, remark: str | None = None
) -> Flowable:
    """A column of sums, the last of them in words beside it."""
    words = [
        *texts(HEADING, paper.IN_WORDS),
        *texts(STRONG, in_words(paise)),
        *texts(QUIET, remark),
    ]
    shown = _totals(rows, label, paise)
    return KeepTogether(columns([[words, shown]], [WIDTH * 0.56, WIDTH * 0.44]))


def signature(legal_name: str) -> list[Flowable]:
    return [
        *texts(right(PLAIN), paper.signed_for(legal_name)),
        Spacer(0, 10 * mm),
        *texts(right(QUIET), paper.SIGNATORY),
    ]


def signed(legal_name: str) -> list[Flowable]:
    """The end of a document by which nothing is to be paid."""
    sides = [["", signature(legal_name)]]
    return [
        KeepTogether(columns(sides, [WIDTH * 0.62, WIDTH * 0.38])),
        Spacer(0, GAP),
        *texts(QUIET, paper.GENERATED),
    ]


def closing(invoice: Invoice) -> list[Flowable]:
    seller = invoice.seller
    terms = [*texts(HEADING, paper.TERMS), *texts(TERMS, seller.terms)]
    return [
        KeepTogether(_payment(invoice)),
        *([Spacer(0, GAP), *terms] if seller.terms.strip() else []),
        Spacer(0, GAP),
        *texts(QUIET, paper.GENERATED),
    ]


def upi_request(invoice: Invoice) -> UpiRequest | None:
    """For the exact total; ``None`` where nothing can be paid so."""
    if not invoice.seller.upi_id or invoice.totals.total_paise <= 0:
        return None
    return UpiRequest(
        payee=invoice.seller.upi_id,
        name=invoice.seller.trade_name.strip() or invoice.seller.legal_name,
        amount_paise=invoice.totals.total_paise,
        reference=reference_of(invoice.number),
        note=paper.upi_note(invoice.number),
    )


def _round_off(totals: Totals) -> list[tuple[str, int]]:
    """Also of nothing, if somebody would have rounded."""
    is_rounded = totals.total_paise % RUPEE == 0
    return [(paper.ROUND_OFF, totals.round_off_paise)] if is_rounded else []


def _totals(rows: Sequence[tuple[str, int]], label: str, paise: int) -> Table:
    cells = [[Text(what, PLAIN), Text(number(each), right(PLAIN))] for what, each in rows]
    cells.append([Text(label, _GRAND), Text(rupees(paise), right(_GRAND))])
    return columns(
        cells,
        [WIDTH * 0.2, WIDTH * 0.24],
        ("RIGHTPADDING", (1, 0), (1, -1), 3),
        ("LEFTPADDING", (0, 0), (0, -1), 3),
        ("BACKGROUND", (0, -1), (-1, -1), TINT),
        ("TOPPADDING", (0, -1), (-1, -1), 4),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 4),
    )


def _values(invoice: Invoice) -> list[tuple[str, int]]:
    taxable = invoice.totals.taxable_paise
    if not invoice.shows_tax:
        return [(paper.SUBTOTAL, taxable)]
    if invoice.kind is not DocumentKind.INVOICE_CUM_BILL:
        return [(paper.TAXABLE_VALUE, taxable)]
    exempt = sum(line.taxed.taxable_paise for line in invoice.lines if not line.rate_bps)
    return [(paper.TAXABLE_VALUE, taxable - exempt), (paper.EXEMPT_VALUE, exempt)]


def _payment(invoice: Invoice) -> Table:
    seller = invoice.seller
    request = upi_request(invoice)
    picture = QrCode(request.link, _QR) if request and not request.is_over_ceiling else ""
    how = [*_upi(request, invoice.totals.total_paise), Spacer(0, 4)] if request else []
    if bank := texts(PLAIN, seller.bank_details):
        how += [*texts(HEADING, paper.BANK), *bank]
    left = _QR + 6 * mm if picture else 0.0
    return columns(
        [[picture, how, signature(seller.legal_name)]], [left, WIDTH * 0.62 - left, WIDTH * 0.38]
    )


def _upi(request: UpiRequest, paise: int) -> list[Text]:
    words = [
        *texts(HEADING, paper.PAY_BY_UPI),
        *texts(STRONG, request.payee),
        *texts(PLAIN, paper.upi_amount(paise)),
    ]
    return words + texts(
        QUIET, paper.upi_too_much(CEILING_PAISE) if request.is_over_ceiling else None
    )
