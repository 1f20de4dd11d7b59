"""Why a bill is not made, or not answered."""

from bot.errors import Refusal


class NothingToBill(Refusal):
    """There is no line."""


class AddressNeeded(Refusal):
    """From ₹50,000 on a buyer without GSTIN must be named with address and State (Rule 46)."""


class DraftGone(Refusal):
    """Dropped, or never there."""


class DraftIssued(Refusal):
    """It is an invoice by now. Needs ``numbers``."""


class DraftChanged(Refusal):
    """Somebody has changed it since this screen was drawn."""


class SeriesFull(Refusal):
    """The financial year's numbers are used up. Needs ``series``."""


class SeriesSealed(Refusal):
    """The club was restored from a backup that may not know its last numbers. Needs ``series``."""


class StockShort(Refusal):
    """Fewer pieces are left than billed. Needs ``name`` and ``left``."""


class InvoiceGone(Refusal):
    """Never there, or somebody else's: all sound the same."""


class NotAQuantity(Refusal):
    """Needs ``typed``."""


class NotADiscount(Refusal):
    """Not 0 to 80 percent. Needs ``typed``."""
