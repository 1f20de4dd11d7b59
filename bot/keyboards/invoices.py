"""Buttons of issued invoices: the list and a card in the admin panel, a person's own documents."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import (
    OpenAdmin,
    OpenInvoices,
    OpenMenu,
    Page,
    RecordOnInvoice,
    RowId,
    ShowPayment,
    back,
    button,
    keyboard,
    pager,
)
from bot.keyboards.drafts import BeginInvoice, OpenDraft
from bot.models.documents import DocumentEntry, DocumentPage, PaperKind
from bot.models.drafts import DraftEntry
from bot.models.invoices import InvoiceCard, Invoices
from bot.models.statements import Period
from bot.texts import documents as document_texts
from bot.texts import invoices as texts
from bot.texts.receivables import RECORD
from bot.texts.statements import OWN as OWN_STATEMENT

_SHOWN: Final = 20  # payments, and credit notes, under a card: the newest


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


class ReduceInvoice(CallbackData, prefix="cn-less"):
    """Ask of which line something is taken back."""

    invoice_id: RowId


class CancelInvoice(CallbackData, prefix="cn-all"):
    """Ask why all that is left of it is taken back."""

    invoice_id: RowId


class OpenDocuments(CallbackData, prefix="doc-list"):
    """Show a page of one's own documents."""

    page: Page = 0


class OwnStatement(CallbackData, prefix="doc-stm"):
    """Show one's own statement of account."""

    period: Period


class DownloadDocument(CallbackData, prefix="doc-pdf"):
    """Send the file of an invoice of one's own."""

    invoice_id: RowId


class DownloadReceipt(CallbackData, prefix="doc-receipt"):
    """Send the receipt to whoever asks: one's own; admins get any."""

    payment_id: RowId


class DownloadCreditNote(CallbackData, prefix="doc-credit"):
    """Send the credit note to whoever asks: one's own; admins get any."""

    note_id: RowId


class DownloadVoucher(CallbackData, prefix="doc-refund"):
    """Send the refund voucher to whoever asks: one's own; admins get any."""

    refund_id: RowId


def page(shown: Invoices, drafts: Sequence[DraftEntry]) -> InlineKeyboardMarkup:
    return keyboard(
        *([button(texts.draft(draft), OpenDraft(draft_id=draft.id))] for draft in drafts),
        [button(texts.NEW, BeginInvoice())],
        *(
            [button(texts.entry(each, shown.today), ShowInvoice(invoice_id=each.id))]
            for each in shown.entries
        ),
        pager(shown.number, shown.pages, lambda number: OpenInvoices(page=number)),
        [back(OpenAdmin())],
    )


def card(shown: InvoiceCard, operation_id: UUID) -> InlineKeyboardMarkup:
    invoice_id = shown.invoice.id
    again = button(texts.AGAIN, SendInvoiceAgain(invoice_id=invoice_id, operation_id=operation_id))
    return keyboard(
        [button(texts.PDF, DownloadInvoice(invoice_id=invoice_id))],
        [again] if shown.is_reachable else [],
        *(
            [button(texts.payment(each), ShowPayment(payment_id=each.payment_id))]
            for each in shown.payments[-_SHOWN:]
        ),
        *(
            [button(texts.credit_note(each), DownloadCreditNote(note_id=each.note_id))]
            for each in shown.credit_notes[-_SHOWN:]
        ),
        _corrections(shown),
        [button(RECORD, RecordOnInvoice(invoice_id=invoice_id))],
        [back(OpenInvoices())],
    )


def _corrections(shown: InvoiceCard) -> list[InlineKeyboardButton]:
    """As long as something of it is left."""
    if shown.balance.credited_paise >= shown.balance.total_paise:
        return []
    this = {"invoice_id": shown.invoice.id}
    return [
        button(texts.REDUCE, ReduceInvoice(**this)),
        button(texts.CANCEL, CancelInvoice(**this)),
    ]


def documents(shown: DocumentPage) -> InlineKeyboardMarkup:
    return keyboard(
        *([button(document_texts.entry(each), _download(each))] for each in shown.entries),
        pager(shown.number, shown.pages, lambda number: OpenDocuments(page=number)),
        [button(OWN_STATEMENT, OwnStatement(period=Period.YEAR))] if shown.entries else [],
        [back(OpenMenu())],
    )


def _download(entry: DocumentEntry) -> CallbackData:
    if entry.kind is PaperKind.RECEIPT:
        return DownloadReceipt(payment_id=entry.id)
    if entry.kind is PaperKind.CREDIT_NOTE:
        return DownloadCreditNote(note_id=entry.id)
    if entry.kind is PaperKind.REFUND_VOUCHER:
        return DownloadVoucher(refund_id=entry.id)
    return DownloadDocument(invoice_id=entry.id)
