"""Why a payment is not reported, asked for or decided."""

from bot.errors import Refusal


class ClaimGone(Refusal):
    """Never there, or somebody else's: all sound the same."""


class ClaimWaiting(Refusal):
    """One about the same is waiting for the club already."""


class ClaimDecided(Refusal):
    """It waits no longer."""


class MoreThanDue(Refusal):
    """Needs ``due_paise``."""


class RequestGone(Refusal):
    """Paid, cancelled, never there, or somebody else's: all sound the same."""


class RejectionGone(Refusal):
    """Settled, or never there."""
