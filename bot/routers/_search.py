"""Whom a message in a search box means."""

import re
import unicodedata
from typing import Final

from aiogram.types import Contact, Message, MessageOriginUser

from bot.errors import HiddenSender, NotAnId, NotAPhone, NothingToSearch, SearchTooShort
from bot.models.club import Club
from bot.models.members import Wanted
from bot.routers._parse import telegram_id, trimmed
from bot.services import phones

_SHORTEST_NAME: Final = 2
_PHONE: Final = re.compile(r"[+(]{0,2}\d[\d\s().\-/]*")  # never a minus in front


def wanted(message: Message, club: Club) -> Wanted:
    """A typed search, a person's forwarded message or a shared contact.

    Raises:
        NotAnId, SearchTooShort, NothingToSearch, HiddenSender: nothing to search by.
    """
    if message.contact:
        return _in_contact(message.contact, club)
    if message.forward_origin:
        if not isinstance(message.forward_origin, MessageOriginUser):
            raise HiddenSender
        sender = message.forward_origin.sender_user
        return Wanted(said=sender.full_name, telegram_id=sender.id)
    if message.text is None:
        raise NothingToSearch
    return typed(message.text, club)


def typed(text: str, club: Club) -> Wanted:
    """Read ``@name``, an id, a phone number, or a part of a name.

    Raises:
        NotAnId: without any letter, yet neither an id nor a phone number.
        SearchTooShort: a single letter.
    """
    said = trimmed(text)
    if said.startswith("@"):
        if len(said) <= _SHORTEST_NAME:
            raise SearchTooShort
        return Wanted(said=said, username=said[1:])
    if any(unicodedata.category(c).startswith("L") for c in said):
        if len(unicodedata.normalize("NFC", said)) < _SHORTEST_NAME:
            raise SearchTooShort
        return Wanted(said=said, part_of_name=said)
    phone = _phone(said, club)
    try:
        return Wanted(said=said, telegram_id=telegram_id(said), phone=phone)
    except NotAnId:
        if phone is None:
            raise
        return Wanted(said=said, phone=phone)


def _in_contact(contact: Contact, club: Club) -> Wanted:
    phone = _phone(contact.phone_number, club)
    if contact.user_id is None and phone is None:
        raise NothingToSearch
    return Wanted(said=contact.phone_number, telegram_id=contact.user_id, phone=phone)


def _phone(text: str, club: Club) -> str | None:
    if not _PHONE.fullmatch(text):
        return None
    try:
        return phones.parse(text, club)
    except NotAPhone:
        return None
