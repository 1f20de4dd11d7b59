"""How many, and how much less, as people type it."""

from typing import Final

from bot.errors.invoices import NotADiscount, NotAQuantity
from bot.errors.items import NotAPercent
from bot.models.billing import MAX_DISCOUNT_BPS
from bot.routers._parse import words
from bot.services import amounts

CHARACTERS: Final = 300  # of an answer, whatever it is
_DIGITS: Final = 4


def quantity(typed: str | None) -> int:
    """Whole pieces, 1 to 9999.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotAQuantity: anything else.
    """
    text = words(typed, limit=CHARACTERS)
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text)):
        raise NotAQuantity(typed=text)
    return int(text)


def discount(typed: str | None) -> int:
    """A percentage from 0 to 80, in basis points.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotADiscount: anything else.
    """
    text = words(typed, limit=CHARACTERS)
    try:
        points = amounts.percent(text)
    except NotAPercent as fault:
        raise NotADiscount(typed=text) from fault
    if points > MAX_DISCOUNT_BPS:
        raise NotADiscount(typed=text)
    return points
