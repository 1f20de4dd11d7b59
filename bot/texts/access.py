"""Every sentence about what a subscription gives access to, to members and to admins."""

from bot.models.subscriptions import Access, Standing
from bot.texts.format import calendar_day
from bot.texts.my_subscription import check_ins


def warning(standing: Standing) -> str:
    """To admins, on a member's card; nothing where a subscription runs."""
    match standing.access:
        case Access.ACTIVE:
            return ""
        case Access.GRACE:
            return f"⚠️ In grace, {check_ins(standing.grace_visits_left)} left"
        case Access.FROZEN:
            return "❄️ Subscription frozen"
        case Access.LOCKED | Access.NONE | Access.AHEAD:
            return "⚠️ No running subscription"


def while_banned(standing: Standing) -> str:
    """To admins, on a banned member's card; nothing where no subscription runs."""
    if standing.access not in {Access.ACTIVE, Access.FROZEN} or standing.ends_on is None:
        return ""
    return f"💳 Paid until {calendar_day(standing.ends_on)}; the days go by while they are banned"


def mark(standing: Standing) -> str:
    """To a member, above the menu; nothing where a subscription runs."""
    match standing.access:
        case Access.ACTIVE:
            return ""
        case Access.GRACE:
            until = f" until {calendar_day(standing.grace_until)}" if standing.grace_until else ""
            left = check_ins(standing.grace_visits_left)
            rest = f"You may come{until}, {left} left: renew it below."
            return f"⏳ Your subscription has ended. {rest}"
        case Access.FROZEN:
            return "❄️ Your subscription is frozen."
        case Access.LOCKED:
            return f"🔒 {_over(standing)} Renew it below to come in again."
        case Access.AHEAD:
            first = standing.subscription.first_day if standing.subscription else None
            return f"🕒 Your subscription begins on {calendar_day(first)}." if first else ""
        case Access.NONE:
            return "🔒 You have no subscription yet. Tap Subscribe to choose one."


def _over(standing: Standing) -> str:
    if standing.is_used_up:
        return "All visits of your subscription are used."
    return "Your subscription has ended."
