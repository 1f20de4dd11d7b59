"""Buttons of a credit note in the making."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.common import Page, back, button, cancel, keyboard, leaf
from bot.keyboards.invoices import ShowInvoice
from bot.models.credit_notes import CreditedLine
from bot.models.invoices import Invoice
from bot.texts import credit_notes as texts

_LINES_SHOWN = 20  # on a page


class PickCreditLine(CallbackData, prefix="cn-line"):
    """Take something back of this line of the invoice."""

    position: Annotated[int, Field(ge=1, lt=2**15)]


class OpenCreditLines(CallbackData, prefix="cn-lines"):
    """Show a page of the lines to choose from."""

    page: Page


class PickRestock(CallbackData, prefix="cn-stock"):
    """Whether the store's pieces came back."""

    back: bool


class IssueCreditNote(CallbackData, prefix="cn-issue"):
    """Issue what was looked at; ``operation_id`` was made when it was shown."""

    operation_id: UUID


def question(invoice_id: int, *rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Under a question about an invoice; ``rows`` are answers to tap."""
    return keyboard(*rows, [back(ShowInvoice(invoice_id=invoice_id)), cancel("CreditNoteForm")])


def lines(invoice: Invoice, left: Sequence[CreditedLine], page: int = 0) -> InlineKeyboardMarkup:
    shown, turn = leaf(left, page, _LINES_SHOWN, lambda number: OpenCreditLines(page=number))
    rows = (
        [button(texts.line(each, invoice), PickCreditLine(position=each.position))]
        for each in shown
    )
    return question(invoice.id, *rows, turn)


def restock(invoice_id: int) -> InlineKeyboardMarkup:
    return question(
        invoice_id,
        [button(texts.RESTOCK, PickRestock(back=True))],
        [button(texts.NO_RESTOCK, PickRestock(back=False))],
    )


def review(invoice_id: int, operation_id: UUID) -> InlineKeyboardMarkup:
    issue = IssueCreditNote(operation_id=operation_id)
    return question(invoice_id, [button(texts.ISSUE, issue)])
