"""What each of Telegram's refusals means: the one table, by kind and by words."""

from enum import Enum, auto
from typing import Final

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)


class Meaning(Enum):
    FLOOD = auto()  # wait as long as it says, everybody
    HICCUP = auto()  # may work a moment later
    WRONG_TOKEN = auto()  # an operator's business: nothing is refused for it, all of it waits
    MOVED = auto()  # the group has a new id
    GONE = auto()  # this chat cannot be written to
    # Understood and declined; the same will be declined again
    UNCHANGED = auto()  # an edit that changes nothing: as good as done
    CANNOT_EDIT = auto()  # send it anew
    NOT_HTML = auto()  # send it as plain text
    NO_SUCH_FILE = auto()  # send it without
    TOO_LATE = auto()  # a button's spinner has stopped by itself
    TOO_LONG = auto()  # a bug of ours, as is all below
    TOO_LARGE = auto()
    WRONG_KEYBOARD = auto()
    DECLINED = auto()  # anything else


_BY_KIND: Final[tuple[tuple[type[Exception], Meaning], ...]] = (  # the first that fits
    (TelegramRetryAfter, Meaning.FLOOD),
    (TelegramMigrateToChat, Meaning.MOVED),
    (TelegramUnauthorizedError, Meaning.WRONG_TOKEN),
    (TelegramForbiddenError, Meaning.GONE),
    (TelegramEntityTooLarge, Meaning.TOO_LARGE),  # to aiogram a network error
    (TelegramServerError, Meaning.HICCUP),
    (TelegramConflictError, Meaning.HICCUP),
    (TelegramNetworkError, Meaning.HICCUP),
    (ClientDecodeError, Meaning.HICCUP),  # a proxy's page instead of JSON
)
# A 404 is a method that this server does not know; it says nothing of the chat.
_BY_WORDS: Final = (
    ("chat not found", Meaning.GONE),
    ("have no rights to send", Meaning.GONE),
    ("not enough rights to send", Meaning.GONE),
    ("chat_write_forbidden", Meaning.GONE),
    ("message is not modified", Meaning.UNCHANGED),
    ("message to edit not found", Meaning.CANNOT_EDIT),
    ("message can't be edited", Meaning.CANNOT_EDIT),
    ("no text in the", Meaning.CANNOT_EDIT),
    ("no caption in the", Meaning.CANNOT_EDIT),
    ("can't parse entities", Meaning.NOT_HTML),
    ("wrong file_id", Meaning.NO_SUCH_FILE),
    ("wrong file identifier", Meaning.NO_SUCH_FILE),
    ("wrong remote file", Meaning.NO_SUCH_FILE),
    ("query is too old", Meaning.TOO_LATE),
    ("is too big", Meaning.TOO_LARGE),
    ("reply markup is too long", Meaning.WRONG_KEYBOARD),
    ("button_data_invalid", Meaning.WRONG_KEYBOARD),
    ("keyboard", Meaning.WRONG_KEYBOARD),
    ("is too long", Meaning.TOO_LONG),
)


class Gone(Exception):
    """This chat cannot be written to: blocked, deactivated, never started, unknown."""


def meaning(trouble: Exception) -> Meaning:
    """What to make of what a call to the Bot API raised."""
    for kind, found in _BY_KIND:
        if isinstance(trouble, kind):
            return found
    said = str(getattr(trouble, "message", trouble)).lower()
    return next((found for words, found in _BY_WORDS if words in said), Meaning.DECLINED)
