"""Names in any script: joined, in order, and never a box."""

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.runs import in_sight, lines_of, width_of
from bot.documents.typefaces import UNKNOWN, face_of
from bot.texts.amounts import number
from tests.documents.reading import drawn
from tests.documents.samples import EVERYBODY, NAMES

NOT_DEFINED = 0  # the glyph that is a box


def runs(text):
    (line,) = lines_of(text, 1000, is_bold=False)
    return line


def glyphs(text):
    (run,) = runs(text)
    return [placed.glyph for placed in run.face.shape(run.text)[0]]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("is_bold", [False, True])
def test_every_letter_of_a_name_has_its_glyph(name, is_bold):
    (line,) = lines_of(name, 1000, is_bold=is_bold)
    assert "".join(run.text for run in line) == name
    for run in line:
        assert NOT_DEFINED not in [placed.glyph for placed in run.face.shape(run.text)[0]]


@pytest.mark.parametrize("name", [n for k, n in NAMES.items() if k not in {"Sinhala", "mixed"}])
def test_names_can_be_searched_and_copied(name):
    with pypdfium2.PdfDocument(drawn(EVERYBODY)) as document:
        found = document[0].get_textpage().get_text_range()
    for word in name.split():
        assert word.strip("()") in found


def test_letters_are_joined_and_reordered():
    assert len(glyphs("क्ष")) == 1  # three characters, one conjunct
    assert glyphs("कि")[1:] == glyphs("क")  # the vowel sign stands before what it is said after
    assert glyphs("ملك") != [glyph for letter in reversed("ملك") for glyph in glyphs(letter)]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Gym محمد علي Ltd", "Gym علي محمد Ltd"),
        ("محمد (علي) 15", "15 (علي) محمد"),
        ("محمد - Gym", "محمد - Gym"),
        ("15 محمد", "15 محمد"),
        ("Gym (محمد)", "Gym (محمد)"),
        ("سطر 15 شارع", "شارع 15 سطر"),
        ("श्री Ravi ரவி", "श्री Ravi ரவி"),
    ],
)
def test_the_order_in_which_eyes_meet_them(written, seen):
    assert "".join(run.text for run in in_sight(runs(written))) == seen


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Iron 💪🏽 House ❤️", "Iron House"),  # pictures are left out
        ("漢字 Gym", f"{UNKNOWN * 2} Gym"),
        ("Jose\u0301", "José"),
        ("a\x00b\u202ec\u200d", "abc"),
        ("₹ € № — “x” …", "₹ € № — “x” …"),
    ],
)
def test_what_no_font_has(written, printed):
    assert "".join(run.text for run in runs(written)).strip() == printed


def test_bold_letters_are_heavier():
    for letter in "कம":
        face = face_of(letter, is_bold=True)
        (placed,), _ = face.shape(letter)
        plain, bold = (face.outline(placed.glyph, is_bold=is_bold) for is_bold in (False, True))
        assert plain != bold


WORDS = st.sampled_from(
    ["a", "Gym-", "श्री", "रवि", "ரவி", "محمد", "(", ")", " ", "15", "漢", "💪", "\n"]
)


@given(st.lists(WORDS).map("".join), st.floats(5, 30))
def test_no_line_is_wider_than_its_place_and_nothing_is_lost(text, width):
    lines = lines_of(text, width, is_bold=False)
    assert all(width_of(line) <= width for line in lines)
    printed = text.replace("漢", UNKNOWN).replace("💪", "")
    assert letters(lines) == "".join(printed.split())
    for line in lines:
        assert len(letters([in_sight(line)])) == len(letters([line]))


def letters(lines):
    return "".join(run.text for line in lines for run in line).replace(" ", "")


@pytest.mark.parametrize("is_bold", [False, True])
def test_what_is_below_zero_keeps_its_sign(is_bold):
    """As in a round-off of forty paise down."""
    (line,) = lines_of(number(-40), 1000, is_bold=is_bold)
    assert "".join(run.text for run in line) == "-0.40"
