"""The end of a payment that is being booked: a last look, and it is saved."""

from dataclasses import replace
from uuid import UUID

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.keyboards import recording as keyboards
from bot.keyboards.recording import CorrectReference, RemoveReceiptLine, SaveReceipt
from bot.models.people import Person
from bot.models.receivables import Plan
from bot.replies import Reply, show
from bot.routers._forms import advance, answers, finish
from bot.routers.receivables import asking
from bot.services.receivables import ReceivableService
from bot.states.receivables import ReceiptForm
from bot.texts import recording as texts


async def show_summary(
    _query: CallbackQuery, state: FSMContext, receivables: ReceivableService
) -> Reply:
    return await _shown(await asking.plan(state, receivables), state)


async def remove_line(
    _query: CallbackQuery,
    callback_data: RemoveReceiptLine,
    state: FSMContext,
    receivables: ReceivableService,
) -> Reply:
    plan = await asking.plan(state, receivables)
    if await _is_old(callback_data.token, state) or callback_data.at >= len(plan.lines):
        return await _changed(plan, state)
    plan = plan.without_line(callback_data.at)
    await advance(state, ReceiptForm.summary, lines=asking.stored(plan.lines))
    return await _shown(plan, state)


async def ask_correction(
    _query: CallbackQuery,
    callback_data: CorrectReference,
    state: FSMContext,
    receivables: ReceivableService,
) -> Reply:
    plan = await asking.plan(state, receivables)
    if await _is_old(callback_data.token, state) or callback_data.at >= len(plan.lines):
        return await _changed(plan, state)
    line = plan.lines[callback_data.at]
    await advance(state, ReceiptForm.correction, at=callback_data.at)
    return show(texts.ask_reference(line.method, line.amount_paise), keyboards.correction())


async def save(
    _query: CallbackQuery,
    callback_data: SaveReceipt,
    me: Person,
    state: FSMContext,
    receivables: ReceivableService,
) -> Reply:
    """Where something else is due by now, nothing is booked and the summary is shown anew."""
    form = await answers(state, "seen_paise", "operation_id")
    plan = await asking.plan(state, receivables)
    if await _is_old(callback_data.token, state):
        return await _changed(plan, state)
    operation_id = UUID(form["operation_id"])
    payment = await receivables.save(
        plan.receipt(seen_paise=form["seen_paise"]), by=me, operation_id=operation_id
    )
    if payment is None:
        return await _changed(await asking.plan(state, receivables), state)
    await finish(state)
    return show(texts.booked(payment), keyboards.booked(payment.account))


async def _is_old(token: str, state: FSMContext) -> bool:
    return bool(token != (await answers(state, "token"))["token"])


async def _changed(plan: Plan, state: FSMContext) -> Reply:
    return replace(await _shown(plan, state), toast=texts.CHANGED, alert=True)


async def _shown(plan: Plan, state: FSMContext) -> Reply:
    """The question for the first line, where none is left."""
    return await asking.summary(plan, state) if plan.lines else await asking.method(plan, state)
