"""A fact about an item, as typed or as a button writes it."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.models.items import ItemField
from bot.routers import _parse
from bot.services import amounts, item_facts

_CHARACTERS: Final = 300
_READ: Final[Mapping[ItemField, Callable[[str], str | int]]] = {
    ItemField.NAME: item_facts.name,
    ItemField.HSN: item_facts.hsn,
    ItemField.MRP: amounts.amount,
    ItemField.RATE: amounts.percent,
    ItemField.STOCK: item_facts.stock,
}
_NONE: Final = {ItemField.HSN: "", ItemField.STOCK: None}


def fact(field: ItemField, typed: str | None) -> str | int:
    """What somebody typed.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotAnItemName, NotAnHsn, NotAnAmount, NotAPercent, NotAStock: no such thing.
    """
    return _READ[field](_parse.words(typed, limit=_CHARACTERS))


def tapped(field: ItemField, value: str) -> str | int | None:
    """What a button holds; nothing means that the item has none.

    Raises:
        Refusal: as in ``fact``; only what somebody made up.
    """
    return fact(field, value) if value or field not in _NONE else _NONE[field]
