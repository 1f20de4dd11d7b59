"""Why a reported payment is not verified like that."""

from bot.errors import Refusal


class MoreThanClaimed(Refusal):
    """Needs ``claimed_paise``: what was reported on that line."""


class NothingReceived(Refusal):
    """On none of its lines: that is a rejection."""
