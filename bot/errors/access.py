"""Why somebody may not use what needs a running subscription."""

from bot.errors import Refusal


class SubscriptionNeeded(Refusal):
    """None runs, and grace is over."""
