"""What applicants send, as values. Refuses with a sentence that says what to send instead."""

import re
import unicodedata
from typing import Final

from aiogram.types import Message

from bot.errors import (
    NotAGender,
    NotAnAge,
    NotAName,
    NotAPhoto,
    NotAWeight,
    NotYourContact,
    PhotoAsFile,
)
from bot.models.club import Club
from bot.models.registrations import Gender
from bot.routers._parse import trimmed
from bot.services import phones

NAME_LENGTHS: Final = range(2, 65)
AGES: Final = range(10, 101)
WEIGHTS_GRAMS: Final = range(20_000, 300_001)

_UNSEEN: Final = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_JOINERS: Final = "\u200c\u200d"  # Indic scripts need them
_AGE: Final = re.compile(r"[0-9]{1,3}")
_WEIGHT: Final = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?\s*(?:kgs?\.?)?", re.IGNORECASE)
_GENDERS: Final = {
    word: gender for gender in Gender for word in (gender.value, gender.value[0])
} | {"woman": Gender.FEMALE, "man": Gender.MALE}


def full_name(typed: str | None) -> str:
    """Spaces are collapsed; marks that hide or reorder text are refused, and so is a second line.

    Raises:
        NotAName: not 2 to 64 characters with letters among them.
    """
    name = re.sub(r" {2,}", " ", unicodedata.normalize("NFC", trimmed(typed)).replace("\xa0", " "))
    categories = {unicodedata.category(c) for c in name if c not in _JOINERS}
    letters = any(category.startswith("L") for category in categories)
    if len(name) not in NAME_LENGTHS or not letters or categories & _UNSEEN:
        raise NotAName
    return name


def phone(message: Message, club: Club, *, sender: int | None) -> tuple[str, bool]:
    """A number as E.164, and whether Telegram vouches that it is the sender's own.

    Raises:
        NotYourContact: somebody else's contact, or one that names nobody.
        NotAPhone: no such number can exist.
    """
    contact = message.contact
    if contact is None:
        return phones.parse(message.text, club), False
    if contact.user_id is None or contact.user_id != sender:
        raise NotYourContact
    return phones.parse(f"+{contact.phone_number.lstrip('+')}", club), True


def age(typed: str | None) -> int:
    """Whole years.

    Raises:
        NotAnAge: not a number from 10 to 100.
    """
    digits = trimmed(typed)
    if not _AGE.fullmatch(digits) or int(digits) not in AGES:
        raise NotAnAge
    return int(digits)


def gender(typed: str | None) -> Gender:
    """Read a button's label, typed.

    Raises:
        NotAGender: another word.
    """
    try:
        return _GENDERS[trimmed(typed).casefold()]
    except KeyError as fault:
        raise NotAGender from fault


def weight_grams(typed: str | None) -> int:
    """``72``, ``72.5``, ``72,55 kg``: exactly, without a float in between.

    Raises:
        NotAWeight: more than two decimals, or not 20 to 300 kg.
    """
    found = _WEIGHT.fullmatch(trimmed(typed))
    if found is None:
        raise NotAWeight
    whole, decimals = found[1], found[2] or ""
    grams = int(whole) * 1000 + int(decimals.ljust(3, "0"))
    if grams not in WEIGHTS_GRAMS:
        raise NotAWeight
    return grams


def photo(message: Message) -> str:
    """Telegram's id of the largest size.

    Raises:
        PhotoAsFile: a picture sent as a document.
        NotAPhoto: anything else.
    """
    if message.photo:
        return max(message.photo, key=lambda size: size.width * size.height).file_id
    document = message.document
    raise PhotoAsFile if document and (document.mime_type or "").startswith("image/") else NotAPhoto
