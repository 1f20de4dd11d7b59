"""Why no free trial begins."""

from bot.errors import Refusal


class TrialGone(Refusal):
    """The club gives none, or no longer."""


class TrialUsed(Refusal):
    """They have had one, or have subscribed before."""


class TrialChanged(Refusal):
    """Its days are not those that were looked at."""
