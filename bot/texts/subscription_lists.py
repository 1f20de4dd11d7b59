"""Subscriptions as admins look at them: the ways in, lists, one person's card."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.audit import NOBODY
from bot.models.members import Found
from bot.models.purchases import PurchaseEntry
from bot.models.subscription_cards import (
    Overview,
    RecordedChange,
    SubscriptionCard,
    SubscriptionEntry,
    SubscriptionPage,
)
from bot.models.subscriptions import (
    Access,
    Change,
    ChangeKind,
    Standing,
    Subscription,
    SubscriptionList,
)
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, counted, esc, moment, shorten

SEARCH: Final = "🔍 Search"
MEMBER: Final = "👤 Member"
SEARCH_TITLE: Final = "search for a subscription"
LISTS: Final = {
    SubscriptionList.ACTIVE: "🟢 Active",
    SubscriptionList.EXPIRING: "⏳ Expiring",
    SubscriptionList.GRACE: "🌤 In grace",
    SubscriptionList.LOCKED_TOMORROW: "🔒 Locked tomorrow",
    SubscriptionList.EXPIRED: "🔴 Expired",
    SubscriptionList.FROZEN: "❄️ Frozen",
    SubscriptionList.UPCOMING: "⏭ Upcoming",
    SubscriptionList.BANNED: "🚫 Banned",
}
_ABOUT: Final = {
    SubscriptionList.ACTIVE: "They may use everything.",
    SubscriptionList.EXPIRING: "Active, and over within 7 days.",
    SubscriptionList.GRACE: "Over, and still let in for a few days.",
    SubscriptionList.LOCKED_TOMORROW: "Let in today, and not tomorrow unless they renew.",
    SubscriptionList.EXPIRED: "Over, used up or cancelled; not let in.",
    SubscriptionList.FROZEN: "Not let in while the days are kept for them.",
    SubscriptionList.UPCOMING: "What they have bought begins on that day.",
    SubscriptionList.BANNED: "Not let in, whatever they have bought, until they are unbanned.",
}
SEARCH_HOW: Final = (
    "Send a Telegram id, an @username, a phone number or part of the name. A forwarded message or "
    "a shared contact works too."
)
ASK_SEARCH: Final = f"🔍 <b>Search subscriptions</b>\n{SEARCH_HOW}"
_SHOWN: Final = 8  # of what was bought or changed, the newest
_NAME_ON_A_BUTTON: Final = 24
_REASON: Final = 120  # characters on the card


def overview(shown: Overview) -> str:
    waiting = f"\nWaiting for approval: {shown.waiting}" if shown.waiting else ""
    return f"💳 <b>Subscriptions</b>\nPlans, rules, and people by how they stand today.{waiting}"


def list_label(which: SubscriptionList, count: int) -> str:
    return f"{LISTS[which]} ({count})" if count else LISTS[which]


def waiting(count: int) -> str:
    """A button's label."""
    return f"🎫 Pending ({count})"


def page(shown: SubscriptionPage) -> str:
    head = f"<b>{LISTS[shown.which]}</b>"
    if not shown.count:
        return f"{head}\nNobody now."
    if shown.pages > 1:
        head += f", page {shown.number + 1} of {shown.pages}"
    many = "1 person" if shown.count == 1 else f"{shown.count:,} people"
    return f"{head}\n{many}. {_ABOUT[shown.which]} Tap one to see more."


def entry(shown: SubscriptionEntry) -> str:
    """A button's label: bare text, no HTML."""
    name, plan = (shorten(each, _NAME_ON_A_BUTTON) for each in (shown.name, shown.plan_name))
    begins = f"from {calendar_day(shown.first_day)}" if shown.first_day else ""
    return f"{name} · {plan} · {begins or calendar_day(shown.last_day)}"


def ask_search(which: SubscriptionList | None) -> str:
    return f"{ASK_SEARCH}\nOn this list: {LISTS[which]}" if which else ASK_SEARCH


def several_on(found: Sequence[SubscriptionEntry | PurchaseEntry], most: int) -> str:
    if len(found) > most:
        return f"🔍 The first {most} of more. Choose, or send more of the name."
    many = "1 person fits" if len(found) == 1 else f"{len(found)} people fit"
    return f"🔍 {many}. Choose, or send another search."


def several(found: Found) -> str:
    if found.more:
        return f"🔍 The first {len(found.people)} of more. Choose, or send more of the name."
    return f"🔍 {len(found.people)} people fit. Choose, or send another search."


def bought(shown: Subscription) -> str:
    """A button's label: bare text, no HTML."""
    term = shown.term
    return f"{shorten(shown.plan_name, _NAME_ON_A_BUTTON)} · from {calendar_day(term.first_day)}"


def card(shown: SubscriptionCard, zone: ZoneInfo) -> str:
    banned = ["🚫 Banned: not let in, whatever runs"] if shown.person.is_banned else []
    name = f"💳 <b>{esc(shown.person.name)}</b>"
    head = [name, *banned, *standing(shown.standing, shown.today)]
    if not shown.bought:
        return "\n".join([*head, "Nothing bought yet."])
    parts = ["\n".join(head), _all_bought(shown.bought)]
    if shown.chosen:
        parts.append(_history(shown.chosen, shown.history, zone))
    return "\n\n".join(parts)


def standing(shown: Standing, today: date) -> list[str]:
    """How somebody stands today, in a line or more."""
    match shown.access:
        case Access.ACTIVE | Access.FROZEN:
            return _running(shown)
        case Access.GRACE if shown.ends_on and shown.grace_until:
            visits = counted(shown.grace_visits_left, "check-in")
            return [
                f"In grace: it ended on {calendar_day(shown.ends_on)}",
                f"Let in until {calendar_day(shown.grace_until)}, {visits} left",
            ]
        case Access.LOCKED if shown.ends_on and shown.ends_on >= today:
            return [f"Locked: all visits until {calendar_day(shown.ends_on)} are used up"]
        case Access.LOCKED if shown.ends_on:
            return [f"Locked: the last one ended on {calendar_day(shown.ends_on)}"]
        case Access.AHEAD if shown.subscription:
            return [f"Begins on {calendar_day(shown.subscription.term.first_day)}"]
        case _:
            return ["No subscription"]


def _running(shown: Standing) -> list[str]:
    word = "Frozen" if shown.access is Access.FROZEN else "Active"
    until = f" until {calendar_day(shown.ends_on)}" if shown.ends_on else ""
    lines = [f"{word}{until}, {counted(shown.days_left, 'day')} left"]
    if shown.visits_left is not None:
        lines.append(f"{counted(shown.visits_left, 'visit')} left")
    return lines


def _all_bought(all_of_them: Sequence[Subscription]) -> str:
    shown = list(reversed(all_of_them))[:_SHOWN]
    more = len(all_of_them) - len(shown)
    lines = ["<b>Bought</b>", *(_line(each) for each in shown)]
    return "\n".join([*lines, *([f"and {more} earlier"] if more else [])])


def _line(shown: Subscription) -> str:
    term = shown.term
    days = f"{calendar_day(term.first_day)} to {calendar_day(term.last_day)}"
    if term.is_cancelled:
        days = f"{calendar_day(term.first_day)}, 🚫 cancelled from " + calendar_day(
            _cancelled_on(shown)
        )
    visits = f", {counted(shown.visits_limit, 'visit')}" if shown.visits_limit else ""
    price = "free" if shown.is_trial else rupees(shown.price_paise)
    price = "given over" if shown.moved_by else price
    return f"{esc(shown.plan_name)}: {days}, {price}{visits}"


def _cancelled_on(shown: Subscription) -> date:
    days = (
        each.on for each in shown.standing_changes if each.kind is ChangeKind.CANCEL and each.on
    )
    return next(days, shown.term.last_day)


def _history(chosen: Subscription, history: Sequence[RecordedChange], zone: ZoneInfo) -> str:
    days = f"{calendar_day(chosen.first_day)} to {calendar_day(chosen.last_day)}"
    head = f"<b>Changes of {esc(chosen.plan_name)}</b>, bought as {days}"
    if not history:
        return f"{head}\nNone yet."
    by_id = {each.change.id: each for each in history}
    undone = {each.change.undoes_id for each in history}
    newest = list(reversed(history))[:_SHOWN]
    lines = [_told(each, by_id, is_undone=each.change.id in undone, zone=zone) for each in newest]
    more = len(history) - len(newest)
    return "\n".join([head, *lines, *([f"and {more} earlier"] if more else [])])


def _told(
    shown: RecordedChange, by_id: dict[int, RecordedChange], *, is_undone: bool, zone: ZoneInfo
) -> str:
    undone = by_id.get(shown.change.undoes_id or 0)
    moved_to = (undone or shown).moved_to
    what = change(shown.change, undone.change if undone else None, moved_to=moved_to)
    why = f": {esc(shorten(shown.reason, _REASON))}" if shown.reason else ""
    line = f"{moment(shown.at, zone)} · {esc(shown.by or NOBODY)} {what}{why}"
    return f"<s>{line}</s>" if is_undone else line


def change(made: Change, undone: Change | None = None, *, moved_to: str | None = None) -> str:
    """What was done, as a part of a sentence about whoever did it.

    ``moved_to``: to whom it was given over by that, or by what is taken back.
    """
    day = calendar_day(made.on) if made.on else ""
    match made.kind:
        case ChangeKind.EXTEND:
            return f"{'shortened' if made.days < 0 else 'extended'} it by " + counted(
                abs(made.days), "day"
            )
        case ChangeKind.FREEZE:
            return f"froze it from {day} for {counted(made.days, 'day')}"
        case ChangeKind.UNFREEZE:
            return f"let it run again from {day}"
        case ChangeKind.CANCEL if moved_to is not None:
            return f"gave it over to {esc(moved_to or NOBODY)} from {day}"
        case ChangeKind.CANCEL:
            return f"cancelled it from {day}"
        case ChangeKind.UNDO:
            return f"took back: {change(undone, moved_to=moved_to)}" if undone else "took it back"
