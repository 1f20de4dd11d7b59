"""Buttons under the audit log."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import OpenOwner, Page, back, button, keyboard, pager
from bot.models.audit import AuditPage
from bot.texts import audit as texts


class OpenAudit(CallbackData, prefix="audit-open"):
    """Show a page of the log, 0 being the newest."""

    page: Page = 0


class ExportAudit(CallbackData, prefix="audit-export"):
    """Send the whole log as a file."""


def page(log: AuditPage) -> InlineKeyboardMarkup:
    return keyboard(
        pager(log.number, log.pages, lambda number: OpenAudit(page=number)),
        [button(texts.EXPORT, ExportAudit())] if log.entries else [],
        [back(OpenOwner())],
    )
