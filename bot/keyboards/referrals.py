"""Buttons under a member's own link for friends."""

from typing import Final
from urllib.parse import urlencode

from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import back, keyboard
from bot.keyboards.my_subscription import OpenMySubscription
from bot.models.club import Club
from bot.texts import referrals as texts

_SHARE: Final = "https://t.me/share/url"


def screen(link: str, club: Club) -> InlineKeyboardMarkup:
    """Sharing opens Telegram's own list of chats, with words that may be changed there."""
    share = f"{_SHARE}?{urlencode({'url': link, 'text': texts.words_to_share(club)})}"
    return keyboard(
        [InlineKeyboardButton(text=texts.SHARE, url=share)],
        [InlineKeyboardButton(text=texts.COPY, copy_text=CopyTextButton(text=link))],
        [back(OpenMySubscription())],
    )


def no_reward() -> InlineKeyboardMarkup:
    return keyboard([back(OpenMySubscription())])
