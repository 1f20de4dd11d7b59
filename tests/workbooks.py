"""Excel files as people make them, and what stands in those the bot sends."""

from io import BytesIO

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

HEADINGS = ("Serial", "Name", "HSN/SAC", "MRP", "GST %", "Stock", "Kind", "Active")


def workbook(*rows, headings=HEADINGS, **options) -> bytes:
    """Rows under headings; numbers stay numbers, words stay words."""
    made = BytesIO()
    with Workbook(made, {"strings_to_formulas": False, **options}) as book:
        sheet = book.add_worksheet("Items")
        for number, row in enumerate([headings, *rows] if headings else rows):
            sheet.write_row(number, 0, row)
    return made.getvalue()


def cells(content: bytes, sheet: int = 0) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(sheet).to_python()
