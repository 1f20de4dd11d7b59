"""Menus, help and who-am-I."""

from typing import Final

from bot.models.menu import Menu
from bot.models.people import Person, Role
from bot.texts import access
from bot.texts.format import esc

REGISTER = "📝 Register"
MY_REGISTRATION = "📝 My registration"
MY_SUBSCRIPTION = "💳 My subscription"
NOTIFICATIONS = "🔔 Notifications"
SUBSCRIBE = "💳 Subscribe"
DUES = "💰 What I owe"
DOCUMENTS = "🧾 My documents"
BIRTHDAY = "🎂 My birthday"
MY_DATA = "🔐 My data"
HELP = "❓ Help"
ADMIN = "🛠 Admin panel"
OWNER = "👑 Owner panel"

MEMBERS = "👥 Members"
INVOICES = "🧾 Invoices"
RECEIVABLES = "💰 Receivables"
SUBSCRIPTIONS = "💳 Subscriptions"
APPROVALS = "✅ Approvals"
BROADCAST = "📣 Broadcast"
GST = "🧮 GST"
STORE = "🛒 Store"
STAFF = "🧑‍🍳 Staff"
SETTINGS = "⚙️ Settings"
ADMINS = "🛡 Admins and owners"
AUDIT = "📜 Audit log"
EXPORTS = "📤 Exports"
DEAD_JOBS = "🧯 Failed jobs"

ADMIN_PANEL = "🛠 <b>Admin panel</b>\nWhat would you like to do?"
OWNER_PANEL = "👑 <b>Owner panel</b>\nOnly owners see this."

COMMANDS = {
    "start": "Welcome and what to do next",
    "menu": "What you can do here",
    "register": "Become a member",
    "my_subscription": "How your subscription stands",
    "notifications": "What the club told you",
    "subscribe": "Buy or renew a subscription",
    "pay": "What you owe",
    "documents": "Your invoices",
    "invite": "Invite a friend",
    "whoami": "Your id, role and state",
    "my_data": "See or delete your data",
    "cancel": "Leave any form",
    "help": "How this bot works",
    "admin": "Run the club",
    "owner": "Admins, settings, exports, audit log",
}

_ALWAYS: Final = ("whoami", "my_data", "cancel", "help")
_MEMBERS: Final = ("my_subscription", "subscribe", "pay", "documents", "invite", "notifications")
_COMMANDS_BY_ROLE: Final = {
    Role.BANNED: (),
    Role.VISITOR: ("start", "menu", "register", *_ALWAYS),
    Role.PENDING: ("start", "menu", "register", "notifications", *_ALWAYS),
    Role.MEMBER: ("start", "menu", *_MEMBERS, *_ALWAYS),
    Role.STAFF: ("start", "menu", *_MEMBERS, *_ALWAYS),
    Role.ADMIN: ("start", "menu", "admin", *_MEMBERS, *_ALWAYS),
    Role.OWNER: ("start", "menu", "admin", "owner", *_MEMBERS, *_ALWAYS),
}

_ROLES = {
    Role.BANNED: "banned",
    Role.VISITOR: "visitor",
    Role.PENDING: "waiting for approval",
    Role.MEMBER: "member",
    Role.STAFF: "staff",
    Role.ADMIN: "admin",
    Role.OWNER: "owner",
}
_NEXT = {
    Role.VISITOR: "Tap 📝 Register to become a member.",
    Role.PENDING: "Your registration is with the club. You will hear from us here.",
    Role.MEMBER: "Choose below what you would like to do.",
    Role.STAFF: "Choose below what you would like to do.",
    Role.ADMIN: "Send /admin to run the club, or choose below.",
    Role.OWNER: "Send /admin to run the club, /owner for what only owners do.",
}


def welcome(shown: Menu, me: Person) -> str:
    club = shown.club
    return f"👋 <b>{esc(club.name)}</b>\n{esc(club.welcome_text)}\n\n{_next(shown, me)}"


def menu(shown: Menu, me: Person) -> str:
    return f"☰ <b>{esc(shown.club.name)}</b>\n{_next(shown, me)}"


def _next(shown: Menu, me: Person) -> str:
    """Above what one may do, what keeps them from some of it."""
    mark = access.mark(shown.standing) if shown.standing else ""
    return "\n".join([*([mark] if mark else []), _NEXT[me.role]])


def whoami(me: Person) -> str:
    username = f"@{esc(me.username)}" if me.username else "none"
    return (
        f"🪪 <b>{esc(me.name)}</b>\nId: <code>{me.telegram_id}</code>\n"
        f"Username: {username}\nRole: {_ROLES[me.role]}\nMembership: {_membership(me)}"
    )


def _membership(me: Person) -> str:
    """Told beside the role: an owner may or may not train here."""
    if me.is_member:
        return "member"
    return "waiting for approval" if me.is_pending else "none yet"


def help_text(commands: list[str]) -> str:
    lines = "\n".join(f"/{name}: {COMMANDS[name]}" for name in commands)
    return (
        f"❓ <b>Help</b>\n{lines}\n\nEvery form has a ✖️ Cancel button, and /cancel leaves it too."
    )


def commands_of(role: Role) -> list[str]:
    """The slash commands Telegram shows to this role, in order."""
    return list(_COMMANDS_BY_ROLE[role])


def role_name(role: Role) -> str:
    return _ROLES[role]


def notifications(unread: int) -> str:
    return f"{NOTIFICATIONS} ({unread})" if unread else NOTIFICATIONS


def approvals(count: int) -> str:
    return _counted(APPROVALS, count)


def dead_jobs(count: int) -> str:
    return _counted(DEAD_JOBS, count)


def _counted(label: str, count: int) -> str:
    return f"{label} ({count})" if count else label
