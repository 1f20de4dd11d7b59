"""Every sentence to a member about their own subscription."""

from datetime import date

from bot.models.my_subscription import MySubscription
from bot.models.purchases import Purchase
from bot.models.subscriptions import Access, Standing, Subscription
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, esc

WITHDRAW = "↩️ Withdraw"
RENEW = "🔄 Renew"
PLANS = "💳 Plans"
DOCUMENTS = "🧾 My documents"

WITHDRAWN = "↩️ Withdrawn."
_HEAD = "💳 <b>My subscription</b>"


def screen(shown: MySubscription) -> str:
    held = [
        *(_held(each, "runs") for each in shown.running),
        *(_held(each, "follows") for each in shown.ahead),
    ]
    parts = [
        "\n".join([_HEAD, *_standing(shown)]),
        "\n".join(held),
        "\n".join(_paid(shown)),
        _waiting(shown.waiting) if shown.waiting else _next_step(shown),
    ]
    return "\n\n".join(filter(None, parts))


def renew_label(shown: MySubscription) -> str:
    """Nobody renews what they never had, or had for free."""
    standing = shown.standing
    return PLANS if standing.access is Access.NONE or _is_trial(standing) else RENEW


def in_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def check_ins(many: int) -> str:
    return "1 check-in" if many == 1 else f"{many} check-ins"


def _standing(shown: MySubscription) -> list[str]:
    standing = shown.standing
    match standing.access:
        case Access.ACTIVE:
            return [f"✅ Active until {_day(standing.ends_on)}", *_left(standing)]
        case Access.GRACE:
            left = check_ins(standing.grace_visits_left)
            return [
                f"⏳ It ended on {_day(standing.ends_on)}.",
                f"You may still come until {_day(standing.grace_until)}: {left} left.",
            ]
        case Access.FROZEN:
            return [f"❄️ Frozen{_thaws(shown)}", f"It runs until {_day(standing.ends_on)}."]
        case Access.LOCKED:
            return [_locked(standing, shown.today)]
        case Access.AHEAD:
            return ["📅 It has not begun yet."]
        case Access.NONE:
            return ["You have none yet."]


def _left(standing: Standing) -> list[str]:
    days = standing.days_left
    lines = ["Today is the last day." if days == 1 else f"{in_days(days)} left, today included."]
    if standing.visits_left is not None:
        lines.append(f"Visits left: {standing.visits_left}")
    return lines


def _thaws(shown: MySubscription) -> str:
    """Until when, today's freeze."""
    subscription = shown.standing.subscription
    freezes = subscription.term.freezes if subscription else ()
    ends = [each.last_day for each in freezes if each.first_day <= shown.today <= each.last_day]
    return f" until {_day(max(ends))}" if ends else ""


def _locked(standing: Standing, today: date) -> str:
    if standing.ends_on and standing.ends_on >= today:
        return "🔒 All its visits are used."
    return f"🔒 It ended on {_day(standing.ends_on)}."


def _held(each: Subscription, what: str) -> str:
    term = each.term
    days = f"{calendar_day(term.first_day)} to {calendar_day(term.last_day)}"
    return f"• <b>{esc(each.plan_name)}</b> {what}: {days}"


def _paid(shown: MySubscription) -> list[str]:
    """What their plans have been paid of, and what is left to pay."""
    lines = [
        f"• {calendar_day(each.day)}: {rupees(each.amount_paise)} for {esc(each.plan_name)}"
        for each in shown.payments
    ]
    due = [f"Still due: {rupees(shown.due_paise)}, see /pay"] if shown.due_paise else []
    return [*(["<b>Paid</b>", *lines] if lines else []), *due]


def _waiting(purchase: Purchase) -> str:
    return (
        f"🕒 Asked for: {esc(purchase.plan_name)}, {rupees(purchase.to_pay_paise)}. "
        "The club looks at it; you will hear from us here."
    )


def _next_step(shown: MySubscription) -> str:
    if _is_trial(shown.standing):
        return _after_trial(shown)
    match shown.standing.access:
        case Access.ACTIVE | Access.FROZEN:
            return "Renew early with /subscribe: the next one follows on, and no day is lost."
        case Access.GRACE | Access.LOCKED:
            return "" if shown.ahead else "Renew it with /subscribe."
        case Access.NONE:
            return "See the plans with /subscribe."
        case Access.AHEAD:
            return ""


def _after_trial(shown: MySubscription) -> str:
    if shown.ahead:
        return ""
    if shown.standing.access is Access.LOCKED:
        return "Did you like it? Choose a plan with /subscribe."
    return "Like it? /subscribe: a plan follows on when your trial ends."


def _is_trial(standing: Standing) -> bool:
    return standing.subscription is not None and standing.subscription.is_trial


def _day(day: date | None) -> str:
    return calendar_day(day) if day else "today"
