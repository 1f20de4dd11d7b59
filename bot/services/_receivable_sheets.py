"""The Excel file of what is owed now. For a thread, not the loop."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.audit import NOBODY
from bot.models.exports import BUCKETS, Held, Owed, bucket
from bot.models.payments import Account
from bot.services._money_cells import blank, day
from bot.services._spreadsheet import Cell, Rupees, Spreadsheet

_AGES: Final = ("0–30 days", "31–60 days", "61–90 days", "over 90 days")
_ACCOUNTS: Final = (
    ("Account", 28),
    *((age, 13) for age in _AGES),
    *(("Due", 13), ("Credit", 13), ("Due less credit", 15), ("Open invoices", 13)),
)
_OPEN: Final = (
    *(("Account", 28), ("Number", 18), ("Date", 12), ("Due date", 12), ("Age in days", 11)),
    *(("Total", 13), ("Credited", 12), ("Paid", 12), ("Due", 13)),
)


def receivables(
    owed: Sequence[Owed], held: Sequence[Held], *, now: datetime, zone: ZoneInfo
) -> bytes:
    """By account and age, and every open invoice. Ages are in the club's days since the issue."""
    today = now.astimezone(zone).date()
    ages = [(today - day(each.issued_at, zone)).days for each in owed]
    accounts = _accounts(owed, ages, held)
    sheet = Spreadsheet("Receivables", _ACCOUNTS)
    sheet.write((name, *_of_account(figures)) for name, figures in accounts)
    everything = [sum(column) for column in zip(*(row for _, row in accounts), strict=True)]
    sheet.write_total(("Total", *_of_account(everything)))
    sheet.turn_over("Open invoices", _OPEN)
    sheet.write(_open(each, age, zone) for each, age in zip(owed, ages, strict=True))
    sheet.write_total(
        (
            *("Total", *blank(4), Rupees(sum(each.total_paise for each in owed))),
            Rupees(sum(each.credited_paise for each in owed)),
            Rupees(sum(each.paid_paise for each in owed)),
            Rupees(sum(each.due_paise for each in owed)),
        )
    )
    return sheet.finish()


def _accounts(
    owed: Sequence[Owed], ages: Sequence[int], held: Sequence[Held]
) -> list[tuple[str, list[int]]]:
    """By account: its name; due by age, credit, and how many invoices are open."""
    found: dict[Account, tuple[str, list[int]]] = {}
    columns = len(BUCKETS) + 1
    for each, age in zip(owed, ages, strict=True):
        _, figures = found.setdefault(each.account, (each.name or NOBODY, [0] * (columns + 2)))
        figures[bucket(age)] += each.due_paise
        figures[-1] += 1
    for account in held:
        whose = (account.name or NOBODY, [0] * (columns + 2))
        _, figures = found.setdefault(account.account, whose)
        figures[-2] += account.paise
    return sorted(found.values(), key=lambda each: each[0].casefold())


def _of_account(figures: Sequence[int]) -> tuple[Cell, ...]:
    *aged, credit, count = figures
    due = sum(aged)
    return (*map(Rupees, aged), Rupees(due), Rupees(credit), Rupees(due - credit), count)


def _open(each: Owed, age: int, zone: ZoneInfo) -> tuple[Cell, ...]:
    return (
        *(each.name or NOBODY, each.number, day(each.issued_at, zone), each.due_on, age),
        *(Rupees(each.total_paise), Rupees(each.credited_paise)),
        *(Rupees(each.paid_paise), Rupees(each.due_paise)),
    )
