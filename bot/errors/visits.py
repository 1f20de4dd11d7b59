"""Why a visit cannot be marked, or taken back."""

from bot.errors import Refusal


class OnlyMembersComeIn(Refusal):
    """Not a member, or not now: banned."""


class CardOfAnotherDay(Refusal):
    """«Today» on the card is over."""


class CardOutdated(Refusal):
    """They are in by now, or may come in: what the button was drawn for has gone."""
