"""Buttons of the exports: what, and for which days."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import OpenOwner, back, button, cancel, keyboard
from bot.models.exports import ExportKind, PeriodName
from bot.texts import exports as texts


class OpenExports(CallbackData, prefix="exp-open"):
    """Show what can be exported."""


class ChoosePeriod(CallbackData, prefix="exp-choose"):
    """Ask for which days, an open question about it left unanswered."""

    kind: ExportKind


class ExportPeriod(CallbackData, prefix="exp-period"):
    """Send the file of this period, as it lies from the day of the press."""

    kind: ExportKind
    period: PeriodName


class AskDays(CallbackData, prefix="exp-days"):
    """Ask for days of their own."""

    kind: ExportKind


class ExportReceivables(CallbackData, prefix="exp-owed"):
    """Send the file of what is owed now."""


def kinds() -> InlineKeyboardMarkup:
    first, second, third = (
        button(texts.KINDS[kind], ChoosePeriod(kind=kind))
        for kind in (ExportKind.INVOICES, ExportKind.PAYMENTS, ExportKind.GST)
    )
    owed = button(texts.KINDS[ExportKind.RECEIVABLES], ExportReceivables())
    plans = button(texts.KINDS[ExportKind.PLANS], ChoosePeriod(kind=ExportKind.PLANS))
    return keyboard([first, second], [owed, third], [plans], [back(OpenOwner())])


def periods(kind: ExportKind) -> InlineKeyboardMarkup:
    named = [
        button(texts.PERIODS[each], ExportPeriod(kind=kind, period=each)) for each in PeriodName
    ]
    rows = [named[at : at + 2] for at in range(0, len(named), 2)]
    return keyboard(*rows, [button(texts.OWN_DAYS, AskDays(kind=kind))], [back(OpenExports())])


def days_question(kind: ExportKind) -> InlineKeyboardMarkup:
    return keyboard([back(ChoosePeriod(kind=kind)), cancel("ExportForm")])
