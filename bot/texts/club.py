"""Every sentence about the club itself: first set-up and settings."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_name

from bot.models.club import Club, Setting
from bot.texts.format import esc, shorten

FIRST_NAME = "Our club"
FIRST_WELCOME = "Welcome! Register here, and the club will let you in."

SET_UP = "🚀 Set up the club"
KEEP = "Keep this"
SAVE = "✅ Save"
EDIT: Final = {
    Setting.NAME: "✏️ Name",
    Setting.TIMEZONE: "🌍 Time zone",
    Setting.CURRENCY: "💱 Currency",
    Setting.WELCOME_TEXT: "👋 Welcome text",
}
REVIEW_ON = "🔎 Review registrations: on"
REVIEW_OFF = "🔎 Review registrations: off"

HELLO = "🚀 <b>Let’s set up your club</b>: 4 short questions. You can change every answer later."
_ASK: Final = {
    Setting.NAME: "What is the club called?",
    Setting.TIMEZONE: "Which time zone does it live in? Tap one, or send a city like Kolkata.",
    Setting.CURRENCY: "Which currency does it charge in? Tap one, or send a code like INR.",
    Setting.WELCOME_TEXT: "What should a newcomer read first? Up to 1,000 characters.",
}
_ONLY_OWNERS = "\n\nOnly owners can change these."
_KEPT: Final = 40  # characters of a value on a button


def ask_first(number: int, of: int, setting: Setting, value: str) -> str:
    return f"{number} of {of}: {ask(setting, value)}"


def ask(setting: Setting, value: str) -> str:
    return f"<b>{_ASK[setting]}</b>\nNow: {shown(setting, value)}"


def review(club: Club) -> str:
    return f"🚀 <b>Is this right?</b>\n{_facts(club)}"


def set_up_done(club: Club) -> str:
    return (
        f"✅ <b>{esc(club.name)}</b> is ready. Everything can be changed in the settings.\n"
        "Next: add your team in 🧑‍🍳 Staff or /owner, and let members write to this bot."
    )


def settings(club: Club, *, may_change: bool) -> str:
    review_state = (
        "an admin looks at each one" if club.review_registrations else "accepted without a look"
    )
    text = f"⚙️ <b>Settings</b>\n{_facts(club)}\nRegistrations: {review_state}"
    return text if may_change else text + _ONLY_OWNERS


def saved(setting: Setting, club: Club) -> str:
    return f"✅ {_NAMES[setting]}: {shown(setting, getattr(club, setting))}"


def keep(value: str) -> str:
    return f"{KEEP}: {shorten(' '.join(value.split()), _KEPT)}"


def shown(setting: Setting, value: str) -> str:
    """A value with what helps to see that it is the right one."""
    if setting is Setting.TIMEZONE:
        return f"{esc(value)}, {datetime.now(UTC).astimezone(ZoneInfo(value)):%H:%M} there now"
    if setting is Setting.CURRENCY:
        return f"{esc(value)}, {esc(get_currency_name(value, locale='en'))}"
    return esc(value)


def _facts(club: Club) -> str:
    return "\n".join(
        f"{_NAMES[setting]}: {shown(setting, getattr(club, setting))}" for setting in _NAMES
    )


_NAMES: Final = {
    Setting.NAME: "Name",
    Setting.TIMEZONE: "Time zone",
    Setting.CURRENCY: "Currency",
    Setting.WELCOME_TEXT: "Welcome text",
}
