"""What admins read when they remind or extend everybody on a list."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.errors import Refusal
from bot.errors.bulk_changes import NobodyThere, NotBulkDays
from bot.models.bulk_changes import MOST_DAYS, Extended, ListFile, Remindable, Target
from bot.models.subscriptions import SubscriptionList
from bot.texts.format import calendar_day, counted, esc, shorten
from bot.texts.subscription_lists import LISTS

REMIND_ALL: Final = "📨 Remind all"
EXTEND_ALL: Final = "➕ Extend all"
EXCEL: Final = "📤 Excel"
TITLE: Final = "extension of a whole list"
_NAMES: Final = 12  # people that are named
_NAME: Final = 40  # characters of each

REFUSALS: Final[dict[type[Refusal], str]] = {
    NobodyThere: "The list has changed. Please look at it again.",
    NotBulkDays: "“{typed}” is not a number of days. Send one from 1 to {most}, like 3.",
}


def file(made: ListFile) -> str:
    return f"{LISTS[made.which]} on {calendar_day(made.day)}: {_people(made.people)}"


def file_name(made: ListFile) -> str:
    return f"subscriptions-{made.which}-{made.day}.xlsx"


def confirm_remind(shown: Remindable) -> str:
    head = f"📨 <b>Remind all: {_list(shown.which)}</b>"
    told = [f"Reminded today already: {shown.reminded}"] if shown.reminded else []
    silent = (
        [f"Left out, as they cannot be reached or have asked for a renewal: {shown.silent}"]
        if shown.silent
        else []
    )
    if not shown.names:
        return "\n".join([head, "There is nobody to remind now.", *told, *silent])
    who = f"{_people(len(shown.names))} would be reminded of the end, with a button to renew:"
    return "\n".join([head, who, *_named(shown.names), *told, *silent])


def yes_remind(count: int) -> str:
    return f"✅ Yes, remind {count}"


def reminded(count: int) -> str:
    if not count:
        return "📨 Everybody was reminded today already."
    return f"✅ {_people(count)} will be reminded."


def ask_days(which: SubscriptionList, count: int) -> str:
    return (
        f"{_head(which)}\nThat is {_people(count)}. By how many days? Send a number from 1 to "
        f"{MOST_DAYS}."
    )


def ask_reason(which: SubscriptionList, days: int) -> str:
    return f"{_head(which)}\nBy {counted(days, 'day')}. Why? They will read it. Send a few words."


def confirm(which: SubscriptionList, targets: Sequence[Target], days: int, reason: str) -> str:
    more = timedelta(days=days)
    lines = [
        f"{shorten(each.name, _NAME)}: {calendar_day(each.last_day)} → "
        f"{calendar_day(each.last_day + more)}"
        for each in targets[: _NAMES + 1]
    ]
    return "\n".join(
        [
            _head(which),
            f"{_people(len(targets))}, {counted(days, 'day')} longer:",
            *_named(lines, of=len(targets)),
            f"Reason: {esc(reason)}",
        ]
    )


def yes_extend(count: int) -> str:
    return f"✅ Yes, extend {count}"


def go_on(left: int) -> str:
    return f"▶️ Go on, {left} left"


def under_way(which: SubscriptionList, made: Extended, left: int) -> str:
    return f"{_head(which)}\n{_came(made)}\nTap below for the other {left}."


def extended(which: SubscriptionList, made: Extended) -> str:
    return f"{_head(which)}\n{_came(made)}"


def _came(made: Extended) -> str:
    skipped = (
        f"\nLeft out, as they were changed, renewed or banned meanwhile: {made.skipped}"
        if made.skipped
        else ""
    )
    return f"✅ Extended: {made.done}. They are told.{skipped}"


def _head(which: SubscriptionList) -> str:
    return f"➕ <b>Extend all: {_list(which)}</b>"


def _list(which: SubscriptionList) -> str:
    """Its name alone: a line has one emoji."""
    return LISTS[which].partition(" ")[2].lower()


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _named(lines: Sequence[str], *, of: int | None = None) -> list[str]:
    """The first of them; ``of``: how many there are in all."""
    shown = [f"• {esc(shorten(line, 2 * _NAME))}" for line in lines[:_NAMES]]
    more = (len(lines) if of is None else of) - len(shown)
    return [*shown, *([f"and {more:,} more"] if more > 0 else [])]
