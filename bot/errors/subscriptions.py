"""Why a subscription is not bought, approved or changed."""

from bot.errors import Refusal


class NotRegistered(Refusal):
    """Only members subscribe."""


class RegistrationWaits(Refusal):
    """Not a member yet."""


class PurchaseGone(Refusal):
    """Never there, or somebody else's: all sound the same."""


class PurchaseWaiting(Refusal):
    """One request waits already."""


class PurchaseDecided(Refusal):
    """It waits no longer."""


class OfferChanged(Refusal):
    """The plan, its price or the days are not what was looked at. Needs ``total_paise``."""


class NoPayLater(Refusal):
    """The club does not allow it, or no more than it has allowed already."""


class NotOfBill(Refusal):
    """More is received than billed. Needs ``price_paise``."""


class LastDayPast(Refusal):
    """It would be over before it began."""


class SubscriptionGone(Refusal):
    pass


class SubscriptionOver(Refusal):
    """What is over or cancelled is not changed."""


class SubscriptionChanged(Refusal):
    """Somebody has changed it since it was looked at."""


class FrozenAlready(Refusal):
    """On one of these days."""


class NotOnList(Refusal):
    """Nobody on the list that was searched fits. Needs ``typed``."""


class NotExtraDays(Refusal):
    """Needs ``typed``."""


class NotFreezeDays(Refusal):
    """Needs ``typed``."""


class NotARuleNumber(Refusal):
    """Needs ``typed``, ``least`` and ``most``."""


class NotReminderDays(Refusal):
    """Needs ``typed``, ``most`` and ``earliest``."""


class TooLongFrozen(Refusal):
    """Needs ``left``, in days."""


class NotFrozen(Refusal):
    pass


class NothingToUndo(Refusal):
    """That change was taken back already, or there is none."""


class MoneyWentBack(Refusal):
    """With the change that would be taken back: days come back only together with their money."""


class GivenBack(Refusal):
    """Whoever had given it over has its days again."""


class NothingLeft(Refusal):
    """Of what is to be given over: it is over, cancelled, or its visits are used up."""


class FrozenNow(Refusal):
    """What is frozen today is not given over."""


class TheirsAlready(Refusal):
    """Nobody gives anything over to themselves."""


class NotAReceiver(Refusal):
    """Only members of the club get a subscription."""


class ReceiverChanged(Refusal):
    """What they got was changed since, or is over: it is not taken back."""


class MoreThanBilled(Refusal):
    """Needs ``creditable_paise``, what of the bill may go back."""
