"""What the sheets about money have in common."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.models.gst_tables import Sums
from bot.services._spreadsheet import Cell, Rupees


def day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def percent(basis_points: int) -> Decimal:
    """1800 as 18.00."""
    return Decimal(basis_points).scaleb(-2)


def blank(count: int) -> tuple[None, ...]:
    """So many empty cells."""
    return (None,) * count


def taxes(sums: Sums) -> tuple[Cell, ...]:
    """What is taxed, and each head of the tax."""
    return (
        *(Rupees(sums.taxable_paise), Rupees(sums.igst_paise)),
        *(Rupees(sums.cgst_paise), Rupees(sums.sgst_paise)),
    )


def together(sums: Sums) -> tuple[Cell, ...]:
    """As ``taxes``, and all of it."""
    return *taxes(sums), Rupees(sums.value_paise)
