"""Banks' references as people type them."""

import re
from typing import Final

from bot.errors.payments import NotAReference

_REFERENCE: Final = re.compile(r"(?=.*[0-9])[0-9A-Za-z]{6,40}")
_APART: Final = re.compile(r"[\s\u200b\u00ad‐‑‒–—-]+")  # spaces and dashes of any kind


def reference(typed: str) -> str:
    """``4123-4567 8901`` is 412345678901.

    Raises:
        NotAReference: not 6 to 40 letters and digits, or no digit among them.
    """
    tidy = _APART.sub("", typed)
    if not _REFERENCE.fullmatch(tidy):
        raise NotAReference(typed=typed)
    return tidy
