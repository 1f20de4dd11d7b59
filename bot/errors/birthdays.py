"""What cannot be a birthday."""

from bot.errors import Refusal


class NotABirthday(Refusal):
    """Not written like a day. Needs ``typed``."""


class ImpossibleBirthday(Refusal):
    """A day that is not in the calendar, is to come yet, or was before anybody's birth."""
