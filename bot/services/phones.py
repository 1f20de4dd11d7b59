"""Phone numbers: any common writing in, E.164 out."""

import phonenumbers
from babel.core import get_global

from bot.errors import NotAPhone
from bot.models.club import Club


def parse(typed: str | None, club: Club) -> str:
    """A valid number as E.164; without a country code it is one of the club's country.

    Raises:
        NotAPhone: no such number can exist.
    """
    try:
        number = phonenumbers.parse(typed or "", region(club))
    except phonenumbers.NumberParseException as fault:
        raise NotAPhone from fault
    if not phonenumbers.is_valid_number(number):
        raise NotAPhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def region(club: Club) -> str | None:
    """The country of the club's zone, as in Asia/Kolkata → IN."""
    found: str | None = get_global("zone_territories").get(club.timezone)
    return found
