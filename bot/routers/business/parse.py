"""What admins send about the business, as values. Refuses by saying what to send instead."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Final

from aiogram.types import Document, Message, PhotoSize

from bot.errors.business import (
    BeforeGst,
    GstinMistyped,
    GstinOfNoState,
    LogoTooBig,
    NotADay,
    NotAGstin,
    NotALogo,
    NotAPrefix,
    NotASac,
    NotAState,
    NotATaxCode,
    NotATaxRate,
    NotAUpiId,
    NotDueDays,
    PrefixReserved,
)
from bot.models.business import PREFIX_CHARACTERS, RESERVED_PREFIXES, BusinessSetting
from bot.models.gstin import STATES, has_gstin_form, is_gstin
from bot.models.tax import WHOLE
from bot.routers._parse import words

LOGO_MEGABYTES: Final = 5
DUE_DAYS_MAX: Final = 365
_NAME_CHARACTERS: Final = 100
_ADDRESS_CHARACTERS: Final = 300
_BANK_CHARACTERS: Final = 400
_TERMS_CHARACTERS: Final = 1000
_SHORT: Final = 100  # characters of what is one word or number
_LOGO_TYPES: Final = {"image/png", "image/jpeg"}
_GST_BEGAN: Final = date(2017, 7, 1)
_LAST_YEAR: Final = 2099
_UPI_ID: Final = re.compile(r"[A-Za-z0-9._-]{2,64}@[A-Za-z][A-Za-z0-9]{1,63}")
_RATE: Final = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?\s*%?")
_SAC: Final = re.compile(r"99(?:[0-9]{2}|[0-9]{4})")
_TAX_CODE: Final = re.compile(r"[0-9]{4}(?:[0-9]{2}){0,2}")
_PREFIX: Final = re.compile(rf"[A-Z0-9]{{1,{PREFIX_CHARACTERS}}}")
_DUE_DAYS: Final = re.compile(r"([0-9]{1,3})(?:\s*days?)?", re.IGNORECASE)
_DAYS: Final = ("%d %b %Y", "%d %B %Y", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")


def value(setting: BusinessSetting, message: Message) -> str | int:
    """A new value for one of the settings that are asked for in words.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        Refusal: what the reader of that setting raises.
    """
    return _READERS[setting](message.text)


def gstin(typed: str | None) -> str:
    """A whole one; small letters and spaces between its parts are forgiven.

    Raises:
        NotAGstin, GstinOfNoState, GstinMistyped: its form, its State, its check character.
    """
    said = words(typed, limit=_SHORT)
    text = re.sub(r"[\s-]", "", said).upper()
    if not has_gstin_form(text):
        raise NotAGstin(typed=said)
    if text[:2] not in STATES:
        raise GstinOfNoState(code=text[:2])
    if not is_gstin(text):
        raise GstinMistyped(typed=text)
    return text


def state(typed: str | None) -> str:
    """Two digits, or as much of the name as only one State begins with; its code.

    Raises:
        NotAState: none, or more than one.
    """
    said = words(typed, limit=_SHORT)
    if said.isascii() and said.isdigit() and said.zfill(2) in STATES:
        return said.zfill(2)
    wanted = _folded(said)
    names = {_folded(name): code for code, name in STATES.items()}
    found = [code for name, code in names.items() if name.startswith(wanted)]
    if wanted not in names and len(found) != 1:
        raise NotAState(typed=said)
    return names.get(wanted) or found[0]


def upi_id(typed: str | None) -> str:
    """An address like ``name@bank``.

    Raises:
        NotAUpiId: anything else; an e-mail address, too.
    """
    text = words(typed, limit=_SHORT)
    if not _UPI_ID.fullmatch(text):
        raise NotAUpiId(typed=text)
    return text


def rate(typed: str | None) -> int:
    """``5``, ``18 %``, ``0.25``: in basis points, without a float in between.

    Raises:
        NotATaxRate: more than two decimals, or not 0 to 100.
    """
    text = words(typed, limit=_SHORT)
    found = _RATE.fullmatch(text)
    bps = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else -1
    if not 0 <= bps <= WHOLE:
        raise NotATaxRate(typed=text)
    return bps


def sac(typed: str | None) -> str:
    """The code of a service.

    Raises:
        NotASac: not 4 or 6 digits that begin with 99.
    """
    text = words(typed, limit=_SHORT)
    if not _SAC.fullmatch(text):
        raise NotASac(typed=text)
    return text


def tax_code(typed: str | None) -> str:
    """An HSN or a SAC.

    Raises:
        NotATaxCode: not 4, 6 or 8 digits.
    """
    text = words(typed, limit=_SHORT)
    if not _TAX_CODE.fullmatch(text):
        raise NotATaxCode(typed=text)
    return text


def day(typed: str | None) -> date:
    """``22 Sep 2025``, ``22.09.2025``, ``22/9/2025``, ``2025-09-22``.

    Raises:
        NotADay: anything else.
        BeforeGst: before 1 July 2017.
    """
    text = words(typed, limit=_SHORT)
    for written in _DAYS:
        with suppress(ValueError):
            found = date(*time.strptime(text, written)[:3])
            if found < _GST_BEGAN:
                raise BeforeGst
            if found.year <= _LAST_YEAR:
                return found
    raise NotADay(typed=text)


def logo(message: Message) -> PhotoSize | Document:
    """A photo's largest size, or a picture sent as a file.

    Raises:
        NotALogo: anything else.
        LogoTooBig: a file beyond ``LOGO_MEGABYTES``.
    """
    if message.photo:
        return max(message.photo, key=lambda size: size.width * size.height)
    document = message.document
    if document is None or document.mime_type not in _LOGO_TYPES:
        raise NotALogo
    if (document.file_size or 0) > LOGO_MEGABYTES * 1_000_000:
        raise LogoTooBig(limit=LOGO_MEGABYTES)
    return document


def _prefix(typed: str | None) -> str:
    text = words(typed, limit=_SHORT).upper()
    if not _PREFIX.fullmatch(text):
        raise NotAPrefix(typed=text)
    if text[:2] in RESERVED_PREFIXES:
        raise PrefixReserved(typed=text)
    return text


def _due_days(typed: str | None) -> int:
    text = words(typed, limit=_SHORT)
    found = _DUE_DAYS.fullmatch(text)
    if found is None or int(found[1]) > DUE_DAYS_MAX:
        raise NotDueDays(typed=text)
    return int(found[1])


def _name(typed: str | None) -> str:
    return " ".join(words(typed, limit=_NAME_CHARACTERS).split())


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").split())


_READERS: Final[dict[BusinessSetting, Callable[[str | None], str | int]]] = {
    BusinessSetting.LEGAL_NAME: _name,
    BusinessSetting.TRADE_NAME: _name,
    BusinessSetting.ADDRESS: lambda typed: words(typed, limit=_ADDRESS_CHARACTERS),
    BusinessSetting.STATE_CODE: state,
    BusinessSetting.GSTIN: gstin,
    BusinessSetting.DEFAULT_RATE_BPS: rate,
    BusinessSetting.SERVICE_SAC: sac,
    BusinessSetting.UPI_ID: upi_id,
    BusinessSetting.BANK_DETAILS: lambda typed: words(typed, limit=_BANK_CHARACTERS),
    BusinessSetting.INVOICE_PREFIX: _prefix,
    BusinessSetting.TERMS: lambda typed: words(typed, limit=_TERMS_CHARACTERS),
    BusinessSetting.DUE_DAYS: _due_days,
}
