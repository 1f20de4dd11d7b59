"""Why a payment is not reported, asked for or decided."""

from bot.errors import Refusal


class ClaimGone(Refusal):
    """Never there, or somebody else's: all sound the same."""


class ClaimWaiting(Refusal):
    """One about the same is waiting for the club already."""


class MoreThanDue(Refusal):
    """Needs ``due_paise``."""


class RequestGone(Refusal):
    """Paid, cancelled, never there, or somebody else's: all sound the same."""


class RejectionGone(Refusal):
    """Settled, or never there."""


class NotAProof(Refusal):
    """Neither a bank's reference nor a picture."""


class NotAPart(Refusal):
    """As much as is due, or more, where a part of it is asked. Needs ``due_paise``."""


class WayGone(Refusal):
    """The club does not take money in this way, or no longer."""


class PaymentClosed(Refusal):
    """The button belongs to an attempt at paying that is over."""
