"""Why nothing is taken back of an invoice."""

from bot.errors import Refusal


class NothingToCredit(Refusal):
    """All of it was taken back before."""


class NotCreditable(Refusal):
    """Nothing, or more than is left of the line. Needs ``left_paise``."""


class InvoiceChanged(Refusal):
    """Something was booked on it since it was looked at."""

    closes_form = True


class CreditNoteGone(Refusal):
    """Never there, or somebody else's: all sound the same."""
