"""A document on as many pages as it takes: the same bytes for the same story."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from threading import Lock
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from bot.documents._look import BOTTOM, GREY, MARGIN, PAGE, WIDTH
from bot.documents.typefaces import latin
from bot.texts import paper

_FOOTER_SIZE: Final = 7.5
_DRAWING = Lock()  # ReportLab's fonts serve one document at a time


def drawn(story: Callable[[], list[Flowable]], *, title: str, footer: str, author: str) -> bytes:
    """As a PDF; ``footer`` stands on every page, beside its number. Call it in a thread."""
    with _DRAWING:
        file = BytesIO()
        BaseDocTemplate(
            file,
            pagesize=PAGE,
            pageTemplates=[PageTemplate(frames=[_frame()])],
            title=title,
            author=author,
            creator="ClubDesk",
            lang="en-IN",
            invariant=1,
            pageCompression=1,
        ).build(story(), canvasmaker=partial(_Numbered, document=footer))
        return file.getvalue()


def _frame() -> Frame:
    height = PAGE[1] - MARGIN - BOTTOM
    return Frame(MARGIN, BOTTOM, WIDTH, height, 0, 0, 0, 0)


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
