"""Buttons of what a person owes: below an invoice, in the list, and on the way to having paid."""

from typing import Annotated
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards import purchases
from bot.keyboards.common import OpenMenu, RowId, back, button, cancel, keyboard
from bot.keyboards.purchases import OpenShelf
from bot.models.claims import Claim, ClaimStatus, PaymentRequest
from bot.models.dues import Owed, OwnClaim, Payable, PayableKind
from bot.models.money import MAX_PAISE
from bot.models.payments import Due
from bot.models.upi import UpiRequest
from bot.texts import claims as texts
from bot.texts import payments as payment_texts
from bot.texts import purchases as purchase_texts

_FORM = "PayForm"
_PLAN_FORM = "SubscribeForm"
_SHOWN = 10  # of each kind; who owes more pays the oldest first


class OpenDues(CallbackData, prefix="pay-list"):
    """Show all that one owes."""


class PayDue(CallbackData, prefix="pay-open"):
    """Show what is due on this and how to pay it; ``anew``: the message above is to stay."""

    kind: PayableKind
    subject_id: RowId
    anew: bool


class ReportPayment(CallbackData, prefix="pay-new"):
    """Report money that nobody has asked for; ``anew`` as in ``PayDue``."""

    anew: bool = False


class ChangeWay(CallbackData, prefix="pay-ways"):
    """Show the ways to pay once more."""

    attempt: UUID


class PayByUpi(CallbackData, prefix="pay-upi"):
    attempt: UUID


class PayByBank(CallbackData, prefix="pay-bank"):
    attempt: UUID


class PayByCash(CallbackData, prefix="pay-cash"):
    """Ask whether they mean it."""

    attempt: UUID


class SplitPayment(CallbackData, prefix="pay-split"):
    """Ask how much of it comes by UPI."""

    attempt: UUID


class ReportCash(CallbackData, prefix="pay-cash-yes"):
    """They mean it."""

    attempt: UUID


class PayLater(CallbackData, prefix="pay-later"):
    """Ask for a subscription on account."""

    attempt: UUID


class UseCredit(CallbackData, prefix="pay-credit"):
    """Spend credit on an invoice; ``seen_paise`` is what was shown, and only compared."""

    invoice_id: RowId
    seen_paise: Annotated[int, Field(ge=1, le=100 * MAX_PAISE)]


class WithdrawClaim(CallbackData, prefix="pay-undo"):
    """Take back what waits for the club."""

    claim_id: RowId


class RejectInvoice(CallbackData, prefix="pay-reject"):
    """Ask why it is not accepted."""

    invoice_id: RowId


def below_invoice(invoice_id: int) -> InlineKeyboardMarkup:
    reject = button(texts.REJECT, RejectInvoice(invoice_id=invoice_id))
    return keyboard([_pay(PayableKind.INVOICE, invoice_id), reject])


def below_request(request: PaymentRequest) -> InlineKeyboardMarkup:
    return keyboard([_pay(PayableKind.REQUEST, request.id)])


def pay_invoice(invoice_id: int) -> InlineKeyboardMarkup:
    return keyboard([_pay(PayableKind.INVOICE, invoice_id)])


def pay_again(claim: Claim) -> InlineKeyboardMarkup:
    """What it was about, once more."""
    if claim.invoice_id is not None:
        return keyboard([_pay(PayableKind.INVOICE, claim.invoice_id, texts.PAY_AGAIN)])
    if claim.request_id is not None:
        return keyboard([_pay(PayableKind.REQUEST, claim.request_id, texts.PAY_AGAIN)])
    return keyboard([button(texts.ASK, ReportPayment(anew=True))])


def owed(shown: Owed) -> InlineKeyboardMarkup:
    dues = [
        each for each in shown.dues if not shown.waits_for(PayableKind.INVOICE, each.invoice_id)
    ]
    requests = [
        each for each in shown.requests if not shown.waits_for(PayableKind.REQUEST, each.id)
    ]
    return keyboard(
        *([_pay_due(each)] for each in dues[:_SHOWN]),
        *([_pay_request(each)] for each in requests[:_SHOWN]),
        *([_withdraw(each, texts.withdraw(each))] for each in shown.waiting[:_SHOWN]),
        [button(texts.ASK, ReportPayment())] if shown.may_report else [],
        [back(OpenMenu())],
    )


def ways(payable: Payable, attempt: UUID) -> InlineKeyboardMarkup:
    """Only those that the club takes."""
    credit, means = payable.usable_credit_paise, payable.means
    use_credit = UseCredit(invoice_id=payable.id or 1, seen_paise=credit) if credit else None
    may_pay_later = payable.choice is not None and payable.choice.offer.may_pay_later
    cash = button(payment_texts.CASH, PayByCash(attempt=attempt))
    bank = button(payment_texts.BANK, PayByBank(attempt=attempt))
    return keyboard(
        *(purchases.other_starts(payable.choice) if payable.choice else []),
        purchases.discount(payable.choice, attempt) if payable.choice else [],
        [button(texts.use_credit(credit), use_credit)] if use_credit else [],
        [*([_upi(attempt)] if means.upi_id else []), cash],
        [button(texts.SPLIT, SplitPayment(attempt=attempt))] if means.upi_id else [],
        [bank] if means.bank_details else [],
        [button(purchase_texts.PAY_LATER, PayLater(attempt=attempt))] if may_pay_later else [],
        [back(OpenShelf() if payable.choice else OpenDues()), cancel(_form(payable))],
    )


def pay_by_upi(payable: Payable, request: UpiRequest, attempt: UUID) -> InlineKeyboardMarkup:
    return keyboard(
        [_copy(texts.COPY_ADDRESS, request.payee)],
        [_copy(texts.COPY_AMOUNT, request.amount), _copy(texts.COPY_REFERENCE, request.reference)],
        _way_out(payable, attempt),
    )


def question(payable: Payable, attempt: UUID) -> InlineKeyboardMarkup:
    return keyboard(_way_out(payable, attempt))


def advance() -> InlineKeyboardMarkup:
    return keyboard([back(OpenDues()), cancel(_FORM)])


def confirm_cash(payable: Payable, attempt: UUID) -> InlineKeyboardMarkup:
    yes = button(texts.CASH_YES, ReportCash(attempt=attempt))
    return keyboard([yes], _way_out(payable, attempt))


def reported(claim: OwnClaim) -> InlineKeyboardMarkup:
    waits = claim.status is ClaimStatus.WAITING
    return keyboard([_withdraw(claim, texts.WITHDRAW)] if waits else [], [_dues()])


def only_dues() -> InlineKeyboardMarkup:
    return keyboard([_dues()])


def _dues() -> InlineKeyboardButton:
    return button(texts.DUES, OpenDues())


def _pay(kind: PayableKind, subject_id: int, label: str = texts.PAY) -> InlineKeyboardButton:
    return button(label, PayDue(kind=kind, subject_id=subject_id, anew=True))


def _pay_due(due: Due) -> InlineKeyboardButton:
    data = PayDue(kind=PayableKind.INVOICE, subject_id=due.invoice_id, anew=False)
    return button(texts.pay(due.number, due.due_paise), data)


def _pay_request(request: PaymentRequest) -> InlineKeyboardButton:
    data = PayDue(kind=PayableKind.REQUEST, subject_id=request.id, anew=False)
    return button(texts.pay(request.purpose, request.amount_paise), data)


def _upi(attempt: UUID) -> InlineKeyboardButton:
    return button(payment_texts.UPI, PayByUpi(attempt=attempt))


def _withdraw(claim: OwnClaim, label: str) -> InlineKeyboardButton:
    return button(label, WithdrawClaim(claim_id=claim.id))


def _way_out(payable: Payable, attempt: UUID) -> list[InlineKeyboardButton]:
    return [back(ChangeWay(attempt=attempt)), cancel(_form(payable))]


def _form(payable: Payable) -> str:
    return _PLAN_FORM if payable.choice else _FORM


def _copy(label: str, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, copy_text=CopyTextButton(text=text))
