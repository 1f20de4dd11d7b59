"""What an admin sees of a purchase while deciding on it, and after a decision of anybody."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.keyboards import activations as keyboards
from bot.keyboards.common import Section
from bot.models.purchases import DecisionDraft, PurchaseCard, PurchaseVerdict
from bot.replies import Reply, show
from bot.texts import activations as texts
from bot.texts import purchase_cards as card_texts


def draft(found: PurchaseCard, made: DecisionDraft, zone: ZoneInfo) -> Reply:
    return show(card_texts.draft(found, made, zone), keyboards.draft(found))


def outcome(made: PurchaseVerdict, zone: ZoneInfo) -> Reply:
    """The card as it is now, with what became of the tap said over it."""
    return Reply(
        text=card_texts.card(made.card, zone),
        keyboard=keyboards.card(made.card, section=Section.APPROVALS),
        toast=texts.verdict(made, zone),
        alert=not made.stands,
    )


def too_late(found: PurchaseCard, zone: ZoneInfo) -> Reply:
    return outcome(PurchaseVerdict(card=found, stands=False), zone)


def hindered(made: PurchaseVerdict, shown: Reply) -> Reply:
    """``shown``, with why it could not be approved."""
    if made.obstacle is None:
        return shown
    told = texts.obstacle(made.obstacle)
    return replace(shown, text=f"{shown.text}\n\n{told}", toast=told, alert=True)
