"""Telegram's most frequent methods, their answers read no further than we need.

Reading a whole ``Message`` costs more than sending one, and all that we keep of it is its number.
"""

from typing import Final

from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import (
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    TelegramObject,
)

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


class Sent(TelegramObject):
    """A message that now stands in a chat."""

    message_id: int


class Say(TelegramMethod[Sent]):
    """``sendMessage`` without link previews."""

    __returning__ = Sent
    __api_method__ = "sendMessage"

    chat_id: int
    text: str
    parse_mode: str | Default | None = Default("parse_mode")
    reply_markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None = None
    link_preview_options: LinkPreviewOptions = _NO_PREVIEW


class Redraw(TelegramMethod[Sent]):
    """``editMessageText`` without link previews."""

    __returning__ = Sent
    __api_method__ = "editMessageText"

    chat_id: int
    message_id: int
    text: str
    parse_mode: str | Default | None = Default("parse_mode")
    reply_markup: InlineKeyboardMarkup | None = None
    link_preview_options: LinkPreviewOptions = _NO_PREVIEW


class Recaption(TelegramMethod[Sent]):
    """``editMessageCaption``."""

    __returning__ = Sent
    __api_method__ = "editMessageCaption"

    chat_id: int
    message_id: int
    caption: str
    parse_mode: str | Default | None = Default("parse_mode")
    reply_markup: InlineKeyboardMarkup | None = None


class DropButtons(TelegramMethod[Sent]):
    """``editMessageReplyMarkup`` with no buttons."""

    __returning__ = Sent
    __api_method__ = "editMessageReplyMarkup"

    chat_id: int
    message_id: int
