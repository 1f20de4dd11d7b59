"""An issued invoice as a PDF: all that Rule 46 asks for, on as many pages as it takes."""

from functools import partial
from io import BytesIO
from threading import Lock
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Spacer

from bot.documents._foot import closing, sums
from bot.documents._head import head
from bot.documents._lines import lines_table, summary_table
from bot.documents._look import BOTTOM, GAP, GREY, HEADING, MARGIN, PAGE, WIDTH, texts
from bot.documents.typefaces import latin
from bot.models.invoices import Invoice
from bot.texts import paper

_FOOTER_SIZE: Final = 7.5
_DRAWING = Lock()  # ReportLab's fonts serve one document at a time


def invoice_pdf(invoice: Invoice, *, logo: bytes | None = None) -> bytes:
    """The same bytes for the same invoice. It computes for a while: call it in a thread.

    ``logo``: a picture; anything else is left out.
    """
    with _DRAWING:
        return _drawn(invoice, logo)


def _drawn(invoice: Invoice, logo: bytes | None) -> bytes:
    file = BytesIO()
    BaseDocTemplate(
        file,
        pagesize=PAGE,
        pageTemplates=[PageTemplate(frames=[_frame()])],
        title=f"{paper.TITLES[invoice.kind]} {invoice.number}",
        author=invoice.seller.legal_name,
        creator="ClubDesk",
        lang="en-IN",
        invariant=1,
        pageCompression=1,
    ).build(
        _story(invoice, logo),
        canvasmaker=partial(_Numbered, document=invoice.number),
    )
    return file.getvalue()


def _frame() -> Frame:
    height = PAGE[1] - MARGIN - BOTTOM
    return Frame(MARGIN, BOTTOM, WIDTH, height, 0, 0, 0, 0)


def _story(invoice: Invoice, logo: bytes | None) -> list[Flowable]:
    story = [*head(invoice, logo), lines_table(invoice), Spacer(0, GAP / 2), sums(invoice)]
    if invoice.shows_tax:
        summary = [*texts(HEADING, paper.SUMMARY), Spacer(0, 2), summary_table(invoice)]
        story += [Spacer(0, GAP), KeepTogether(summary)]
    return [*story, Spacer(0, GAP), *closing(invoice)]


class _Numbered(Canvas):
    """Keeps its pages until it knows how many there are."""

    def __init__(self, *args: Any, document: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._document = document
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self._kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # the types do not know it

    def save(self) -> None:
        for number, page in enumerate(self._kept, start=1):
            self.__dict__.update(page)
            self.setFont(latin(is_bold=False).name, _FOOTER_SIZE)
            self.setFillColor(GREY)
            said = paper.page(number, len(self._kept), self._document)
            self.drawRightString(PAGE[0] - MARGIN, BOTTOM / 2, said)
            super().showPage()
        super().save()
