"""A subscription that is asked for, as admins see it: who, what, when, how it is paid."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.models.claims import ClaimStatus
from bot.models.purchases import Deal, DecisionDraft, Purchase, PurchaseCard, PurchaseStatus, Starts
from bot.models.subscriptions import Access, Standing
from bot.texts import _decisions
from bot.texts.amounts import rupees
from bot.texts.credit_notes import too_late
from bot.texts.format import calendar_day, esc, moment
from bot.texts.payments import lines
from bot.texts.promos import taken_off
from bot.texts.verifications import same_proof, telegram


def card(shown: PurchaseCard, zone: ZoneInfo) -> str:
    """To every admin."""
    purchase = shown.purchase
    waits = purchase.status is PurchaseStatus.WAITING
    parts = [
        _decisions.head("Subscription", purchase, task="to approve"),
        f"From: <b>{esc(shown.person.name)}</b>",
        *telegram(shown.person),
        *([f"Now: {standing(shown.standing)}"] if waits else []),
        *_price(purchase),
        *instead(shown),
        *([_days_of(shown, shown.usual.last_day)] if waits else []),
        *_pays(shown),
        f"Asked: {moment(purchase.requested_at, zone)}",
        *(_warnings(shown, zone) if waits else []),
    ]
    if not waits:
        parts += ["", decision(shown, zone), *(came_of(shown.deal) if shown.deal else [])]
    return "\n".join(parts)


def _price(purchase: Purchase) -> list[str]:
    """What it costs; with a code, before and after that."""
    plan, price = esc(purchase.plan_name), purchase.price_paise
    if purchase.promo_code is None:
        return [f"Plan: {plan}, {rupees(price)}"]
    return [
        f"Plan: {plan}, {rupees(price + purchase.discount_paise)}",
        taken_off(purchase.promo_code, purchase.discount_paise),
        f"That leaves {rupees(price)}",
    ]


def draft(shown: PurchaseCard, made: DecisionDraft, zone: ZoneInfo) -> str:
    """The card, with what was changed on it."""
    changes = []
    if made.price_paise is not None:
        changes.append(f"✏️ Bill: {rupees(made.price_paise)}")
    if made.last_day is not None:
        changes.append(f"📅 {_days_of(shown, made.last_day)}")
    decided = ["", "<b>As you decide so far</b>", *changes] if changes else []
    return "\n".join([card(shown, zone), *decided])


def decision(shown: PurchaseCard, zone: ZoneInfo) -> str:
    """Who decided what and when; empty while it waits."""
    return _decisions.decision(shown.purchase, shown.decided_by, zone)


def came_of(deal: Deal) -> list[str]:
    """What an approval made: the days, the bill, what was received and what is due by now."""
    subscription = deal.subscription
    term = subscription.term
    received = lines(deal.lines) or ["Nothing received"]
    return [
        days(term.first_day, term.last_day),
        f"Bill: {rupees(subscription.price_paise)}",
        *received,
        *([f"Due: {rupees(deal.due_paise)}"] if deal.due_paise else []),
    ]


def instead(shown: PurchaseCard) -> list[str]:
    """What ends with it, what is (or was) taken off for that, and what that leaves to pay."""
    replaced, waits = shown.replaced, shown.purchase.status is PurchaseStatus.WAITING
    if replaced is None:
        return []
    head, unpaid = f"⬆️ Instead of {esc(replaced.subscription.plan_name)}", replaced.stays_due_paise
    if not waits:
        taken_paise = shown.deal.credit_paise if shown.deal else 0
        return [f"{head}: −{rupees(taken_paise)}" if taken_paise else head]
    stays = f"{rupees(unpaid)} of its bill is not paid: the new one stays owing by that"
    return [
        f"{head}: −{rupees(replaced.credit_paise)}",
        *([stays] if unpaid else []),
        *([too_late(replaced.late_since)] if replaced.late_since else []),
    ]


def photo(shown: PurchaseCard) -> str:
    return f"📷 {esc(shown.person.name)}"


def proof(shown: PurchaseCard) -> str:
    """Said with the screenshot."""
    return f"📷 {esc(shown.person.name)}: {esc(shown.purchase.plan_name)}\n" + "\n".join(
        _pays(shown)
    )


def days(first: date, last: date) -> str:
    count = (last - first).days + 1
    many = "1 day" if count == 1 else f"{count} days"
    return f"{calendar_day(first)} to {calendar_day(last)} ({many})"


def standing(now: Standing) -> str:
    """How a member stands, in a line."""
    subscription = now.subscription
    plan = esc(subscription.plan_name) if subscription else ""
    until = calendar_day(now.ends_on) if now.ends_on else ""
    match now.access:
        case Access.NONE:
            return "no subscription so far"
        case Access.AHEAD if subscription:
            return f"{plan}, from {calendar_day(subscription.term.first_day)} on"
        case Access.ACTIVE:
            left = f", {now.visits_left} visits left" if now.visits_left is not None else ""
            return f"{plan}, until {until}{left}"
        case Access.FROZEN:
            return f"{plan}, frozen, until {until}"
        case Access.LOCKED if now.is_used_up:
            return f"{plan}, all visits used up"
    grace = ", in grace" if now.access is Access.GRACE else ""
    return f"{plan}, over since {until}{grace}"


def _days_of(shown: PurchaseCard, last: date) -> str:
    return days(shown.first_day, last)


def _pays(shown: PurchaseCard) -> list[str]:
    waits, credit = shown.purchase.status is PurchaseStatus.WAITING, shown.own_credit_paise
    return [
        *(lines(shown.claim.lines) if shown.claim else ["🕒 Pays later"]),
        *([f"🎁 Their credit: {rupees(credit)}"] if waits and credit else []),
    ]


def _warnings(shown: PurchaseCard, zone: ZoneInfo) -> list[str]:
    """What an admin must not overlook before approving."""
    purchase, plan, told = shown.purchase, shown.plan, []
    if shown.person.is_banned:
        told.append("🚫 They are banned: unban them first, or reject this.")
    if purchase.starts is Starts.TODAY and shown.standing.access in {Access.ACTIVE, Access.FROZEN}:
        told.append("⚠️ It begins today, though one runs already.")
    if shown.replaced and shown.replaced.short_paise:
        keeps = purchase.price_paise - shown.replaced.short_paise
        told.append(
            f"⚠️ They were shown −{rupees(shown.replaced.asked_paise)}, and that cannot be taken "
            f"off any more. A bill of {rupees(keeps)} keeps what they were to pay."
        )
    if plan is not None and not plan.is_on_sale:
        told.append("⚠️ This plan is not on sale any more.")
    if plan is not None and plan.duration != purchase.duration:
        told.append("⚠️ The plan has another length by now; these are the days they asked for.")
    if plan is not None and purchase.price_paise + purchase.discount_paise not in {
        plan.price_paise,
        plan.price_paise + plan.joining_fee_paise,
    }:
        now = rupees(plan.price_paise)
        told.append(f"⚠️ The plan costs {now} by now; this is the price they were shown.")
    if shown.claim and shown.claim.status is not ClaimStatus.WAITING:
        told.append("⚠️ The payment that was reported with it is decided on already.")
    return [*told, *same_proof(shown.same_proof, zone)]
