"""Excel files as they come: what each cell means, and what is no list of items."""

import time
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from bot.errors import Refusal
from bot.errors.items import (
    ColumnsMissing,
    NoItemRows,
    NotAWorkbook,
    SheetTooLarge,
    TooManyRows,
)
from bot.models.item_uploads import UPLOAD_ROWS, Fault, Problem, Wish
from bot.models.items import ItemKind
from bot.services import _item_rows, _workbooks
from tests.workbooks import HEADINGS, workbook

SHEET = "xl/worksheets/sheet1.xml"
GOOD = ("", "Belt", "4203", 100, 18)
WHOLE = workbook(GOOD)


def read(*rows, **options):
    return _item_rows.read(workbook(*rows, **options)).rows


def wish(*row, **options) -> Wish:
    [only] = read(row, **options)
    assert only.faults == ()
    return only.wish


def faults(*row) -> list[Problem]:
    [only] = read(row)
    assert only.wish is None
    return [fault.problem for fault in only.faults]


def rewritten(content: bytes, change, *, compression=ZIP_DEFLATED) -> bytes:
    """The archive with its first sheet changed."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(made, "w", compression) as anew:
        for name in given.namelist():
            part = given.read(name)
            anew.writestr(name, change(part) if name == SHEET else part)
    return made.getvalue()


@pytest.mark.parametrize(
    ("mrp", "paise"),
    [
        (1500, 150_000),
        (1500.5, 150_050),
        (0.01, 1),
        (9_999_999.99, 999_999_999),
        (0.1 + 0.2, 30),  # Excel shows 15 digits of it, and so do we
        (999.4499999999999, 99_945),
        ("1,500", 150_000),
        ("₹1500.50", 150_050),
        (" 1500/- ", 150_000),
    ],
)
def test_an_mrp_is_a_number_or_words(mrp, paise):
    assert wish("", "Belt", "4203", mrp, 18).mrp_paise == paise


@pytest.mark.parametrize("mrp", ["", 0, -5, 1.005, 1e9, 1e300, "abc", "1e3", "１５", True])
def test_no_mrp(mrp):
    assert faults("", "Belt", "4203", mrp, 18) == [Problem.MRP]


def test_codes_and_serials_are_numbers_in_excel():
    assert wish(12, "Yoga", 999723.0, 100, 5) == Wish(
        serial=12,
        name="Yoga",
        hsn="999723",
        mrp_paise=10_000,
        rate_bps=500,
        stock=None,
        kind=None,
        is_active=None,
    )


def test_a_code_that_begins_with_nought_survives_being_a_number():
    assert wish("", "Coffee", 901, 100, 5).hsn == "0901"
    assert wish("", "Coffee", "0901", 100, 5).hsn == "0901"
    assert faults("", "Coffee", "901", 100, 5) == [Problem.HSN]
    assert faults("", "Coffee", 901.5, 100, 5) == [Problem.HSN]


def test_a_share_is_no_percentage():
    assert wish("", "Belt", "4203", 1, 5.5).rate_bps == 550
    assert wish("", "Belt", "4203", 1, "0.25 %").rate_bps == 25
    assert wish("", "Belt", "4203", 1, 0).rate_bps == 0
    assert faults("", "Belt", "4203", 1, 0.18) == [Problem.RATE_BELOW_ONE]


def test_all_faults_of_a_row_are_told_at_once():
    row = ("x", "", "12345", "free", "lots", "-1", "gift", "perhaps")
    assert faults(*row) == [
        *(Problem.SERIAL, Problem.NAME_MISSING, Problem.HSN, Problem.MRP, Problem.RATE),
        *(Problem.STOCK, Problem.KIND, Problem.IS_ACTIVE),
    ]
    assert faults(1.5, "x" * 101, "", 1, 18) == [Problem.SERIAL, Problem.NAME_LONG]
    assert faults(2**40, "Belt", "", 1, 18) == [Problem.SERIAL]


def test_columns_come_in_any_order_under_the_names_people_use():
    headings = ("GST Rate", "Colour", "MRP (Rs)", "ITEM NAME", "hsn code", "Type")
    found = wish("18%", "red", 100, "Belt", 4203, "ONLINE", headings=headings)
    assert (found.name, found.hsn, found.kind) == ("Belt", "4203", ItemKind.ONLINE)
    file = _item_rows.read(workbook(("18%", "red", 1, "B1", 4203), headings=headings))
    assert file.ignored == ("Colour",)


def test_blank_lines_are_skipped_and_rows_keep_the_numbers_of_excel():
    content = workbook((), (), ("Name", "HSN", "MRP", "GST"), (), ("Belt", "", 1, 18), headings=())
    assert [row.number for row in _item_rows.read(content).rows] == [5]


def test_a_sheet_that_is_hidden_is_not_the_list():
    made = BytesIO()
    with Workbook(made) as book:
        lists, shown = book.add_worksheet("Lists"), book.add_worksheet("Items")
        for sheet, row in ((lists, ("Old belt", "4203", 1, 18)), (shown, GOOD[1:])):
            sheet.write_row(0, 0, HEADINGS[1:5])
            sheet.write_row(1, 0, row)
        shown.activate()
        shown.set_first_sheet()
        lists.hide()
    [row] = _item_rows.read(made.getvalue()).rows
    assert (row.name, row.wish.mrp_paise) == ("Belt", 100_00)


def test_a_formula_counts_by_what_it_shows_and_one_that_failed_is_told():
    made = BytesIO()
    with Workbook(made) as book:
        sheet = book.add_worksheet("Items")
        sheet.write_row(0, 0, HEADINGS[1:6])
        sheet.write_row(1, 0, GOOD[1:])
        sheet.write_formula(1, 1, "=VLOOKUP(A2,B:C,2)", None, "#N/A")
        sheet.write_formula(1, 4, "=6*2", None, 12)
        sheet.write_row(2, 0, GOOD[1:])
        sheet.write_formula(2, 4, "=6*2", None, 12)
    failed, good = _item_rows.read(made.getvalue()).rows
    assert failed.faults == (Fault(problem=Problem.HSN, said="#N/A"),)
    assert good.wish.stock == 12


def test_what_looks_like_a_formula_is_a_name():
    assert wish("", "=1+1", "", 1, 18).name == "=1+1"


@pytest.mark.parametrize("headings", [("Name",), ("a", "b", "c"), (1, 2, 3)])
def test_columns_that_are_missing_are_named(headings):
    with pytest.raises(ColumnsMissing):
        read((1, 2, 3), headings=headings)


def test_nothing_is_no_list():
    for content in (workbook(), workbook(headings=()), workbook((), ("", " "))):
        with pytest.raises(NoItemRows):
            _item_rows.read(content)


def test_as_many_rows_as_promised_and_no_more():
    rows = [("", f"Item {n}", "", 1, 18) for n in range(UPLOAD_ROWS + 1)]
    assert len(read(*rows[:-1])) == UPLOAD_ROWS
    with pytest.raises(TooManyRows):
        read(*rows)


def test_a_bomb_is_not_unpacked():
    bomb = rewritten(WHOLE, lambda _: bytes(300_000_000))
    assert len(bomb) < 2_000_000
    started = time.process_time()
    with pytest.raises(SheetTooLarge):
        _item_rows.read(bomb)
    assert time.process_time() - started < 1


def test_a_bomb_that_lies_about_its_size_is_not_unpacked():
    honest = rewritten(WHOLE, lambda part: part + b" " * 30_000_000)
    with ZipFile(BytesIO(honest)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = honest.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(NotAWorkbook):
        _item_rows.read(lying)


@pytest.mark.parametrize("place", [b"XFD2", b"A1048576", b"BZ2"])
def test_cells_far_away_do_not_fill_the_memory(place):
    far = rewritten(WHOLE, lambda part: part.replace(b'"E2"', b'"' + place + b'"'))
    with pytest.raises(SheetTooLarge):
        _item_rows.read(far)


@pytest.mark.parametrize("place", [b"&#88;FD2", b"", b"E2E2"])
def test_cells_that_stand_nowhere_are_not_trusted(place):
    odd = rewritten(WHOLE, lambda part: part.replace(b'"E2"', b'"' + place + b'"'))
    with pytest.raises(NotAWorkbook):
        _item_rows.read(odd)


def test_one_long_text_in_many_cells_is_not_multiplied():
    rows = [("x" * 30_000, f"Item {n}", "", 1, 18) for n in range(3000)]
    with pytest.raises(SheetTooLarge):
        read(*rows)


def test_other_archives_and_packings_are_no_workbooks():
    other = BytesIO()
    with ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    packed = rewritten(WHOLE, lambda part: part, compression=ZIP_BZIP2)
    for content in (other.getvalue(), packed, b"PK\x03\x04", b""):
        with pytest.raises(NotAWorkbook):
            _item_rows.read(content)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_files_are_refused_or_read_but_never_crash(data):
    at = data.draw(st.integers(0, len(WHOLE) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=4))
    damaged = WHOLE[:at] + noise + WHOLE[at + len(noise) :]
    try:
        _item_rows.read(damaged)
    except Refusal:
        return


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_sheets_are_refused_or_read_but_never_crash(data):
    def spoil(part: bytes) -> bytes:
        at = data.draw(st.integers(0, len(part) - 1))
        noise = data.draw(
            st.one_of(st.binary(max_size=6), st.sampled_from([b"<", b">", b"</", b'"']))
        )
        return part[:at] + noise + part[at + data.draw(st.integers(0, 6)) :]

    try:
        _item_rows.read(rewritten(WHOLE, spoil))
    except Refusal:
        return


def test_references_to_columns():
    assert [_workbooks._column(each) for each in (b"", b"A", b"Z", b"AA")] == [0, 1, 26, 27]
