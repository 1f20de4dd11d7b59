"""What admins are asked when they change a subscription."""

from typing import Final

from bot.models.renewals import Clash
from bot.models.subscription_cards import Preview, RecordedChange
from bot.models.subscriptions import Change, ChangeKind
from bot.texts.format import calendar_day, counted, esc
from bot.texts.subscription_lists import change

EXTEND: Final = "➕ Extend"
FREEZE: Final = "❄️ Freeze"
UNFREEZE: Final = "☀️ Unfreeze"
CANCEL: Final = "🚫 Cancel"
UNDO: Final = "↩️ Undo the last change"
TODAY: Final = "📅 Today"
YES_EXTEND: Final = "✅ Yes, change it"
YES_FREEZE: Final = "✅ Yes, freeze it"
YES_UNFREEZE: Final = "✅ Yes, unfreeze it"
YES_CANCEL: Final = "🚫 Yes, cancel it"
YES_UNDO: Final = "✅ Yes, undo it"
EXTEND_TITLE: Final = "extension of a subscription"
FREEZE_TITLE: Final = "freeze of a subscription"
CANCEL_TITLE: Final = "cancellation of a subscription"
DONE: Final = "✅ Done. They are told."


def ask_days(shown: Preview) -> str:
    return f"{head('➕', shown)}\nBy how many days? Send one like 5, or -5 to shorten it."


def ask_first_day(shown: Preview) -> str:
    return (
        f"{head('❄️', shown)}\nFrom which day is it frozen? Tap Today, or send a day like 5 Mar or "
        "05.03.2026."
    )


def ask_freeze_days(shown: Preview) -> str:
    return f"{head('❄️', shown)}\nFor how many days? Send a number like 7."


def ask_reason(shown: Preview, emoji: str) -> str:
    return f"{head(emoji, shown)}\nWhy? They will read it. Send a few words."


def confirm(shown: Preview, emoji: str, reason: str) -> str:
    return (
        f"{head(emoji, shown)}\n{_planned(shown.after.changes[-1])}\nNew last day: "
        f"{calendar_day(shown.after.term.last_day)}{following(shown)}\nReason: {esc(reason)}"
    )


def confirm_cancel(shown: Preview, reason: str) -> str:
    return (
        f"{head('🚫', shown)}\nFrom today they are not let in, and there is no grace. Bills and "
        f"payments stay as they are.{following(shown)}\nReason: {esc(reason)}"
    )


def confirm_unfreeze(shown: Preview) -> str:
    until = calendar_day(shown.after.term.last_day)
    return f"{head('☀️', shown)}\nIt runs again from today. New last day: {until}{following(shown)}"


def confirm_undo(shown: Preview, undone: RecordedChange) -> str:
    by = esc(undone.by or "Someone deleted")
    until = calendar_day(shown.after.term.last_day)
    did = change(undone.change, moved_to=undone.moved_to)
    moved = f"\n{esc(shown.moved_to.name)} loses what is left of it." if shown.moved_to else ""
    return (
        f"{head('↩️', shown)}\n{by} {did}. That would be taken back.{moved}\nNew last day: {until}"
        f"{following(shown)}"
    )


def following(shown: Preview) -> str:
    """What follows on keeps its own days; nothing where that changes nothing."""
    return "".join(f"\n⚠️ {_clash(each)}" for each in shown.clashes)


def _clash(each: Clash) -> str:
    begins = f"{esc(each.plan_name)} begins on {calendar_day(each.first_day)}"
    if each.shared_days:
        many = counted(each.shared_days, "day")
        return f"{begins} all the same: both run for {many}. Extend that one, too."
    return f"{begins} all the same: for {counted(each.missing_days, 'day')} nothing runs."


def _planned(made: Change) -> str:
    if made.kind is ChangeKind.EXTEND:
        return f"{counted(abs(made.days), 'day')} {'shorter' if made.days < 0 else 'longer'}"
    first = calendar_day(made.on) if made.on else "today"
    return f"Frozen from {first} for {counted(made.days, 'day')}"


def head(emoji: str, shown: Preview) -> str:
    """Whose subscription it is, and its days."""
    term = shown.before.term
    days = f"{calendar_day(term.first_day)} to {calendar_day(term.last_day)}"
    if term.last_day < term.first_day:
        days = f"It was to begin on {calendar_day(term.first_day)}"
    return f"{emoji} <b>{esc(shown.person.name)}: {esc(shown.before.plan_name)}</b>\n{days}"
