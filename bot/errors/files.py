"""Files that people send, and that do not arrive."""

from bot.errors import Refusal


class FileTooBig(Refusal):
    """Needs ``megabytes``, the limit."""


class FileNotFetched(Refusal):
    """Telegram has it, or had it, and did not hand it out."""
