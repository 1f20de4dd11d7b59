"""Buttons of a booked payment: its card, booking it back, giving credit back."""

from typing import Final
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import RowId, ShowPayment, back, button, cancel, keyboard
from bot.keyboards.invoices import DownloadReceipt, DownloadVoucher, ShowInvoice
from bot.keyboards.receivables import OpenAccount
from bot.models.payments import Method, Payment
from bot.models.receivables import ref_of
from bot.texts import payment_cards as texts
from bot.texts.payments import METHODS

_SHOWN: Final = 10  # refund vouchers: the newest


class AskReversal(CallbackData, prefix="rct-back"):
    """Ask why this payment is booked back."""

    payment_id: RowId


class ReversePayment(CallbackData, prefix="rct-back-yes"):
    """Book back what was looked at; ``operation_id`` was made when it was shown."""

    operation_id: UUID


class AskRefund(CallbackData, prefix="rct-give"):
    """Ask how much of this account's credit is given back."""

    payment_id: RowId


class PickRefundMethod(CallbackData, prefix="rct-give-by"):
    method: Method


class GiveBack(CallbackData, prefix="rct-give-yes"):
    """Book what was looked at; ``operation_id`` was made when it was shown."""

    operation_id: UUID


def card(payment: Payment) -> InlineKeyboardMarkup:
    """Only what may be done with it now; a reward goes back with what it was given for."""
    if payment.is_reward:
        return keyboard([back(_above(payment))])
    this = {"payment_id": payment.id}
    undo = button(texts.UNDO, AskReversal(**this))
    give = button(texts.GIVE, AskRefund(**this))
    return keyboard(
        [button(texts.RECEIPT, DownloadReceipt(**this))],
        *(
            [button(texts.voucher(each), DownloadVoucher(refund_id=each.refund_id))]
            for each in payment.vouchers[-_SHOWN:]
        ),
        [undo] if not payment.refunded_paise else [],
        [give] if payment.unused_paise else [],
        [back(_above(payment))],
    )


def methods(payment_id: int) -> InlineKeyboardMarkup:
    choices = [button(label, PickRefundMethod(method=each)) for each, label in METHODS.items()]
    return question("RefundForm", payment_id, choices[:2], choices[2:])


def review_reversal(payment_id: int, operation_id: UUID) -> InlineKeyboardMarkup:
    yes = button(texts.UNDO_YES, ReversePayment(operation_id=operation_id))
    return question("ReversalForm", payment_id, [yes])


def review_refund(payment_id: int, operation_id: UUID) -> InlineKeyboardMarkup:
    yes = button(texts.GIVE_YES, GiveBack(operation_id=operation_id))
    return question("RefundForm", payment_id, [yes])


def question(form: str, payment_id: int, *rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Under a question about a payment; ``form`` is the state group's name."""
    return keyboard(*rows, [back(ShowPayment(payment_id=payment_id)), cancel(form)])


def _above(payment: Payment) -> CallbackData:
    """The invoice that it settles, of several the first; else its payer's account."""
    if payment.settled:
        return ShowInvoice(invoice_id=payment.settled[0].invoice_id)
    if payment.account.walk_in_id:
        return ShowInvoice(invoice_id=payment.account.walk_in_id)
    return OpenAccount(ref=ref_of(payment.account))
