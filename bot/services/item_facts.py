"""What people write about an item, in chat or in a file, checked and tidied."""

import unicodedata
from typing import Final

from bot.db._rows import fold
from bot.errors.items import NotAnHsn, NotAnItemName, NotAStock
from bot.models.items import HSN, MAX_STOCK, NAME_CHARACTERS
from bot.services.amounts import trimmed

_UNSEEN: Final = {"Cc", "Cf", "Co", "Cs", "Cn"}
_JOINERS: Final = "\u200c\u200d"  # Indic scripts need them


def name(typed: str) -> str:
    """One line, without marks that nobody sees.

    Raises:
        NotAnItemName: no letter or digit in it, or too long.
    """
    seen = "".join(
        c if c in _JOINERS or unicodedata.category(c) not in _UNSEEN else " " for c in typed
    )
    tidy = " ".join(trimmed(seen).split())
    if not any(c.isalnum() for c in fold(tidy)) or len(tidy) > NAME_CHARACTERS:
        raise NotAnItemName(limit=NAME_CHARACTERS)
    return tidy


def hsn(typed: str) -> str:
    """A code of 4, 6 or 8 digits; blanks among them are forgiven.

    Raises:
        NotAnHsn: anything else.
    """
    code = "".join(trimmed(typed).split())
    if not HSN.fullmatch(code):
        raise NotAnHsn(typed=typed)
    return code


def stock(typed: str) -> int:
    """Whole pieces, none among them.

    Raises:
        NotAStock: anything else, or more than a million.
    """
    digits = trimmed(typed)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(MAX_STOCK))):
        raise NotAStock(typed=typed)
    if (pieces := int(digits)) > MAX_STOCK:
        raise NotAStock(typed=typed)
    return pieces
