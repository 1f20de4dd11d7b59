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


class CreditChanged(Refusal):
    """Not so much can be used as was shown. Needs ``credit_paise``, what can."""

    closes_form = True


class PaymentGone(Refusal):
    """Never there, or somebody else's: all sound the same."""


class TooMuchToRefund(Refusal):
    """Needs ``credit_paise``."""


class NotMoney(Refusal):
    """A reward is no payment that came: it cannot be booked back by hand."""


class PaymentChanged(Refusal):
    """Something else is settled by it than was looked at."""


class AlreadyReversed(Refusal):
    """Some or all of this payment has gone back already."""
