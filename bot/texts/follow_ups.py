"""Every sentence about the messages that the club sends by itself, and these messages."""

from typing import Final

from bot.errors import Refusal
from bot.errors.follow_ups import NotAnInterval
from bot.models.club import Club
from bot.models.follow_ups import LONGEST_INTERVAL, FollowUp, FollowUps, Greeting, Occasion
from bot.models.templates import Placeholder
from bot.texts.format import calendar_day, esc, plain, shorten
from bot.texts.templates import fill, first_name

TITLE: Final = "follow-up"
FOLLOW_UPS = "💌 Follow-ups"
TEXT = "✏️ Text"
SWITCH_ON = "🔔 Switch on"
SWITCH_OFF = "🔕 Switch off"

SAVED = "✅ Saved."
_SHOWN: Final = 80  # characters of a text in the list
_ABOUT: Final = (
    "Sent by themselves to members who have not come in for so long, on birthdays, and when a "
    "subscription ends. The hour is set in ⏰ Recurring jobs."
)

REFUSALS: Final[dict[type[Refusal], str]] = {
    NotAnInterval: "“{typed}” is not a number of days from 1 to "
    f"{LONGEST_INTERVAL}. Send one like 7.",
}


def overview(shown: FollowUps) -> str:
    steps = "\n\n".join(_step(step) for step in shown.steps)
    days = in_days(shown.interval_days)
    pause = (
        f"Between two follow-ups to one person: {days} at least; birthdays and subscriptions do "
        "not count."
    )
    return f"<b>{FOLLOW_UPS}</b>\n{_ABOUT}\n\n{steps}\n\n{pause}"


def step_button(step: FollowUp) -> str:
    mark = "🔔" if step.is_on else "🔕"
    return f"{mark} {name(step.occasion)}: {_on(step)}"


def interval_button(days: int) -> str:
    return f"🔁 Interval: {in_days(days)}"


def preview(step: FollowUp, greeting: Greeting, club: Club) -> str:
    return (
        f"💌 <b>{name(step.occasion)}</b>: {_on(step)}\nTo you it would read:\n\n"
        f"{message(greeting, club)}"
    )


def message(greeting: Greeting, club: Club) -> str:
    """As its reader gets it."""
    name = greeting.to.name
    values = {
        Placeholder.NAME: name,
        Placeholder.FIRST_NAME: first_name(name),
        Placeholder.CLUB: club.name,
    }
    if greeting.days is not None:
        values[Placeholder.DAYS] = str(greeting.days)
    if greeting.plan_name is not None:
        values[Placeholder.PLAN] = greeting.plan_name
    if greeting.ends_on is not None:
        values[Placeholder.ENDS] = calendar_day(greeting.ends_on)
    return fill(greeting.html, values)


def ask_text(step: FollowUp) -> str:
    known = ", ".join(each.written for each in step.occasion.placeholders)
    return (
        f"✏️ <b>{name(step.occasion)}: what should members read?</b>\nSend the whole text, "
        f"formatted as you like. I fill in {known}.\nNow:\n\n{step.html}"
    )


def ask_interval(days: int) -> str:
    return (
        "🔁 <b>How many days at least between two follow-ups to one person?</b>\n"
        f"Now: {in_days(days)}. Tap one, or send a number from 1 to {LONGEST_INTERVAL}."
    )


def name(occasion: Occasion) -> str:
    return {
        Occasion.AWAY_7: "7 days away",
        Occasion.AWAY_14: "14 days away",
        Occasion.AWAY_30: "30 days away",
        Occasion.BIRTHDAY: "Birthday",
        Occasion.ENDS_SOON: "Subscription ends soon",
        Occasion.ENDS_TODAY: "Subscription ends today",
        Occasion.IN_GRACE: "In grace",
        Occasion.LOCKED: "Subscription over",
    }[occasion]


def in_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _step(step: FollowUp) -> str:
    words = " ".join(plain(step.html).split())
    return f"<b>{name(step.occasion)}</b>: {_on(step)}\n{esc(shorten(words, _SHOWN))}"


def _on(step: FollowUp) -> str:
    return "on" if step.is_on else "off"
