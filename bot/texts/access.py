"""Every sentence about what a subscription gives access to, to members and to admins."""

from typing import Final

from bot.errors import Refusal
from bot.errors.access import SubscriptionNeeded
from bot.models.subscriptions import Access, Standing
from bot.texts.format import calendar_day
from bot.texts.my_subscription import check_ins

REFUSALS: Final[dict[type[Refusal], str]] = {
    SubscriptionNeeded: "This needs a running subscription. Renew yours with /subscribe; how it "
    "stands is in /my_subscription.",
}


def grace(standing: Standing) -> str:
    """To a member who uses something in grace."""
    until = f" until {calendar_day(standing.grace_until)}" if standing.grace_until else ""
    left = check_ins(standing.grace_visits_left)
    return f"⏳ Your subscription has ended. You may go on{until}, {left} left: see /subscribe."


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
    until = f" until {calendar_day(standing.grace_until)}" if standing.grace_until else ""
    match standing.access:
        case Access.ACTIVE:
            return ""
        case Access.GRACE:
            return f"⏳ Your subscription has ended. You may come{until}: renew it below."
        case Access.FROZEN:
            return "❄️ Your subscription is frozen."
        case Access.LOCKED:
            return "🔒 Your subscription has ended. Renew it below to come in again."
        case Access.AHEAD:
            first = standing.subscription.first_day if standing.subscription else None
            return f"🕒 Your subscription begins on {calendar_day(first)}." if first else ""
        case Access.NONE:
            return "🔒 You have no subscription yet. Tap Subscribe to choose one."
