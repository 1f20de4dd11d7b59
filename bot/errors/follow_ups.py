"""What is refused of the club's own messages; their texts: ``bot.errors.templates``."""

from bot.errors import Refusal


class NotAnInterval(Refusal):
    """Needs ``typed``."""
