"""Why a broadcast is not sent, changed or stopped."""

from bot.errors import Refusal


class BroadcastGone(Refusal):
    """Discarded, or never there."""


class BroadcastStarted(Refusal):
    """It is on its way already. Needs ``by``, a name."""


class BroadcastChanged(Refusal):
    """Somebody has changed it since this screen was drawn."""


class BroadcastStill(Refusal):
    """It has not been started, or has ended: there is nothing to pause, stop or edit."""


class NobodyToTell(Refusal):
    """Its segment is empty."""


class NotAMoment(Refusal):
    """Needs ``typed``."""


class MomentPassed(Refusal):
    """Or more than a year away."""


class NotNews(Refusal):
    """Neither a text nor a photo nor a document, or more than one at once."""


class NotDays(Refusal):
    """Needs ``typed``."""


class NobodyPicked(Refusal):
    """The list of hand-picked people is empty."""


class TooManyPicked(Refusal):
    """Needs ``limit``."""
