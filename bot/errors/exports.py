"""Why no file comes."""

from bot.errors import Refusal


class NotAPeriod(Refusal):
    """Not written like two days, or one of them is in no calendar. Needs ``typed``."""


class PeriodTooLong(Refusal):
    """Needs ``limit``, in days."""


class NothingToExport(Refusal):
    """Nothing happened in that period. Needs ``first`` and ``last``."""


class NothingOwed(Refusal):
    """No invoice is open, and nobody has credit."""


class TooMuchToExport(Refusal):
    """Needs ``limit``, in documents."""
