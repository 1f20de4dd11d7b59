"""Why money is not booked."""

from bot.errors import Refusal


class NotAReference(Refusal):
    """Needs ``typed``."""


class ReferenceUsed(Refusal):
    """A bank's reference counts once. Needs ``reference``."""


class Overpaid(Refusal):
    """More than is due, where the club (or a walk-in customer) has no use for it.

    Needs ``due_paise``.
    """


class DuesChanged(Refusal):
    """What is due is not what was looked at: somebody was first. Needs ``due_paise``."""


class NothingDue(Refusal):
    """The invoice is settled."""


class NoCredit(Refusal):
    """The account has none."""


class PaymentGone(Refusal):
    """Never there, or somebody else's: all sound the same."""


class TooMuchToRefund(Refusal):
    """Needs ``credit_paise``."""


class CreditChanged(Refusal):
    """The credit is not what was looked at: somebody was first. Needs ``credit_paise``."""

    closes_form = True


class AlreadyReversed(Refusal):
    """Some or all of this payment has gone back already."""
