"""A booked payment for admins: its card, booking it back, giving credit back."""

from typing import Any, Final
from uuid import UUID, uuid4

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.errors.payments import AlreadyReversed, NoCredit, TooMuchToRefund
from bot.keyboards import payments as keyboards
from bot.keyboards.common import ShowPayment
from bot.keyboards.payments import (
    AskRefund,
    AskReversal,
    GiveBack,
    PickRefundMethod,
    ReversePayment,
)
from bot.models.payments import Method, PaymentLine
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._filters import May, Step
from bot.routers._forms import advance, answers, begin, expect_button, finish, last_step, leave
from bot.services import amounts, references
from bot.services.club import ClubService
from bot.services.payments import PaymentService
from bot.states.payments import RefundForm, ReversalForm
from bot.texts import payment_cards as texts

CHARACTERS: Final = 300
_SLIP: Final = 40  # characters of what stands on one


def build_router() -> Router:
    router = Router(name="payments")
    admin, press, take = May(Role.ADMIN), router.callback_query.register, router.message.register
    press(show_card, ShowPayment.filter(), admin)
    press(ask_reversal, AskReversal.filter(), admin)
    take(take_reversal_reason, Step(ReversalForm.reason), admin)
    at_review = StateFilter(ReversalForm.review)
    press(book_back, at_review, ReversePayment.filter(), admin)
    take(expect_button, Step(ReversalForm.review), admin)
    press(ask_refund, AskRefund.filter(), admin)
    take(take_amount, Step(RefundForm.amount), admin)
    press(pick_method, StateFilter(RefundForm.method), PickRefundMethod.filter(), admin)
    take(expect_button, Step(RefundForm.method), admin)
    take(take_reference, Step(RefundForm.reference), admin)
    take(take_refund_reason, Step(RefundForm.reason), admin)
    press(give_back, StateFilter(RefundForm.review), GiveBack.filter(), admin)
    take(expect_button, Step(RefundForm.review), admin)
    return router


async def show_card(
    _query: CallbackQuery,
    callback_data: ShowPayment,
    me: Person,
    state: FSMContext,
    payments: PaymentService,
    club: ClubService,
) -> Reply:
    shown = await _card(callback_data.payment_id, me, payments, club)
    await leave(state, ReversalForm, RefundForm)
    return shown


async def ask_reversal(
    _query: CallbackQuery,
    callback_data: AskReversal,
    me: Person,
    state: FSMContext,
    payments: PaymentService,
) -> Reply:
    payment = await payments.find(callback_data.payment_id, me=me)
    if payment.refunded_paise:
        raise AlreadyReversed
    await begin(state, ReversalForm.reason, payment_id=payment.id)
    return show(texts.ask_reversal(payment), keyboards.question("ReversalForm", payment.id))


async def take_reversal_reason(
    message: Message, me: Person, state: FSMContext, payments: PaymentService
) -> Reply:
    reason, operation_id = _parse.words(message.text, limit=CHARACTERS), uuid4()
    payment_id = (await answers(state, "payment_id"))["payment_id"]
    payment = await payments.find(payment_id, me=me)
    await advance(
        state,
        ReversalForm.review,
        reason=reason,
        operation_id=str(operation_id),
        spent=payment.spent,
    )
    shown = texts.review_reversal(payment, reason)
    return show(shown, keyboards.review_reversal(payment_id, operation_id))


async def book_back(
    _query: CallbackQuery,
    callback_data: ReversePayment,
    me: Person,
    state: FSMContext,
    payments: PaymentService,
    club: ClubService,
) -> Reply:
    form = await _confirmed(state, callback_data.operation_id, "reason", "spent")
    with last_step():
        refund = await payments.reverse(
            form["payment_id"],
            reason=form["reason"],
            by=me,
            operation_id=callback_data.operation_id,
            seen=form["spent"],
        )
    shown = await _card(form["payment_id"], me, payments, club)
    return shown.with_note(texts.reversed_(refund))


async def ask_refund(
    _query: CallbackQuery,
    callback_data: AskRefund,
    me: Person,
    state: FSMContext,
    payments: PaymentService,
) -> Reply:
    payment = await payments.find(callback_data.payment_id, me=me)
    credit = await payments.refundable(payment.account)
    if not credit:
        raise NoCredit
    await begin(state, RefundForm.amount, payment_id=payment.id)
    return show(texts.ask_amount(payment, credit), keyboards.question("RefundForm", payment.id))


async def take_amount(
    message: Message, me: Person, state: FSMContext, payments: PaymentService
) -> Reply:
    paise = amounts.amount(_parse.words(message.text, limit=CHARACTERS))
    payment_id = (await answers(state, "payment_id"))["payment_id"]
    payment = await payments.find(payment_id, me=me)
    if paise > (credit := await payments.refundable(payment.account)):
        raise TooMuchToRefund(credit_paise=credit)
    await advance(state, RefundForm.method, paise=paise)
    return show(texts.ASK_METHOD, keyboards.methods(payment_id))


async def pick_method(
    _query: CallbackQuery, callback_data: PickRefundMethod, state: FSMContext
) -> Reply:
    """Cash has no reference."""
    method, form = callback_data.method, await answers(state, "payment_id", "paise")
    question = keyboards.question("RefundForm", form["payment_id"])
    if method is Method.CASH:
        await advance(state, RefundForm.reason, method=method.value, reference=None)
        return show(texts.ask_reason(form["paise"]), question)
    await advance(state, RefundForm.reference, method=method.value)
    return show(texts.ask_reference(method), question)


async def take_reference(message: Message, state: FSMContext) -> Reply:
    form = await answers(state, "payment_id", "paise", "method")
    typed = _parse.words(message.text, limit=CHARACTERS)
    if Method(form["method"]).has_unique_reference:
        typed = references.reference(typed)
    else:
        typed = _parse.words(typed, limit=_SLIP)
    await advance(state, RefundForm.reason, reference=typed)
    question = keyboards.question("RefundForm", form["payment_id"])
    return show(texts.ask_reason(form["paise"]), question)


async def take_refund_reason(
    message: Message, me: Person, state: FSMContext, payments: PaymentService
) -> Reply:
    reason, operation_id = _parse.words(message.text, limit=CHARACTERS), uuid4()
    form = await answers(state, "payment_id", "paise", "method", "reference")
    payment = await payments.find(form["payment_id"], me=me)
    credit = await payments.refundable(payment.account)
    await advance(
        state,
        RefundForm.review,
        reason=reason,
        operation_id=str(operation_id),
        credit_paise=credit,
    )
    shown = texts.review_refund(payment, _line(form), reason, credit)
    return show(shown, keyboards.review_refund(payment.id, operation_id))


async def give_back(
    _query: CallbackQuery,
    callback_data: GiveBack,
    me: Person,
    state: FSMContext,
    payments: PaymentService,
    club: ClubService,
) -> Reply:
    form = await _confirmed(state, callback_data.operation_id, "reason", "credit_paise")
    payment_id = form["payment_id"]
    with last_step():
        refund = await payments.refund(
            (await payments.find(payment_id, me=me)).account,
            _line(form),
            reason=form["reason"],
            by=me,
            operation_id=callback_data.operation_id,
            seen_credit_paise=form["credit_paise"],
        )
    shown = await _card(payment_id, me, payments, club)
    return shown.with_note(texts.given(refund))


async def _confirmed(state: FSMContext, operation_id: UUID, *needed: str) -> dict[str, Any]:
    """The form's answers, if it is this review that was confirmed.

    Raises:
        FormExpired, StaleButton.
    """
    form = await finish(state, "payment_id", "operation_id", *needed)
    if form["operation_id"] != str(operation_id):
        raise StaleButton
    return form


def _line(form: dict[str, Any]) -> PaymentLine:
    return PaymentLine(
        method=Method(form["method"]), amount_paise=form["paise"], reference=form["reference"]
    )


async def _card(payment_id: int, me: Person, payments: PaymentService, club: ClubService) -> Reply:
    payment, zone = await payments.find(payment_id, me=me), (await club.get()).zone
    return show(texts.card(payment, zone), keyboards.card(payment))
