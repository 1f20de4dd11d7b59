"""Buttons of issued invoices."""

from aiogram.filters.callback_data import CallbackData

from bot.keyboards.common import Page


class OpenInvoices(CallbackData, prefix="inv-list"):
    """Show a page of the invoices."""

    page: Page = 0
