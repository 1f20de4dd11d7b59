"""What may be wrong with a text that is filled in for each reader."""

from bot.errors import Refusal


class UnknownPlaceholder(Refusal):
    """Needs ``typed`` and ``known``, both as written, braces included."""


class TemplateTooLong(Refusal):
    """With the longest names filled in. Needs ``limit`` and ``over``, in characters."""


class PlaceholderCut(Refusal):
    """Formatting begins or ends inside of one, so that it cannot be found again."""
