"""A plan that begins in place of what runs: what is taken off for the days that end unused."""

from dataclasses import dataclass
from datetime import date

from bot.models.money import RUPEE
from bot.models.prorata import Share
from bot.models.subscriptions import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What runs ends, and its unused days are taken off the price of what begins in its place.

    ``credit_paise``: what these days have cost; ``unpaid_paise``: of its bill, due still.
    """

    subscription_id: int
    plan_name: str
    share: Share
    credit_paise: int
    unpaid_paise: int

    @property
    def stays_due_paise(self) -> int:
        """What was never paid cannot pay for anything: the new bill stays owing by that."""
        return min(self.credit_paise, self.unpaid_paise)

    def leaves(self, paise: int) -> bool:
        """Something to pay, a rupee at least, of what costs so much."""
        return paise - self.credit_paise >= RUPEE


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What ends when an upgrade is approved.

    ``asked_paise``: what was shown as taken off; ``creditable_paise``: what can be, by now.
    """

    subscription: Subscription
    invoice_id: int | None
    asked_paise: int
    creditable_paise: int
    unpaid_paise: int
    late_since: date | None = None  # as of ``Worth``

    @property
    def credit_paise(self) -> int:
        return min(self.asked_paise, self.creditable_paise)

    @property
    def short_paise(self) -> int:
        """What was shown, and cannot be taken off any more."""
        return self.asked_paise - self.credit_paise

    @property
    def stays_due_paise(self) -> int:
        """As in ``Upgrade``."""
        return min(self.credit_paise, self.unpaid_paise)

    @property
    def freed_paise(self) -> int:
        """What was paid of that, and pays the new bill."""
        return self.credit_paise - self.stays_due_paise
