"""Every sentence about bans."""

from bot.models.people import Person
from bot.texts.format import esc

DONE = "🚫 Banned. They get one notice with the reason."
UNDONE = "♻️ Unbanned. They get a notice."
UNBANNED = "♻️ You can use this bot again. Welcome back! Send /menu."


def ask_reason(person: Person) -> str:
    office = (
        f"\nThey are {person.office} of the club; the ban takes this post." if person.office else ""
    )
    return (
        f"🚫 Why is {esc(person.name)} to be banned? They will read the reason, at most 300 "
        f"characters.{office}"
    )


def banned(reason: str) -> str:
    return f"🚫 You can no longer use this bot.\nReason: {esc(reason)}\nPlease talk to the club."
