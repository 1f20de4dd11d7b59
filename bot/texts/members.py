"""Every sentence about finding people, their cards, and deleting them."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.models.members import Ban, Found, MemberCard
from bot.models.people import Person, Role
from bot.models.privacy import Holdings, Loss
from bot.texts.access import warning, while_banned
from bot.texts.format import calendar_day, day, esc, kilograms, moment, shorten
from bot.texts.menu import role_name
from bot.texts.privacy import going
from bot.texts.visits import last_visit

BAN = "🚫 Ban"
UNBAN = "♻️ Unban"
SUBSCRIPTION = "💳 Subscription"
MESSAGE = "💬 Message"
DELETE = "🗑 Delete"
YES_DELETE = "🗑 Yes, delete"

ASK_SEARCH = (
    "👥 <b>Members</b>\nWhom are you looking for? Send a Telegram id, an @username, a phone number "
    "or part of the name. A forwarded message or a shared contact works too."
)
ON_ITS_WAY = "💬 Your message is on its way."
_NAME_ON_A_BUTTON = 32


def hit(person: Person) -> str:
    """The label of a button, plain text."""
    return f"{shorten(person.name, _NAME_ON_A_BUTTON)} · {role_name(person.role)}"


def several(found: Found) -> str:
    if found.more:
        return (
            f"👥 The first {len(found.people)} of more. Choose, or send more of the name to narrow "
            "the search."
        )
    return f"👥 {len(found.people)} people fit. Choose, or send another search."


def card(shown: MemberCard, zone: ZoneInfo, today: date) -> str:
    person = shown.person
    username = f"@{esc(person.username)}" if person.username else "no username"
    lines = [
        f"👤 <b>{esc(person.name)}</b>",
        f"{username}, id <code>{person.telegram_id}</code>",
        f"Role: {role_name(person.role)}",
        *_profile(shown, zone, today),
        *_access(shown),
        *_ban(shown.ban, zone),
        "Reachable: yes" if person.is_reachable else "Reachable: no, they blocked this bot",
    ]
    return "\n".join(lines)


def _profile(shown: MemberCard, zone: ZoneInfo, today: date) -> list[str]:
    profile = shown.profile
    if profile is None or shown.joined_at is None:
        return [f"Not a member; first seen {day(shown.first_seen_at, zone)}"]
    verified = "verified" if profile.phone_verified else "not verified"
    return [
        f"Phone: {profile.phone} ({verified})",
        f"Age: {profile.age}, gender: {profile.gender}, weight: {kilograms(profile.weight_grams)}",
        f"Member since {day(shown.joined_at, zone)}",
        last_visit(shown.last_visit_on, today),
    ]


def _access(shown: MemberCard) -> list[str]:
    """Whoever is in office needs no subscription."""
    if shown.standing is None or shown.person.role not in {Role.MEMBER, Role.BANNED}:
        return []
    say = while_banned if shown.person.is_banned else warning
    return list(filter(None, [say(shown.standing)]))


def _ban(ban: Ban | None, zone: ZoneInfo) -> list[str]:
    if ban is None:
        return []
    by = esc(ban.banned_by_name or "a deleted admin")
    return [f"🚫 Banned {moment(ban.banned_at, zone)} by {by}\nReason: {esc(ban.reason)}"]


def ask_message(person: Person) -> str:
    return (
        f"💬 What should I tell {esc(person.name)}? They will read it as a message from the club."
    )


def from_the_club(club_name: str, text: str) -> str:
    return f"💬 <b>{esc(club_name)}</b>\n{esc(text)}"


def ask_delete(shown: MemberCard, loss: Loss) -> str:
    person, until = shown.person, loss.subscribed_until
    office = f"\nTheir post ({person.office}) goes too." if person.office else ""
    ban = "\nTheir ban ends: who comes back is a new visitor." if shown.ban else ""
    paid = _ends(until) if until else ""
    return f"🗑 Delete <b>{esc(person.name)}</b>?\n\n{going(loss.holdings)}{office}{ban}{paid}"


def _ends(until: date) -> str:
    return (
        f"\n💳 Their subscription until <b>{calendar_day(until)}</b> ends with it. If money is to "
        "go back, give it back first."
    )


def deleted(holdings: Holdings) -> str:
    return f"🗑 Deleted.\n\n{going(holdings, done=True)}"
