"""The code of a discount, typed for a plan that is about to be bought, and taken away again."""

from uuid import UUID

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors.claims import PaymentClosed
from bot.keyboards import claims as keyboards
from bot.keyboards.purchases import AskCode, DropCode
from bot.models.dues import PayableKind
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers._forms import advance, answers
from bot.routers.claims import attempts, parse, screens
from bot.services.dues import DueService
from bot.states.claims import SubscribeForm
from bot.texts import promos as texts


async def ask_code(
    _query: CallbackQuery, callback_data: AskCode, state: FSMContext, me: Person, dues: DueService
) -> Reply:
    form = await attempts.held(state, callback_data.attempt)
    if form["kind"] != PayableKind.PLAN:
        raise PaymentClosed
    payable = await attempts.payable(form, me, dues)
    await advance(state, SubscribeForm.code)
    return show(texts.ASK_CODE, keyboards.question(payable, callback_data.attempt))


async def take_code(message: Message, state: FSMContext, me: Person, dues: DueService) -> Reply:
    """One that is not taken is told of and asked for again: nothing else in the form changes."""
    form = await answers(state, "attempt", "kind", "subject_id", "starts")
    typed = {**form, "code": parse.code(message.text)}
    payable = await attempts.payable(typed, me, dues)
    if payable.choice is None or payable.choice.offer.obstacle is None:
        return await screens.ways(payable, state)
    wrong = form.get("wrong_codes", 0) + 1
    await advance(state, SubscribeForm.code, wrong_codes=wrong)
    refused = texts.not_taken(payable.choice.offer.obstacle, wrong)
    return show(refused, keyboards.question(payable, UUID(form["attempt"])))


async def drop_code(
    _query: CallbackQuery,
    callback_data: DropCode,
    state: FSMContext,
    me: Person,
    dues: DueService,
) -> Reply:
    payable = await dues.plan(callback_data.plan_id, callback_data.starts, me=me)
    return await screens.ways(payable, state)
