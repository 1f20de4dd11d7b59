"""What an admin sees after a decision, their own or somebody else's."""

from zoneinfo import ZoneInfo

from bot.keyboards import verifications as keyboards
from bot.models.claims import ClaimCard, ClaimVerdict
from bot.replies import Reply
from bot.texts import verifications as texts


def outcome(made: ClaimVerdict, zone: ZoneInfo, *, queued: bool) -> Reply:
    """The card as it is now, with what became of the tap said over it."""
    told = texts.verdict(made, zone)
    shown = texts.card(made.card, zone)
    return Reply(
        text=f"{shown}\n\n{texts.obstacle(made.obstacle)}" if made.obstacle else shown,
        keyboard=keyboards.card(made.card, queued=queued),
        toast=told,
        alert=not made.is_new,
    )


def too_late(found: ClaimCard, zone: ZoneInfo, *, queued: bool) -> Reply:
    return Reply(
        text=texts.card(found, zone),
        keyboard=keyboards.card(found, queued=queued),
        toast=texts.too_late(found, zone),
        alert=True,
    )
