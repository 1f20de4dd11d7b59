"""Why something about what is owed is not done."""

from bot.errors import Refusal


class AccountGone(Refusal):
    """Never there, or somebody else's: all sound the same."""


class DuesContested(Refusal):
    """Of all that is due, a payment is reported or it is not accepted: nobody is reminded."""


class NoBillChosen(Refusal):
    pass


class TooManyLines(Refusal):
    """Of one receipt. Needs ``most``."""
