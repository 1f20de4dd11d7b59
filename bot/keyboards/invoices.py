"""Buttons of issued invoices: the list and a card in the admin panel, a person's own documents."""

from collections.abc import Sequence
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import (
    OpenAdmin,
    OpenInvoices,
    OpenMenu,
    Page,
    RecordOnInvoice,
    RowId,
    back,
    button,
    keyboard,
    pager,
)
from bot.keyboards.drafts import BeginInvoice, OpenDraft
from bot.models.drafts import DraftEntry
from bot.models.invoices import InvoiceCard, Invoices
from bot.texts import invoices as texts
from bot.texts.receivables import RECORD


class ShowInvoice(CallbackData, prefix="inv-show"):
    """Show a card."""

    invoice_id: RowId


class DownloadInvoice(CallbackData, prefix="inv-pdf"):
    """Send the file to whoever asks; admins see any."""

    invoice_id: RowId


class SendInvoiceAgain(CallbackData, prefix="inv-again"):
    """Send the file to its buyer once more; once for each card that was drawn."""

    invoice_id: RowId
    operation_id: UUID


class OpenDocuments(CallbackData, prefix="doc-list"):
    """Show a page of one's own invoices."""

    page: Page = 0


class DownloadDocument(CallbackData, prefix="doc-pdf"):
    """Send the file of an invoice of one's own."""

    invoice_id: RowId


def page(shown: Invoices, drafts: Sequence[DraftEntry]) -> InlineKeyboardMarkup:
    return keyboard(
        *([button(texts.draft(draft), OpenDraft(draft_id=draft.id))] for draft in drafts),
        [button(texts.NEW, BeginInvoice())],
        *([button(texts.entry(each), ShowInvoice(invoice_id=each.id))] for each in shown.entries),
        pager(shown.number, shown.pages, lambda number: OpenInvoices(page=number)),
        [back(OpenAdmin())],
    )


def card(shown: InvoiceCard, operation_id: UUID) -> InlineKeyboardMarkup:
    invoice_id = shown.invoice.id
    again = button(texts.AGAIN, SendInvoiceAgain(invoice_id=invoice_id, operation_id=operation_id))
    return keyboard(
        [button(texts.PDF, DownloadInvoice(invoice_id=invoice_id))],
        [again] if shown.is_reachable else [],
        [button(RECORD, RecordOnInvoice(invoice_id=invoice_id))],
        [back(OpenInvoices())],
    )


def documents(shown: Invoices) -> InlineKeyboardMarkup:
    return keyboard(
        *(
            [button(texts.own_entry(each), DownloadDocument(invoice_id=each.id))]
            for each in shown.entries
        ),
        pager(shown.number, shown.pages, lambda number: OpenDocuments(page=number)),
        [back(OpenMenu())],
    )
