"""Banks' references as people copy them from their apps."""

import pytest

from bot.errors.payments import NotAReference
from bot.services.references import reference


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("412345678901", "412345678901"),
        (" 4123-4567 8901\n", "412345678901"),
        ("4123–4567—8901", "412345678901"),
        ("4123\u00a04567\u200b8901", "412345678901"),
        ("axisP12345", "axisP12345"),
        ("abc123", "abc123"),
        ("7" * 40, "7" * 40),
    ],
)
def test_spaces_and_dashes_do_not_count(typed, kept):
    assert reference(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "- -", "12345", "7" * 41, "paid!", "I have paid", "UTR:412345678901"),
        *("४१२३४५६७", "１２３४５६"),
    ],
)
def test_anything_else_is_no_reference(typed):
    with pytest.raises(NotAReference):
        reference(typed)
