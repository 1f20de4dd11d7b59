"""The books at a terminal: their figures, and what is wrong with them."""

from collections.abc import Sequence
from typing import Final

from bot.models.books import Figures
from bot.texts.amounts import rupees
from bot.texts.payments import METHODS

SCHEMA_BEHIND: Final = "The schema is not up to date. Run `python -m bot migrate` first."
_WIDTH: Final = 24


def figures(found: Figures) -> str:
    """The equation of the books, line by line; then what each method brought, net of refunds."""
    lines = [
        ("  Invoiced", found.invoiced_paise),
        ("− Credit notes", found.credited_paise),
        ("− Received", found.received_paise),
        ("+ Given back", found.refunded_paise),
        *([("− Referral rewards", found.rewarded_paise)] if found.rewarded_paise else []),
        ("= Outstanding", found.outstanding_paise),
        ("− Credit of members", found.credit_paise),
    ]
    methods = [
        (f"  In by {_plain(METHODS[each.method])}", each.received_paise - each.refunded_paise)
        for each in found.methods
    ]
    return "\n".join(f"{name:{_WIDTH}}{rupees(paise):>18}" for name, paise in [*lines, *methods])


def _plain(label: str) -> str:
    """Without its emoji, which no column of a terminal agrees on."""
    return label.partition(" ")[2]


def broken(promise: str, where: Sequence[str], *, shown: int) -> str:
    more = f", and {len(where) - shown} more" if len(where) > shown else ""
    return f"✗ Not so: {promise}.\n    → {', '.join(where[:shown])}{more}"


def verdict(promises: int) -> str:
    if not promises:
        return "✓ The books are right: every check holds."
    return (
        "The books cannot be trusted. Stop the bot, keep a backup of this, and compare with an "
        "older one: python -m bot drill FILE."
    )
