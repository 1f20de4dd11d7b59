"""Buttons of invoices that are being written, in the admin panel."""

from aiogram.filters.callback_data import CallbackData

from bot.keyboards.common import RowId


class BeginInvoice(CallbackData, prefix="inv-new"):
    """Begin a new one."""


class OpenDraft(CallbackData, prefix="inv-draft"):
    """Go on with one that is open."""

    draft_id: RowId
