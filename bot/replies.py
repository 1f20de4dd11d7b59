"""What a handler answers: a value, saved with the form and sent only after that."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.models.templates import CAPTION_UNITS, MESSAGE_UNITS, units
from bot.texts.format import plain

FileKind = Literal["document", "photo"]
NO_KEYBOARD: Final = InlineKeyboardMarkup(inline_keyboard=[])


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file made on the spot, or (``file_id``) one that Telegram holds already.

    Neither: the file of the message that is edited.
    """

    kind: FileKind
    name: str = ""
    content: bytes = b""
    file_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer to one update.

    ``text`` is finished HTML. After a press it replaces the message under the button, unless
    ``fresh``; after anything else it is a new message. ``toast`` is the small note over a button
    press, a dialog when ``alert``; after a typed message a toast is said as text.
    """

    text: str = ""
    keyboard: InlineKeyboardMarkup | None = None
    reply_keyboard: ReplyKeyboardMarkup | None = None
    toast: str = ""
    alert: bool = False
    fresh: bool = False
    attachment: Attachment | None = None

    def with_note(self, note: str) -> "Reply":
        """The same, with a sentence said first; without it where Telegram takes no more words.

        No sentence, no change.
        """
        if not note:
            return self
        limit = CAPTION_UNITS if self.attachment else MESSAGE_UNITS
        text = f"{note}\n\n{self.text}" if self.text else note
        return replace(self, text=text) if units(plain(text)) <= limit else self


def show(text: str, keyboard: InlineKeyboardMarkup | None = None, *, toast: str = "") -> Reply:
    """A screen: drawn in place after a press, as a new message after typing."""
    return Reply(text=text, keyboard=keyboard, toast=toast)


def say(text: str, keyboard: InlineKeyboardMarkup | None = None) -> Reply:
    """A new message, also after a press."""
    return Reply(text=text, keyboard=keyboard, fresh=True)


def ask_with_keys(text: str, keys: ReplyKeyboardMarkup) -> Reply:
    """A question answered with the keys under the text field; they go with the next answer."""
    return Reply(text=text, reply_keyboard=keys, fresh=True)


def alert(text: str) -> Reply:
    """A short "no" to a press, the screen left as it is."""
    return Reply(toast=text, alert=True)


def document(
    name: str, content: bytes, caption: str, keyboard: InlineKeyboardMarkup | None = None
) -> Reply:
    """A file; never kept for a repeat, which makes it again."""
    attachment = Attachment(kind="document", name=name, content=content)
    return Reply(text=caption, keyboard=keyboard, attachment=attachment, fresh=True)


def caption(text: str, keyboard: InlineKeyboardMarkup | None = None) -> Reply:
    """What stands below a file that was sent before: it is edited, and never sent."""
    return Reply(text=text, keyboard=keyboard, attachment=Attachment(kind="document"))


def picture(
    name: str, content: bytes, caption: str, keyboard: InlineKeyboardMarkup | None = None
) -> Reply:
    """A picture of a few kilobytes, drawn on the spot; kept for a repeat.

    So it may answer a step of a form, which cannot be taken twice.
    """
    attachment = Attachment(kind="photo", name=name, content=content)
    return Reply(text=caption, keyboard=keyboard, attachment=attachment, fresh=True)


def photo(file_id: str, caption: str, keyboard: InlineKeyboardMarkup | None = None) -> Reply:
    return Reply(
        text=caption,
        keyboard=keyboard,
        attachment=Attachment(kind="photo", file_id=file_id),
        fresh=True,
    )


def pack(reply: Reply) -> dict[str, Any] | None:
    """As JSON for the record; ``None`` when it holds a file that is not kept."""
    file = reply.attachment
    if file and file.content and file.kind != "photo":
        return None
    return {
        "text": reply.text,
        "keyboard": reply.keyboard and reply.keyboard.model_dump(exclude_none=True),
        "reply_keyboard": reply.reply_keyboard
        and reply.reply_keyboard.model_dump(exclude_none=True),
        "toast": reply.toast,
        "alert": reply.alert,
        "fresh": reply.fresh,
        "photo": _held(reply, "photo"),
        "document": _held(reply, "document"),
        "drawn": [file.name, b64encode(file.content).decode()] if file and file.content else None,
    }


def unpack(packed: dict[str, Any]) -> Reply:
    keyboard, keys = packed["keyboard"], packed["reply_keyboard"]
    return Reply(
        text=packed["text"],
        keyboard=InlineKeyboardMarkup.model_validate(keyboard) if keyboard else None,
        reply_keyboard=ReplyKeyboardMarkup.model_validate(keys) if keys else None,
        toast=packed["toast"],
        alert=packed["alert"],
        fresh=packed["fresh"],
        attachment=_again(packed, "photo") or _again(packed, "document") or _drawn(packed),
    )


def _held(reply: Reply, kind: FileKind) -> str | None:
    file = reply.attachment
    return file.file_id if file and file.kind == kind else None


def _again(packed: dict[str, Any], kind: FileKind) -> Attachment | None:
    file_id = packed.get(kind)  # records of an older build know of photos only
    return Attachment(kind=kind, file_id=file_id) if file_id else None


def _drawn(packed: dict[str, Any]) -> Attachment | None:
    drawn = packed.get("drawn")  # records of an older build have none
    if not drawn:
        return None
    name, content = drawn
    return Attachment(kind="photo", name=name, content=b64decode(content))
