"""Excel files as the bot writes them: words stay words, amounts are exact, days are days."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services._spreadsheet import Rupees, Spreadsheet
from tests.workbooks import cells

MARKUP = (
    '<r><t>q</t></r></is></c><c r="B2"><f>HYPERLINK(1)</f><v>2</v></c>'
    '<c r="C2" t="inlineStr"><is><r><t>x</t></r>'
)


def written(*rows) -> bytes:
    sheet = Spreadsheet("Sheet", [("Heading", 10)])
    sheet.write(rows)
    return sheet.finish()


def xml(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    "words",
    [
        '=HYPERLINK("http://x","y")',
        "+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "http://example.com",
        "<r><t>x</t></r>",
        MARKUP,
        "_x003D_1",
        "{=1}",
        "'=1",
    ],
)
def test_words_are_inert(words):
    content = written((words,))
    [_, row] = cells(content)
    assert str(row[0]).strip() == words.replace("\r", "\n").strip()
    assert len(row) == 1
    assert "<f>" not in xml(content)
    assert "<hyperlink" not in xml(content)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60))
def test_whatever_people_write_is_one_cell_of_a_file_that_opens(words):
    content = written(("before", words, "after"))
    [_, row] = cells(content)
    assert (row[0], row[2], len(row)) == ("before", "after", 3)
    assert "<f>" not in xml(content)


@given(st.integers(-(10**13), 10**13))
def test_an_amount_is_exactly_its_paise(paise):
    content = written((Rupees(paise),))
    sign = "-" if paise < 0 else ""
    whole, rest = divmod(abs(paise), 100)
    exact = f"{sign}{whole}.{rest:02}"
    assert f"<v>{exact}</v>" in xml(content)


def test_a_day_is_a_day():
    [_, row] = cells(written((date(2026, 4, 1), 3, None, "x")))
    assert row == [date(2026, 4, 1), 3.0, "", "x"]
