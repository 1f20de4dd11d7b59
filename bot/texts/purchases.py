"""Every sentence about buying a subscription, to whoever buys it."""

from datetime import timedelta
from typing import Final

from bot.errors import Refusal
from bot.errors.subscriptions import NotRegistered, RegistrationWaits
from bot.models.dues import PlanChoice
from bot.models.prorata import Share
from bot.models.purchases import Offer, Purchase, PurchaseStatus, Shelf, Starts
from bot.models.upgrades import Upgrade
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, counted, esc
from bot.texts.plans import duration
from bot.texts.promos import not_taken, taken_off
from bot.texts.trials import offered

TITLE = "purchase of a plan"
CHOOSE = "💳 Choose a plan"
PAY_LATER = "🕒 Pay later"
START_TODAY = "📅 Start today"
UPGRADE = "⬆️ Upgrade now"
START_AFTER = "📅 Start after the current one ends"
STARTS: Final = {
    Starts.TODAY: START_TODAY,
    Starts.AFTER: START_AFTER,
    Starts.UPGRADE: UPGRADE,
}
WITHDRAWN = "↩️ Withdrawn. The club will not look at it."

REFUSALS: Final[dict[type[Refusal], str]] = {
    NotRegistered: "Only members of the club subscribe. Send /register first.",
    RegistrationWaits: "The club is looking at your registration. Once it is approved, /subscribe.",
}
_DAY: Final = timedelta(days=1)
_SHOWN: Final = 40  # a message holds 4,096 characters


def shelf(shown: Shelf) -> str:
    if not shown.offers and not shown.trial_days:
        return "💳 <b>Subscribe</b>\nNothing is on sale now. Please ask the club."
    plans = [_offer(each) for each in shown.offers[:_SHOWN]]
    head = ["💳 <b>Subscribe</b>", *([offered(shown.trial_days)] if shown.trial_days else [])]
    if shown.upgrade:
        head = [f"<b>{UPGRADE}</b>", unused(shown.upgrade)]
    return "\n".join([*head, *plans, "Which one would you like?"])


def unused(upgrade: Upgrade) -> str:
    """What is taken off, and for what."""
    left = share(upgrade.share)
    return f"{esc(upgrade.plan_name)}: {left} unused, −{rupees(upgrade.credit_paise)}"


def share(many: Share) -> str:
    """17 of 30 days; or of the visits, where these decide."""
    if many.is_of_visits:
        return f"{many.unused_visits} of {counted(many.all_visits, 'visit')}"
    return f"{many.unused_days} of {counted(many.all_days, 'day')}"


def offer_label(offer: Offer) -> str:
    """A button's label: bare text, no HTML."""
    return f"{offer.plan.name} · {rupees(offer.plan.price_paise)}"


def summary(choice: PlanChoice) -> str:
    """All that one agrees to."""
    offer, (first, last) = choice.offer, choice.days
    follows = ", when the current one has ended" if choice.starts is Starts.AFTER else ""
    upgrade = offer.upgrade if choice.starts is Starts.UPGRADE else None
    fee, tax = offer.joining_fee_paise, offer.tax_paise
    return "\n".join(
        [
            f"💳 <b>{esc(offer.plan.name)}</b>",
            f"{_lasts(offer)}: {rupees(offer.plan.price_paise)}",
            *([f"Joining fee, once: {rupees(fee)}"] if fee else []),
            *([taken_off(offer.discount.code, offer.discount.paise)] if offer.discount else []),
            f"<b>Total: {rupees(offer.total_paise)}</b>",
            *([f"GST within it: {rupees(tax)}"] if tax else []),
            *(_taken_off(upgrade, offer.to_pay_paise(choice.starts)) if upgrade else []),
            f"From {calendar_day(first)} to {calendar_day(last)}{follows}",
            *_beside(choice),
            *([not_taken(offer.obstacle)] if offer.obstacle else []),
            *([_credit(offer.credit_paise)] if offer.credit_paise and offer.may_pay_later else []),
        ]
    )


def _beside(choice: PlanChoice) -> list[str]:
    """Whoever starts today though one runs has its days and these at once."""
    after, today = choice.offer.after, choice.offer.today
    if choice.starts is not Starts.TODAY or after is None or after <= today + _DAY:
        return []
    until = calendar_day(after - _DAY)
    return [f"⚠️ The current one runs until {until} as well: its days are not added."]


def _credit(paise: int) -> str:
    return f"🎁 Your credit: {rupees(paise)}. Pay later, and use it on the bill."


def _taken_off(upgrade: Upgrade, to_pay_paise: int) -> list[str]:
    unpaid = upgrade.stays_due_paise
    stays = f"{rupees(unpaid)} of its bill is not paid: that stays due on the new one."
    return [
        unused(upgrade),
        f"<b>To pay: {rupees(to_pay_paise)}</b>",
        *([stays] if unpaid else []),
        f"{esc(upgrade.plan_name)} ends when the club has approved it.",
    ]


def requested(purchase: Purchase) -> str:
    plan, paise = esc(purchase.plan_name), rupees(purchase.to_pay_paise)
    match purchase.status:
        case PurchaseStatus.WAITING:
            later = ", to be paid later" if purchase.claim_id is None else ""
            return (
                f"⏳ <b>{plan} is with the club</b>: {paise}{later}\n"
                "The club will look at it and tell you here."
            )
        case PurchaseStatus.APPROVED:
            return f"✅ The club has approved {plan}. See /my_subscription."
        case PurchaseStatus.REJECTED:
            return f"❌ The club did not approve {plan}.\nReason: {esc(purchase.reason or '')}"
        case PurchaseStatus.WITHDRAWN:
            return f"↩️ You have withdrawn {plan}."


def _offer(offer: Offer) -> str:
    return f"• {esc(offer.plan.name)}: {rupees(offer.plan.price_paise)} for {_lasts(offer)}"


def _lasts(offer: Offer) -> str:
    visits = offer.plan.visits_limit
    if visits is None:
        return duration(offer.plan.duration)
    return f"{duration(offer.plan.duration)}, {counted(visits, 'visit')}"
