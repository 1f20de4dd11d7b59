"""QR codes: a picture for the chat, a drawing for documents."""

from io import BytesIO
from typing import Final

import segno
from reportlab.lib.colors import black
from reportlab.platypus import Flowable

_DAMAGE: Final = "m"  # of the code's area, 15 % may be dirty or torn
_QUIET: Final = 4  # modules of white around it, as the standard has it
_DOTS: Final = 10  # to a module


def qr_png(text: str) -> bytes:
    """Black on white, sharp on any telephone."""
    picture = BytesIO()
    _code(text).save(picture, kind="png", scale=_DOTS, border=_QUIET)
    return picture.getvalue()


class QrCode(Flowable):
    """``side`` is in points; the white around it is the page's."""

    def __init__(self, text: str, side: float) -> None:
        super().__init__()
        self._code = _code(text)
        self.width = self.height = side

    def wrap(self, _width: float, _height: float, /) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        rows = list(self._code.matrix_iter(border=0))
        module = self.height / len(rows)
        path = self.canv.beginPath()
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    path.rect(x * module, self.height - (y + 1) * module, module, module)
        self.canv.setFillColor(black)
        self.canv.drawPath(path, stroke=0, fill=1)


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error=_DAMAGE, boost_error=False, micro=False)
