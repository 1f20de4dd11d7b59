"""Admins ask members for money that no invoice asks for: how much, what for; open ones, cancel."""

from typing import Any, Final
from uuid import UUID, uuid4

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.keyboards import payment_requests as keyboards
from bot.keyboards.members import AskPayment
from bot.keyboards.payment_requests import (
    CancelRequest,
    OpenRequest,
    OpenRequests,
    SendFitnessRequest,
    SendRequest,
)
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._filters import May, Step
from bot.routers._forms import advance, answers, begin, expect_button, finish, last_step
from bot.services.amounts import amount
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.services.payment_requests import PaymentRequestService
from bot.states.payment_requests import PaymentRequestForm
from bot.texts import payment_requests as texts

PURPOSE_LIMIT: Final = 200
AMOUNT_CHARACTERS: Final = 30


def build_router() -> Router:
    router = Router(name="payment_requests")
    admins, press, say = May(Role.ADMIN), router.callback_query.register, router.message.register
    press(ask_amount, AskPayment.filter(), admins)
    say(take_amount, Step(PaymentRequestForm.amount), admins)
    say(take_purpose, Step(PaymentRequestForm.purpose), admins)
    say(expect_button, Step(PaymentRequestForm.review), admins)
    press(send, SendRequest.filter(), admins)
    press(send, SendFitnessRequest.filter(), admins)
    press(show_page, OpenRequests.filter(), admins)
    press(show_card, OpenRequest.filter(), admins)
    press(cancel_request, CancelRequest.filter(), admins)
    return router


async def ask_amount(
    _query: CallbackQuery,
    callback_data: AskPayment,
    me: Person,
    state: FSMContext,
    members: MemberService,
) -> Reply:
    person = await members.reachable(callback_data.person_id, by=me)
    await begin(state, PaymentRequestForm.amount, person_id=person.id)
    return show(texts.ask_amount(person), keyboards.question(person.id))


async def take_amount(
    message: Message, me: Person, state: FSMContext, members: MemberService
) -> Reply:
    paise = amount(_parse.words(message.text, limit=AMOUNT_CHARACTERS))
    form = await answers(state, "person_id")
    person = await members.reachable(form["person_id"], by=me)
    await advance(state, PaymentRequestForm.purpose, amount_paise=paise)
    question = texts.ask_purpose(person, paise, limit=PURPOSE_LIMIT)
    return show(question, keyboards.question(person.id))


async def take_purpose(
    message: Message,
    me: Person,
    state: FSMContext,
    members: MemberService,
    payment_requests: PaymentRequestService,
) -> Reply:
    """Where it decides how the money is taxed, they say whether it is for the club's services."""
    purpose = _parse.words(message.text, limit=PURPOSE_LIMIT)
    form = await answers(state, "person_id", "amount_paise")
    person = await members.reachable(form["person_id"], by=me)
    operation_id = uuid4()
    await advance(state, PaymentRequestForm.review, purpose=purpose, operation_id=str(operation_id))
    asks = await payment_requests.asks_what_for()
    last_look = keyboards.review(person.id, operation_id, asks_what_for=asks)
    shown = texts.review(person, form["amount_paise"], purpose, asks_what_for=asks)
    return show(shown, last_look)


async def send(
    _query: CallbackQuery,
    callback_data: SendRequest | SendFitnessRequest,
    me: Person,
    state: FSMContext,
    payment_requests: PaymentRequestService,
    club: ClubService,
) -> Reply:
    """Its button pressed again shows what it has made."""
    operation_id = callback_data.operation_id
    made = await payment_requests.made(operation_id)
    if made is None:
        form = await _reviewed(state, operation_id)
        with last_step():
            made = await payment_requests.ask(
                form["person_id"],
                amount_paise=form["amount_paise"],
                purpose=form["purpose"],
                by=me,
                operation_id=operation_id,
                for_fitness=isinstance(callback_data, SendFitnessRequest),
            )
    return await _card(made.id, payment_requests, club, sent=True)


async def show_page(
    _query: CallbackQuery, callback_data: OpenRequests, payment_requests: PaymentRequestService
) -> Reply:
    shown = await payment_requests.page(callback_data.page)
    return show(texts.page(shown), keyboards.page(shown))


async def show_card(
    _query: CallbackQuery,
    callback_data: OpenRequest,
    payment_requests: PaymentRequestService,
    club: ClubService,
) -> Reply:
    return await _card(callback_data.request_id, payment_requests, club)


async def cancel_request(
    _query: CallbackQuery,
    callback_data: CancelRequest,
    me: Person,
    payment_requests: PaymentRequestService,
    club: ClubService,
) -> Reply:
    await payment_requests.cancel(callback_data.request_id, by=me)
    return await _card(callback_data.request_id, payment_requests, club)


async def _reviewed(state: FSMContext, operation_id: UUID) -> dict[str, Any]:
    """The answers that stood above this very button; the form is closed.

    Raises:
        FormExpired: it was left.
        StaleButton: another one is open by now.
    """
    form = await answers(state, "person_id", "amount_paise", "purpose", "operation_id")
    if form["operation_id"] != str(operation_id):
        raise StaleButton
    return await finish(state)


async def _card(
    request_id: int,
    payment_requests: PaymentRequestService,
    club: ClubService,
    *,
    sent: bool = False,
) -> Reply:
    shown = await payment_requests.card(request_id)
    toast = texts.asked(shown.person.name) if sent else ""
    return show(texts.card(shown, (await club.get()).zone), keyboards.card(shown), toast=toast)
