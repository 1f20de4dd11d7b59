"""Money as people in India write and say it."""

from typing import Final

_ONES: Final = (
    *("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"),
    *("Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen"),
    *("Eighteen", "Nineteen"),
)
_TENS: Final = (
    *("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"),
)
_SCALES: Final = ((10_000_000, "Crore"), (100_000, "Lakh"), (1_000, "Thousand"), (100, "Hundred"))


def number(paise: int) -> str:
    """12345678 as 1,23,456.78."""
    sign = "−" if paise < 0 else ""
    rupees, rest = divmod(abs(paise), 100)
    digits = str(rupees)
    head, tail = digits[:-3], digits[-3:]
    groups = []
    while head:
        groups.append(head[-2:])
        head = head[:-2]
    return f"{sign}{','.join([*reversed(groups), tail])}.{rest:02}"


def rupees(paise: int) -> str:
    """12345678 as ₹1,23,456.78."""
    sign = "−" if paise < 0 else ""
    return f"{sign}₹{number(abs(paise))}"


def percent(basis_points: int) -> str:
    """1800 as 18 %, 25 as 0.25 %."""
    whole, rest = divmod(basis_points, 100)
    return f"{f'{whole}.{rest:02}'.rstrip('0').rstrip('.')} %"


def in_words(paise: int) -> str:
    """554300 as Rupees Five Thousand Five Hundred Forty Three Only; no sign."""
    whole, rest = divmod(abs(paise), 100)
    tail = f" and {_words(rest)} Paise" if rest else ""
    return f"Rupees {_words(whole)}{tail} Only"


def _words(count: int) -> str:
    if count < len(_ONES):
        return _ONES[count]
    said = []
    for size, name in _SCALES:
        many, count = divmod(count, size)
        if many:
            said.append(f"{_words(many)} {name}")
    tens, ones = divmod(count, 10)
    if count and count < len(_ONES):
        said.append(_ONES[count])
    elif count:
        said.append(f"{_TENS[tens]} {_ONES[ones]}" if ones else _TENS[tens])
    return " ".join(said)
