"""Buttons of what plans have brought."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.common import OpenSubscriptions, back, button, keyboard
from bot.keyboards.exports import ChoosePeriod
from bot.models.exports import ExportKind
from bot.models.plan_sales import MonthOfPlans, number_of
from bot.texts import plan_sales as texts

# Months since the year 0, as in ``models.plan_sales``: from 2000 to 2999.
Month = Annotated[int, Field(ge=24_000, lt=36_000)]


class OpenPlanSales(CallbackData, prefix="psale-open"):
    """Show what plans brought in the month that runs."""


class ShowPlanSales(CallbackData, prefix="psale-month"):
    """Show what plans brought in this month."""

    month: Month


def month(shown: MonthOfPlans, *, may_export: bool) -> InlineKeyboardMarkup:
    """``may_export``: for owners."""
    earlier, later = shown.earlier, shown.later
    return keyboard(
        [
            *([button(texts.earlier(earlier), _to(number_of(earlier)))] if earlier else []),
            *([button(texts.later(later), _to(number_of(later)))] if later else []),
        ],
        [button(texts.EXCEL, ChoosePeriod(kind=ExportKind.PLANS))] if may_export else [],
        [back(OpenSubscriptions())],
    )


def _to(number: int) -> ShowPlanSales:
    return ShowPlanSales(month=number)
