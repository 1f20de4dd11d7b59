"""The head of an invoice: who sells, to whom, when and where."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final
from zoneinfo import ZoneInfo

from PIL import Image as Pictures
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Image, Spacer, Table

from bot.documents._look import (
    ACCENT,
    GAP,
    HEADING,
    LABEL,
    LEGEND,
    NAME,
    PLAIN,
    STRONG,
    TITLE,
    WIDTH,
    columns,
    texts,
)
from bot.documents.text import Text
from bot.models.business import GstScheme
from bot.models.credit_notes import CreditNote
from bot.models.invoices import DocumentKind, Invoice, Seller
from bot.texts import paper

_LOGO: Final = (42 * mm, 17 * mm)  # the room it may fill
_LOGO_DOTS: Final = (800, 320)  # finer than a printer shows


def head(invoice: Invoice, logo: bytes | None) -> list[Flowable]:
    legend = texts(LEGEND, paper.COMPOSITION) if _is_composition(invoice) else []
    gstin = _gstin(invoice, invoice.seller.gstin)
    return [
        *legend,
        *([Spacer(0, GAP / 2)] if legend else []),
        *letterhead(invoice.seller, gstin, paper.TITLES[invoice.kind], logo),
        parties(buyer(invoice), details(invoice.number, _details(invoice))),
        Spacer(0, GAP),
    ]


def credit_note_head(note: CreditNote) -> list[Flowable]:
    invoice, seller = note.invoice, note.invoice.seller
    dated = note.issued_at.astimezone(ZoneInfo(seller.timezone))
    said = [
        (paper.ISSUED, paper.day(dated)),
        (paper.OF_INVOICE, invoice.number),
        (paper.OF_DATE, paper.day(invoice.issued_at.astimezone(ZoneInfo(seller.timezone)))),
        (paper.PLACE, paper.state(invoice.place_of_supply)),
    ]
    return [
        *letterhead(seller, _gstin(invoice, seller.gstin), paper.CREDIT_NOTE),
        parties(buyer(invoice), details(note.number, said)),
        Spacer(0, GAP),
    ]


def letterhead(
    seller: Seller, gstin: str | None, title: str, logo: bytes | None = None
) -> list[Flowable]:
    """Who says so, and what it is."""
    sides = [[_seller(seller, gstin, logo), texts(TITLE, title)]]
    return [
        columns(sides, [WIDTH * 0.52, WIDTH * 0.48]),
        HRFlowable(width="100%", thickness=1, color=ACCENT, spaceBefore=6, spaceAfter=8),
    ]


def parties(left: Sequence[Flowable], right: Table) -> Table:
    return columns([[list(left), right]], [WIDTH * 0.54, WIDTH * 0.46])


def _is_composition(invoice: Invoice) -> bool:
    return (
        invoice.kind is DocumentKind.BILL_OF_SUPPLY
        and invoice.seller.scheme is GstScheme.COMPOSITION
    )


def _seller(seller: Seller, gstin: str | None, logo: bytes | None) -> list[Flowable]:
    name = seller.trade_name.strip() or seller.legal_name
    picture = _picture(logo) if logo else None
    return [
        *([picture, Spacer(0, 4)] if picture else []),
        *texts(NAME, name),
        *texts(STRONG, seller.legal_name if seller.legal_name != name else None),
        *texts(PLAIN, seller.address, paper.state_line(seller.state_code)),
        *texts(STRONG, gstin),
    ]


def buyer(invoice: Invoice) -> list[Flowable]:
    who = invoice.buyer
    return [
        *texts(HEADING, paper.BILLED_TO),
        *texts(STRONG, who.name),
        *texts(
            PLAIN,
            who.address,
            paper.state_line(who.state_code) if who.state_code else None,
            _gstin(invoice, who.gstin),
            paper.phone(who.phone) if who.phone else None,
        ),
    ]


def _gstin(invoice: Invoice, number: str | None) -> str | None:
    """None stands on the invoice of a seller who is not registered."""
    return paper.gstin(number) if number and invoice.kind is not DocumentKind.INVOICE else None


def details(number: str, said: Sequence[tuple[str, str]]) -> Table:
    cells = [[Text(f"{label}:", LABEL), Text(value, PLAIN)] for label, value in said]
    cells.insert(0, [Text(f"{paper.NUMBER}:", LABEL), Text(number, STRONG)])
    return columns(cells, [WIDTH * 0.25, WIDTH * 0.21])


def _details(invoice: Invoice) -> list[tuple[str, str]]:
    said = [
        (paper.ISSUED, paper.day(invoice.issued_at.astimezone(ZoneInfo(invoice.seller.timezone)))),
        (paper.SUPPLIED, paper.day(invoice.supplied_on)),
        (paper.DUE, paper.day(invoice.due_on)),
        (paper.PLACE, paper.state(invoice.place_of_supply)),
    ]
    if invoice.kind is not DocumentKind.INVOICE:
        said.append((paper.REVERSE_CHARGE, paper.NO))
    return said


def _picture(logo: bytes) -> Image | None:
    """``None`` for what is no picture: a bill is worth more than its ornament."""
    try:
        with Pictures.open(BytesIO(logo)) as opened:
            opened.thumbnail(_LOGO_DOTS)
            picture = opened.convert("RGBA")
    except (OSError, ValueError, Pictures.DecompressionBombError):
        return None
    white = Pictures.new("RGBA", picture.size, "white")
    file = BytesIO()
    Pictures.alpha_composite(white, picture).convert("RGB").save(file, "PNG")
    scale = min(_LOGO[0] / picture.width, _LOGO[1] / picture.height)
    size = (picture.width * scale, picture.height * scale)
    return Image(file, *size, hAlign="LEFT")
