"""Why a subscription is not approved as it was decided."""

from bot.errors import Refusal


class AlreadyDecided(Refusal):
    """Somebody was faster than an admin's form. Needs ``what`` and ``by``."""

    closes_form = True


class BuyerBanned(Refusal):
    """Whoever is banned gets nothing new. Needs ``name``."""


class FirstDayChanged(Refusal):
    """It would begin on another day than was looked at: midnight has passed, or dates moved."""


class UpgradeChanged(Refusal):
    """Not so much can be taken off as was looked at, or was shown to the member."""


class LastDayTooFar(Refusal):
    """Later than any subscription may end."""


class NotADay(Refusal):
    """Not written like a day, or no day of any calendar. Needs ``typed``."""


class DayNotOffered(Refusal):
    """Before the first day, or no day at all: a calendar's empty field."""
