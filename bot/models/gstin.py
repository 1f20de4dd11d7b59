"""GST numbers, the States in them, and the financial year (design note «Money», section 1)."""

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

_FORM: Final = re.compile(r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]")
_BASE_36: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_APRIL: Final = 4

STATES: Final = {
    "01": "Jammu and Kashmir",
    "02": "Himachal Pradesh",
    "03": "Punjab",
    "04": "Chandigarh",
    "05": "Uttarakhand",
    "06": "Haryana",
    "07": "Delhi",
    "08": "Rajasthan",
    "09": "Uttar Pradesh",
    "10": "Bihar",
    "11": "Sikkim",
    "12": "Arunachal Pradesh",
    "13": "Nagaland",
    "14": "Manipur",
    "15": "Mizoram",
    "16": "Tripura",
    "17": "Meghalaya",
    "18": "Assam",
    "19": "West Bengal",
    "20": "Jharkhand",
    "21": "Odisha",
    "22": "Chhattisgarh",
    "23": "Madhya Pradesh",
    "24": "Gujarat",
    "26": "Dadra and Nagar Haveli and Daman and Diu",
    "27": "Maharashtra",
    "29": "Karnataka",
    "30": "Goa",
    "31": "Lakshadweep",
    "32": "Kerala",
    "33": "Tamil Nadu",
    "34": "Puducherry",
    "35": "Andaman and Nicobar Islands",
    "36": "Telangana",
    "37": "Andhra Pradesh",
    "38": "Ladakh",
}
# Without a legislature: their half is UTGST. Delhi, Puducherry, and Jammu and Kashmir levy SGST.
UNION_TERRITORIES: Final = {"04", "26", "31", "35", "38"}


def check_character(first_14: str) -> str:
    """The 15th of a GSTIN: weights 1 and 2 by turns, each product's digits in base 36 summed."""
    products = (_BASE_36.index(c) * (1 + n % 2) for n, c in enumerate(first_14))
    digits = sum(sum(divmod(product, 36)) for product in products)
    return _BASE_36[-digits % 36]


def has_gstin_form(text: str) -> bool:
    """Letters and digits stand where they must; whether they are right is not looked at."""
    return _FORM.fullmatch(text) is not None


def is_gstin(text: str) -> bool:
    """A whole one, in capitals: its form, its State and its check character."""
    return has_gstin_form(text) and text[:2] in STATES and check_character(text[:14]) == text[14]


def second_half(state_code: str) -> str:
    """The name of the half of the tax that is that State's."""
    return "UTGST" if state_code in UNION_TERRITORIES else "SGST"


def financial_year(at: datetime, zone: ZoneInfo) -> int:
    """The year in which it began: April to March, on the club's clock."""
    return financial_year_of(at.astimezone(zone).date())


def financial_year_of(day: date) -> int:
    """As ``financial_year``, of a day of the club's."""
    return day.year if day.month >= _APRIL else day.year - 1


def financial_year_name(begins: int) -> str:
    """2026 as 26-27."""
    return f"{begins % 100:02}-{(begins + 1) % 100:02}"
