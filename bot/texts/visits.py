"""Every sentence about coming in."""

from datetime import date
from typing import Final

from bot.errors import Refusal
from bot.errors.visits import CardOfAnotherDay, CardOutdated, OnlyMembersComeIn
from bot.models.people import Person
from bot.models.subscriptions import Access, Standing
from bot.models.visits import Admission
from bot.texts.access import mark
from bot.texts.format import calendar_day, esc
from bot.texts.my_subscription import check_ins

TITLE: Final = "visit with a reason"
CAME_IN = "🏃 Came in today"
NOT_IN = "↩️ Not in today"
MARK_ANYWAY = "✅ Mark anyway"
ASK_TO_RENEW = "📨 Tell them how to renew"

MARKED = "🏃 Marked as in today."
UNMARKED = "↩️ Today’s mark is taken back."
TOLD = "📨 They are told how to renew."

REFUSALS: Final[dict[type[Refusal], str]] = {
    OnlyMembersComeIn: "Only members can be marked as in, and this person is none now.",
    CardOfAnotherDay: "This card is of another day. Please open it again: /admin, then 👥 Members.",
    CardOutdated: "This has changed since. Please open the card again: /admin, then 👥 Members.",
}


def last_visit(day: date | None, today: date) -> str:
    if day is None:
        return "No visit yet"
    return f"Last visit: {calendar_day(day)} ({ago((today - day).days)})"


def ago(days: int) -> str:
    if days <= 0:  # a club that moved to another zone may be a day ahead
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"


def marked(shown: Admission) -> str:
    """To an admin: what this visit leaves, where that is not everything."""
    return "\n".join(filter(None, [MARKED, _left(shown)]))


def not_marked(shown: Admission) -> str:
    """To an admin: why somebody was not let in, and what can be done."""
    why, next_step = _why(shown)
    return f"✋ <b>{esc(shown.person.name)}</b> is not marked as in: {why}\n{next_step}"


def ask_reason(person: Person) -> str:
    return (
        f"✅ Why is {esc(person.name)} let in anyway? The reason stands in the audit log, at most "
        "300 characters."
    )


def renewal(shown: Admission) -> str:
    """To a member: how they stood on a day on which they came."""
    standing = shown.standing
    if standing is None:
        return ""
    if standing.access is not Access.GRACE or not shown.is_in:
        return mark(standing)
    left, until = standing.grace_visits_left - 1, standing.grace_until
    ended = f"⏳ You came in on {calendar_day(shown.day)}; your subscription ended {_on(standing)}."
    if left <= 0 or until is None or until <= shown.day:
        return f"{ended}\nThat was the last time: renew it below to come in again."
    return (
        f"{ended}\nYou may still come until {calendar_day(until)}, {check_ins(left)} left: "
        "renew it below."
    )


def _left(shown: Admission) -> str:
    standing = shown.standing
    if standing is None:
        return ""
    if standing.access is Access.GRACE and standing.grace_until:
        left, of = standing.grace_visits_left - 1, shown.grace_visits
        until = calendar_day(standing.grace_until)
        return f"⏳ Grace: {left} of {check_ins(of)} left, it ends on {until}."
    if standing.access is Access.ACTIVE and standing.visits_left is not None:
        return f"🎟 Visits left: {standing.visits_left - 1}"
    return ""


def _why(shown: Admission) -> tuple[str, str]:
    """The reason, and the next step."""
    standing, anyway = shown.standing, "Or mark them anyway and say why."
    if standing is None:
        return "they may come in.", ""
    if standing.access is Access.FROZEN:
        return "their subscription is frozen.", f"Let it run again. {anyway}"
    if shown.waits:
        step = "They have asked for one: decide on it below."
    elif shown.begins_on:
        step = f"What they have bought begins on {calendar_day(shown.begins_on)}."
    else:
        step = "They need to renew." if standing.subscription else "They need to buy one."
    return _ended(shown, standing), f"{step} {anyway}"


def _ended(shown: Admission, standing: Standing) -> str:
    if standing.access in {Access.NONE, Access.AHEAD}:
        return "they have no subscription that runs."
    if standing.is_used_up:
        return "all visits of their subscription are used."
    if _is_grace_used(standing, shown):
        return f"their subscription ended {_on(standing)}, and the check-ins of grace are used."
    return f"their subscription ended {_on(standing)}."


def _is_grace_used(standing: Standing, shown: Admission) -> bool:
    """It is within the days of grace, and would have had some."""
    bought, until = standing.subscription, standing.grace_until
    if bought is None or until is None or bought.term.is_cancelled or not shown.grace_visits:
        return False
    return shown.day <= until


def _on(standing: Standing) -> str:
    return f"on {calendar_day(standing.ends_on)}" if standing.ends_on else "by now"
