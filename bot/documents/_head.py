"""The head of an invoice: who sells, to whom, when and where."""

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
from bot.models.invoices import DocumentKind, Invoice
from bot.texts import paper

_LOGO: Final = (42 * mm, 17 * mm)  # the room it may fill
_LOGO_DOTS: Final = (800, 320)  # finer than a printer shows


def head(invoice: Invoice, logo: bytes | None) -> list[Flowable]:
    legend = texts(LEGEND, paper.COMPOSITION) if _is_composition(invoice) else []
    return [
        *legend,
        *([Spacer(0, GAP / 2)] if legend else []),
        columns([[_seller(invoice, logo), _title(invoice)]], [WIDTH * 0.52, WIDTH * 0.48]),
        HRFlowable(width="100%", thickness=1, color=ACCENT, spaceBefore=6, spaceAfter=8),
        columns([[_buyer(invoice), _details(invoice)]], [WIDTH * 0.54, WIDTH * 0.46]),
        Spacer(0, GAP),
    ]


def _is_composition(invoice: Invoice) -> bool:
    return (
        invoice.kind is DocumentKind.BILL_OF_SUPPLY
        and invoice.seller.scheme is GstScheme.COMPOSITION
    )


def _seller(invoice: Invoice, logo: bytes | None) -> list[Flowable]:
    seller = invoice.seller
    name = seller.trade_name.strip() or seller.legal_name
    picture = _picture(logo) if logo else None
    return [
        *([picture, Spacer(0, 4)] if picture else []),
        *texts(NAME, name),
        *texts(STRONG, seller.legal_name if seller.legal_name != name else None),
        *texts(PLAIN, seller.address, paper.state_line(seller.state_code)),
        *texts(STRONG, _gstin(invoice, seller.gstin)),
    ]


def _title(invoice: Invoice) -> list[Flowable]:
    return [*texts(TITLE, paper.TITLES[invoice.kind])]


def _buyer(invoice: Invoice) -> list[Flowable]:
    buyer = invoice.buyer
    return [
        *texts(HEADING, paper.BILLED_TO),
        *texts(STRONG, buyer.name),
        *texts(
            PLAIN,
            buyer.address,
            paper.state_line(buyer.state_code) if buyer.state_code else None,
            _gstin(invoice, buyer.gstin),
            paper.phone(buyer.phone) if buyer.phone else None,
        ),
    ]


def _gstin(invoice: Invoice, number: str | None) -> str | None:
    """None stands on the invoice of a seller who is not registered."""
    return paper.gstin(number) if number and invoice.kind is not DocumentKind.INVOICE else None


def _details(invoice: Invoice) -> Table:
    details = [
        (paper.ISSUED, paper.day(invoice.issued_at.astimezone(ZoneInfo(invoice.seller.timezone)))),
        (paper.SUPPLIED, paper.day(invoice.supplied_on)),
        (paper.DUE, paper.day(invoice.due_on)),
        (paper.PLACE, paper.state(invoice.place_of_supply)),
    ]
    if invoice.kind is not DocumentKind.INVOICE:
        details.append((paper.REVERSE_CHARGE, paper.NO))
    cells = [[Text(f"{label}:", LABEL), Text(said, PLAIN)] for label, said in details]
    cells.insert(0, [Text(f"{paper.NUMBER}:", LABEL), Text(invoice.number, STRONG)])
    return columns(cells, [WIDTH * 0.25, WIDTH * 0.21])


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
