"""Why a promo code is not kept, or not taken. Each of the latter needs ``code``."""

from bot.errors import Refusal


class PromoGone(Refusal):
    """Never there."""


class PromoExists(Refusal):
    """This code was given to another one, be it over or off. Needs ``code``."""


class NotACode(Refusal):
    """Needs ``typed``."""


class NotAGift(Refusal):
    """Neither a percentage nor an amount. Needs ``typed``."""


class NotAPromoLimit(Refusal):
    """Needs ``typed`` and ``most``."""


class PromoDaysReversed(Refusal):
    """It would end before it begins. Needs ``first_day``."""


class PromoUsedMore(Refusal):
    """No limit below what is used already. Needs ``used``."""


class PromoUnknown(Refusal):
    """Never there, or off: both sound the same."""


class PromoNotYet(Refusal):
    """Needs ``first_day``."""


class PromoOver(Refusal):
    """Needs ``last_day``."""


class PromoNotForPlan(Refusal):
    """It is good for another plan, or would leave less than a rupee to pay."""


class PromoUsedByYou(Refusal):
    """As often as one member may."""


class PromoUsedUp(Refusal):
    """As often as all members together may."""
