"""What admins are asked when a subscription ends early: what becomes of its money, who gets it."""

from typing import Final

from bot.models.payments import Method
from bot.models.prorata import Settlement, Share, Worth
from bot.models.subscription_cards import Preview
from bot.models.transfers import Rest, Transfer
from bot.texts.amounts import rupees
from bot.texts.credit_notes import too_late
from bot.texts.format import calendar_day, counted, esc
from bot.texts.payments import METHODS, lines
from bot.texts.purchases import share as unused_of
from bot.texts.subscription_changes import following, head
from bot.texts.subscription_lists import SEARCH_HOW

NOTHING_BACK: Final = "Nothing back"
TO_CREDIT: Final = "💰 To their credit"
REFUND: Final = "💸 Refund"
OTHER_AMOUNT: Final = "✏️ Other amount"
TRANSFER: Final = "🔁 Transfer"
YES_TRANSFER: Final = "✅ Yes, give it over"
TRANSFER_TITLE: Final = "transfer of a subscription"
GIVEN_OVER: Final = "✅ Given over. Both are told."


def ask_money(shown: Preview, worth: Worth, credit_paise: int) -> str:
    """``credit_paise``: what is proposed, or was typed."""
    return "\n".join(
        [
            head("🚫", shown),
            f"{_unused(worth.share)}, worth {rupees(worth.unused_paise)}",
            f"Bill {worth.number}: {_left(worth)}",
            f"<b>To take back: {rupees(credit_paise)}</b>",
            *_becomes(worth, credit_paise),
            "What becomes of it?",
        ]
    )


def ask_amount(shown: Preview, worth: Worth) -> str:
    return (
        f"{head('✏️', shown)}\nHow much of bill {worth.number} is taken back? Send an amount like "
        f"500, at most {rupees(worth.creditable_paise)}."
    )


def ask_method(paise: int) -> str:
    return f"💸 <b>Refund {rupees(paise)}</b>\nHow do they get it?"


def ask_reference(method: Method) -> str:
    return (
        f"💸 <b>Refund</b> by {METHODS[method].partition(' ')[2]}\n"
        "Which reference does it have? Send the bank’s number (UTR), or what stands on the slip."
    )


def confirm(shown: Preview, worth: Worth, settlement: Settlement, reason: str) -> str:
    """All that would be done at once."""
    refund = settlement.refund
    kept = worth.freed_paise(settlement.credit_paise) - (refund.amount_paise if refund else 0)
    owed_less = settlement.credit_paise - worth.freed_paise(settlement.credit_paise)
    hand_over = "\n\nHand it over first. The money cannot be taken back." if refund else ""
    return (
        "\n".join(
            [
                head("🚫", shown),
                f"From today they are not let in, and there is no grace.{following(shown)}",
                _unused(worth.share),
                f"Credit note on {worth.number}: {rupees(settlement.credit_paise)}",
                *([too_late(worth.late_since)] if worth.late_since else []),
                *([f"Owed no more: {rupees(owed_less)}"] if owed_less else []),
                *([f"Their credit: {rupees(kept)} more"] if kept else []),
                *([f"Paid out: {each}" for each in lines((refund,))] if refund else []),
                f"Reason: {esc(reason)}",
            ]
        )
        + hand_over
    )


def _unused(share: Share) -> str:
    left = share.unused_visits if share.is_of_visits else share.unused_days
    return f"{unused_of(share)} {'is' if left == 1 else 'are'} unused"


def _left(worth: Worth) -> str:
    credited, due = worth.balance.credited_paise, worth.balance.due_paise
    before = f", {rupees(credited)} taken back before" if credited else ""
    unpaid = f", {rupees(due)} not paid" if due > 0 else ""
    return f"{rupees(worth.balance.total_paise)}{before}{unpaid}"


def _becomes(worth: Worth, credit_paise: int) -> list[str]:
    """What of it was never paid cannot be given back."""
    owed_less = credit_paise - worth.freed_paise(credit_paise)
    if not owed_less:
        return []
    return [f"{rupees(owed_less)} of that is not paid: it is owed no more."]


def ask_receiver(rest: Rest) -> str:
    return f"{_given(rest)}\nWho gets it? {SEARCH_HOW}"


def review_transfer(plan: Transfer) -> str:
    giver = esc(plan.rest.giver.name)
    days = f"{calendar_day(plan.first_day)} to {calendar_day(plan.last_day)}"
    return "\n".join(
        [
            _given(plan.rest),
            f"To: <b>{esc(plan.receiver.name)}</b>, {days}",
            f"From today {giver} is not let in, and there is no grace.",
            f"The bill stays with {giver}.",
        ]
    )


def _given(rest: Rest) -> str:
    term, visits = rest.subscription.term, rest.visits
    left = f", {counted(visits, 'visit')}" if visits is not None else ""
    return "\n".join(
        [
            f"🔁 <b>{esc(rest.giver.name)}: {esc(rest.subscription.plan_name)}</b>",
            f"{calendar_day(term.first_day)} to {calendar_day(term.last_day)}",
            f"Unused: {counted(rest.days, 'day')}{left}",
        ]
    )
