"""What may be wrong with a business profile, and with a tax rate."""

from bot.errors import Refusal


class NotAGstin(Refusal):
    """Not the form of one. Needs ``typed``."""


class GstinOfNoState(Refusal):
    """Needs ``code``, its first two digits."""


class GstinMistyped(Refusal):
    """Its check character does not fit. Needs ``typed``."""


class NotAState(Refusal):
    """Needs ``typed``."""


class NotAUpiId(Refusal):
    """Needs ``typed``."""


class NotATaxRate(Refusal):
    """Needs ``typed``."""


class NotASac(Refusal):
    """Needs ``typed``."""


class NotATaxCode(Refusal):
    """Neither an HSN nor a SAC. Needs ``typed``."""


class NotAPrefix(Refusal):
    """Needs ``typed``."""


class PrefixReserved(Refusal):
    """Other documents have it. Needs ``typed``."""


class NotDueDays(Refusal):
    """Needs ``typed``."""


class NotADay(Refusal):
    """Needs ``typed``."""


class BeforeGst(Refusal):
    """A day on which there was no GST yet."""


class NotALogo(Refusal):
    pass


class LogoTooBig(Refusal):
    """Needs ``limit``, in megabytes."""


class GstinNeeded(Refusal):
    """Only who has a GSTIN is registered, and only the registered charge GST."""


class StateInGstin(Refusal):
    """Who has a GSTIN is registered in the State that it names. Needs ``state``."""

    closes_form = True
