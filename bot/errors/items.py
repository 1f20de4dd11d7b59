"""The ways the store says no."""

from bot.errors import Refusal


class NotAnAmount(Refusal):
    """Needs ``typed``."""


class NotAPercent(Refusal):
    """Needs ``typed``."""


class NotAnItemName(Refusal):
    """Nothing, or more than ``limit`` characters."""


class NotAnHsn(Refusal):
    """Needs ``typed``."""


class NotAStock(Refusal):
    """Needs ``typed``."""


class ItemExists(Refusal):
    """Needs ``name`` and ``serial`` of the item that has this name and code."""


class ItemOffSale(Refusal):
    """Needs ``name``."""


class ItemGone(Refusal):
    """No item with this id."""


class ItemNotFound(Refusal):
    """Needs ``typed``: what was searched for."""


class ItemSearchTooShort(Refusal):
    pass


class ItemFileExpected(Refusal):
    """Something other than a document."""


class NotAWorkbook(Refusal):
    """Not an .xlsx file, one with a password, or a broken one."""


class TooManyRows(Refusal):
    """Needs ``limit``."""


class SheetTooLarge(Refusal):
    """Unpacked it is far larger than a catalogue, or cells are strewn far apart."""


class NoItemRows(Refusal):
    """Headings and nothing under them, or nothing at all."""


class ColumnsMissing(Refusal):
    """Needs ``columns``."""


class ColumnTwice(Refusal):
    """Needs ``column``."""


class UploadGone(Refusal):
    """Older than a day, or another admin's."""

    closes_form = True
