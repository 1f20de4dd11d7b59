"""UPI payment links (design note «Money», section 4): a request to pay, never a proof of it."""

import re
import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

CEILING_PAISE: Final = (
    1_00_000_00  # the usual limit of one payment; beyond it offer a bank transfer
)
NAME_CHARACTERS: Final = 50  # with more the code grows too fine for telephones
NOTE_CHARACTERS: Final = 50
_OF_NUMBER: Final = 16  # characters
_REFERENCE: Final = re.compile(r"[0-9A-Za-z]{1,35}")


@dataclass(frozen=True, slots=True, kw_only=True)
class UpiRequest:
    """``payee`` is an address such as irongym@okhdfcbank, ``name`` whose it is.

    ``amount_paise``: ``None`` lets the payer type any amount. ``reference`` is ours, one for each
    attempt at paying; ``note`` is what the payer's bank shows. It and the name are cut short.

    Raises:
        ValueError: an amount that is nothing, or a reference that apps refuse.
    """

    payee: str
    name: str
    amount_paise: int | None = None
    reference: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.amount_paise is not None and self.amount_paise <= 0:
            raise ValueError("an app would take this for any amount")
        if self.reference and not _REFERENCE.fullmatch(self.reference):
            raise ValueError("a reference has at most 35 letters and digits")

    @property
    def amount(self) -> str:
        """As apps read it, two decimals and no grouping; empty where the payer decides."""
        if self.amount_paise is None:
            return ""
        rupees, paise = divmod(self.amount_paise, 100)
        return f"{rupees}.{paise:02}"

    @property
    def is_over_ceiling(self) -> bool:
        return self.amount_paise is not None and self.amount_paise > CEILING_PAISE

    @property
    def link(self) -> str:
        """``upi://pay?…``, without the keys that say nothing."""
        keys = {
            "pa": quote(self.payee, safe="@"),
            "pn": _words(self.name, NAME_CHARACTERS),
            "tr": self.reference,
            "tn": _words(self.note, NOTE_CHARACTERS),
            "am": self.amount,
            "cu": "INR",
        }
        return "upi://pay?" + "&".join(f"{key}={value}" for key, value in keys.items() if value)


def reference_of(number: str) -> str:
    """A document's number as a reference: GYM/26-27/000001 is GYM2627000001."""
    return re.sub(r"[^0-9A-Za-z]", "", number)


def attempt_of(number: str) -> str:
    """A reference for one attempt at paying a document (or, as PAY, something without a number)."""
    return f"{reference_of(number)[:_OF_NUMBER]}{secrets.token_hex(4).upper()}"


def _words(text: str, most: int) -> str:
    return quote(" ".join(text.split())[:most].rstrip(), safe="")
