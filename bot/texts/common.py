"""Sentences that belong to no feature."""

from bot.texts.format import esc

KEYS_DOWN = "👌"
CANCEL = "✖️ Cancel"
BACK = "⬅️ Back"
MENU = "☰ Menu"
SKIP = "⏭ Skip"

CANCELLED = "Cancelled. Nothing was saved."
NOTHING_TO_CANCEL = "There is nothing to cancel."
OLD_BUTTON = "This button is out of date. Send /menu for a fresh one."
NOT_AN_ANSWER = "I did not catch that. Here is what you can do:"
FORM_LOST = (
    "If you were filling in a form, I have lost it through a fault on our side. Nothing was saved. "
    "Please start it again from the menu."
)
UNKNOWN_COMMAND = "I do not know this command. Here is what you can do:"
WRITE_PRIVATELY = "Please write to me in private for this."
WRITE_PRIVATELY_BUTTON = "Open a private chat"


def dropped(title: str) -> str:
    return f"Your unfinished {esc(title)} was dropped."


def expired(title: str) -> str:
    return (
        f"⌛ The {esc(title)} was closed because it waited too long. Nothing was saved."
        "\nTap below to start again."
    )


def expired_late(title: str) -> str:
    return f"⌛ The {esc(title)} had closed before this arrived, so it was not used."


def start_again(title: str) -> str:
    return f"🔁 Start the {title} again"


UNSHOWN = "That is done, but I cannot show it here. Send /menu to look."


def apology(code: int) -> str:
    return (
        "Something went wrong on our side and nothing was changed. Please try once more."
        f"\nIf it happens again, tell the club this code: <code>{code}</code>"
    )
