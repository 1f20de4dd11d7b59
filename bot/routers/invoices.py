"""Issued invoices: the club's for admins, everybody's own."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import invoices as keyboards
from bot.keyboards.common import OpenInvoices
from bot.keyboards.invoices import (
    DownloadDocument,
    DownloadInvoice,
    DownloadReceipt,
    DownloadVoucher,
    OpenDocuments,
    SendInvoiceAgain,
    ShowInvoice,
)
from bot.models.people import Person, Role
from bot.notices.invoices import as_file
from bot.notices.payments import as_receipt, as_voucher
from bot.replies import Reply, show
from bot.routers._bills import card
from bot.routers._filters import May
from bot.routers._forms import leave
from bot.services.club import ClubService
from bot.services.documents import DocumentService
from bot.services.drafts import DraftService
from bot.services.invoices import InvoiceService
from bot.services.payments import PaymentService
from bot.states.credit_notes import CreditNoteForm
from bot.states.drafts import BuyerForm, DraftForm
from bot.states.payments import RefundForm, ReversalForm
from bot.texts import documents as document_texts
from bot.texts import invoices as texts


def build_router() -> Router:
    router = Router(name="invoices")
    admin, anybody, press = May(Role.ADMIN), May(Role.VISITOR), router.callback_query.register
    press(show_page, OpenInvoices.filter(), admin)
    press(show_card, ShowInvoice.filter(), admin)
    press(download, DownloadInvoice.filter(), admin)
    press(send_again, SendInvoiceAgain.filter(), admin)
    router.message.register(begin_documents, Command("documents"), anybody)
    press(show_documents, OpenDocuments.filter(), anybody)
    press(download_own, DownloadDocument.filter(), anybody)
    press(download_receipt, DownloadReceipt.filter(), anybody)
    press(download_voucher, DownloadVoucher.filter(), anybody)
    return router


async def show_page(
    _query: CallbackQuery,
    callback_data: OpenInvoices,
    me: Person,
    state: FSMContext,
    invoices: InvoiceService,
    drafts: DraftService,
) -> Reply:
    await leave(state, BuyerForm, DraftForm, CreditNoteForm, ReversalForm, RefundForm)
    shown, open_drafts = await invoices.page(callback_data.page), await drafts.list_open(me)
    return show(texts.page(shown), keyboards.page(shown, open_drafts))


async def show_card(
    _query: CallbackQuery,
    callback_data: ShowInvoice,
    state: FSMContext,
    invoices: InvoiceService,
    club: ClubService,
) -> Reply:
    shown = await card(callback_data.invoice_id, invoices=invoices, club=club)
    await leave(state, CreditNoteForm)
    return shown


async def download(
    _query: CallbackQuery, callback_data: DownloadInvoice, me: Person, invoices: InvoiceService
) -> Reply:
    invoice = await invoices.find(callback_data.invoice_id, me=me)
    return await as_file(await invoices.printed(invoice))


async def send_again(
    _query: CallbackQuery,
    callback_data: SendInvoiceAgain,
    me: Person,
    invoices: InvoiceService,
    club: ClubService,
) -> Reply:
    invoice_id, operation_id = callback_data.invoice_id, callback_data.operation_id
    await invoices.send_again(invoice_id, by=me, operation_id=operation_id)
    return await card(invoice_id, invoices=invoices, club=club, toast=texts.ON_ITS_WAY)


async def begin_documents(_message: Message, me: Person, documents: DocumentService) -> Reply:
    return await _documents(0, me, documents)


async def show_documents(
    _query: CallbackQuery, callback_data: OpenDocuments, me: Person, documents: DocumentService
) -> Reply:
    return await _documents(callback_data.page, me, documents)


async def download_own(
    _query: CallbackQuery, callback_data: DownloadDocument, me: Person, invoices: InvoiceService
) -> Reply:
    invoice = await invoices.find_own(callback_data.invoice_id, me=me)
    return await as_file(await invoices.printed(invoice), to_pay=True)


async def download_receipt(
    _query: CallbackQuery,
    callback_data: DownloadReceipt,
    me: Person,
    payments: PaymentService,
) -> Reply:
    return await as_receipt(await payments.receipt(callback_data.payment_id, me=me))


async def download_voucher(
    _query: CallbackQuery,
    callback_data: DownloadVoucher,
    me: Person,
    payments: PaymentService,
) -> Reply:
    return await as_voucher(await payments.voucher(callback_data.refund_id, me=me))


async def _documents(number: int, me: Person, documents: DocumentService) -> Reply:
    shown = await documents.page(number, me=me)
    return show(document_texts.page(shown), keyboards.documents(shown))
