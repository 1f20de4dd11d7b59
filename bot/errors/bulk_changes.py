"""Why nothing is done for a whole list."""

from bot.errors import Refusal


class NobodyThere(Refusal):
    """Nobody on the list, or nobody of whom it could be done."""


class NotBulkDays(Refusal):
    """Needs ``typed`` and ``most``."""
