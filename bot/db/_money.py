"""Columns that the documents of money share."""

from typing import Any, Final

from asyncpg import Record

from bot.models.payments import Account, Numbered
from bot.models.tax import Totals

_SUMS: Final = ("taxable_paise", "cgst_paise", "sgst_paise", "igst_paise", "round_off_paise")


def series(numbered: Numbered) -> tuple[object, ...]:
    """``number, prefix, year, serial``."""
    return numbered.number, numbered.prefix, numbered.year, numbered.serial


def sums(totals: Totals) -> tuple[int, ...]:
    """``taxable_paise`` to ``round_off_paise``, and ``total_paise``."""
    return (*(getattr(totals, name) for name in _SUMS), totals.total_paise)


def take_totals(fields: dict[str, Any]) -> Totals:
    """Out of the fields of a row, which have them no more."""
    return Totals(**{name: fields.pop(name) for name in _SUMS})


def with_account(row: Record) -> dict[str, Any]:
    """The fields of a row, ``person_id`` and ``walk_in_id`` as ``account``."""
    fields: dict[str, Any] = dict(row)
    account = Account(person_id=fields.pop("person_id"), walk_in_id=fields.pop("walk_in_id"))
    return {**fields, "account": account}
