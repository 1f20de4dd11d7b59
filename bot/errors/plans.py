"""Why a plan is not kept or sold."""

from bot.errors import Refusal


class PlanGone(Refusal):
    """Never there, or not on sale any more."""


class PlanExists(Refusal):
    """One on sale has this name."""


class NotADuration(Refusal):
    """Needs ``typed``."""


class NotAVisitsLimit(Refusal):
    """Needs ``typed``."""
