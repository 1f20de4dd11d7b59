"""Reading an Excel file that somebody sent: measured first, then read. For a thread, not the loop.

Nothing of the archive is trusted. It is packed anew from what was really in it, within a bound, so
that what the reader gets is what was measured; a sheet is refused whose cells lie so far apart that
the table between them would fill the memory.
"""

import re
import zlib
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    ZipError,
)

from bot.errors.items import NotAWorkbook, SheetTooLarge

Cell = object  # what the reader makes of one: str, float, bool, a date or a time

_UNPACKED_BYTES: Final = 20_000_000
_ENTRIES: Final = 200
_TEXT_BYTES: Final = 50_000_000  # of all cells, one that is used often counted each time
_COLUMNS: Final = 60
_REFERENCE: Final = re.compile(rb"""\sr\s*=\s*["']([^"']*)["']""")
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s/>]")
# A formula that failed, like #N/A. The reader makes nothing of it, as if nobody had written there.
_ERROR: Final = re.compile(rb"""(<(?:\w+:)?c\s[^>]*\bt\s*=\s*)(?:"e"|'e')""")
_PLACE: Final = re.compile(rb"([A-Z]{0,3})([0-9]{1,7})")
# What the archive and its reader may make of a file that is damaged, or none at all.
_BROKEN: Final = (
    *(BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError),
    *(CalamineError, PasswordError, ZipError, LookupError),
)


def read_first_sheet(content: bytes, *, rows: int) -> list[list[Cell]]:
    """The cells of the first sheet that is not hidden, row by row; blank ones are ``""``.

    Raises:
        NotAWorkbook: not an .xlsx file, one with a password, or a broken one.
        SheetTooLarge: it is larger unpacked than any catalogue, or has more than ``rows`` rows.
    """
    try:
        packed = _packed_anew(content, rows=rows)
        with CalamineWorkbook.from_filelike(BytesIO(packed)) as book:
            table = book.get_sheet_by_index(_first_shown(book)).to_python(skip_empty_area=False)
    except _BROKEN as trouble:
        raise NotAWorkbook from trouble
    return [[*row] for row in table]


def _first_shown(book: CalamineWorkbook) -> int:
    """What somebody sees when they open the file; one sheet at least is always shown."""
    kinds = [sheet.visible for sheet in book.sheets_metadata]
    return kinds.index(SheetVisibleEnum.Visible)


def _packed_anew(content: bytes, *, rows: int) -> bytes:
    anew = BytesIO()
    longest_text, cells = 0, 0
    with ZipFile(BytesIO(content)) as given, ZipFile(anew, "w") as measured:
        for each in _entries(given):
            part = given.read(each)  # never more than ``file_size``; its checksum must fit
            if b"sheetData" in part:
                part = _ERROR.sub(rb'\1"str"', part)
                cells += _count_cells(part, rows=rows)
            if each.filename.lower().endswith("sharedstrings.xml"):
                longest_text = max(map(len, part.split(b"<si")), default=0)
            measured.writestr(each.filename, part)
    if cells * longest_text > _TEXT_BYTES:
        raise SheetTooLarge
    return anew.getvalue()


def _entries(given: ZipFile) -> list[ZipInfo]:
    """The parts of an .xlsx, none packed in a way whose result cannot be bounded."""
    entries = given.infolist()
    names = {each.filename for each in entries}
    if len(names) != len(entries) or "xl/workbook.xml" not in names:
        raise NotAWorkbook
    if any(each.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for each in entries):
        raise NotAWorkbook
    if len(entries) > _ENTRIES or sum(each.file_size for each in entries) > _UNPACKED_BYTES:
        raise SheetTooLarge
    return entries


def _count_cells(sheet: bytes, *, rows: int) -> int:
    """How many cells there are; each must say where it stands, and within a catalogue."""
    places = _REFERENCE.findall(sheet)
    for place in set(places):
        found = _PLACE.fullmatch(place)
        if found is None:
            raise NotAWorkbook
        if int(found[2]) > rows or _column(found[1]) > _COLUMNS:
            raise SheetTooLarge
    cells = len(_CELL.findall(sheet))
    if cells > len(places):
        raise NotAWorkbook
    return cells


def _column(letters: bytes) -> int:
    """``A`` is 1, ``Z`` 26, ``AA`` 27; no letter 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
