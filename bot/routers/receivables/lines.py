"""The lines of a payment: how it was paid, how much, the bank's reference."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors.payments import Overpaid
from bot.errors.receivables import TooManyLines
from bot.keyboards import recording as keyboards
from bot.keyboards.recording import PickAmount, PickMethod
from bot.models.payments import Method, PaymentLine
from bot.models.receivables import MOST_LINES, Plan
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._forms import advance, answers
from bot.routers.receivables import asking, parse
from bot.services import amounts
from bot.services.receivables import ReceivableService
from bot.states.receivables import ReceiptForm
from bot.texts import recording as texts


async def ask_method(
    _query: CallbackQuery, state: FSMContext, receivables: ReceivableService
) -> Reply:
    plan = await asking.plan(state, receivables)
    if len(plan.lines) >= MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    return await asking.method(plan, state)


async def pick_method(
    _query: CallbackQuery,
    callback_data: PickMethod,
    state: FSMContext,
    receivables: ReceivableService,
) -> Reply:
    plan = await asking.plan(state, receivables)
    await advance(state, ReceiptForm.amount, method=callback_data.method.value)
    return show(texts.ask_amount(plan, callback_data.method), keyboards.amounts(plan))


async def take_amount(message: Message, state: FSMContext, receivables: ReceivableService) -> Reply:
    paise = amounts.amount(_parse.words(message.text, limit=parse.CHARACTERS))
    return await _with_amount(paise, state, receivables)


async def pick_amount(
    _query: CallbackQuery,
    callback_data: PickAmount,
    state: FSMContext,
    receivables: ReceivableService,
) -> Reply:
    return await _with_amount(callback_data.paise, state, receivables)


async def take_reference(
    message: Message, state: FSMContext, receivables: ReceivableService
) -> Reply:
    return await _with_reference(parse.reference(message.text), state, receivables)


async def take_correction(
    message: Message, state: FSMContext, receivables: ReceivableService
) -> Reply:
    return await _corrected(parse.reference(message.text), state, receivables)


async def skip_reference(
    _query: CallbackQuery, state: FSMContext, raw_state: str, receivables: ReceivableService
) -> Reply:
    if raw_state == ReceiptForm.correction.state:
        return await _corrected(None, state, receivables)
    return await _with_reference(None, state, receivables)


async def _with_amount(paise: int, state: FSMContext, receivables: ReceivableService) -> Reply:
    """Cash has no reference, and is a line at once."""
    method = Method((await answers(state, "method"))["method"])
    plan = await asking.plan(state, receivables)
    if paise > plan.rest_paise and not plan.may_exceed:
        raise Overpaid(due_paise=plan.rest_paise)
    if method is Method.CASH:
        return await _add(PaymentLine(method=method, amount_paise=paise), plan, state)
    await advance(state, ReceiptForm.reference, paise=paise)
    return show(texts.ask_reference(method, paise), keyboards.reference())


async def _with_reference(
    reference: str | None, state: FSMContext, receivables: ReceivableService
) -> Reply:
    form = await answers(state, "method", "paise")
    line = PaymentLine(
        method=Method(form["method"]), amount_paise=form["paise"], reference=reference
    )
    return await _add(line, await asking.plan(state, receivables), state)


async def _corrected(
    reference: str | None, state: FSMContext, receivables: ReceivableService
) -> Reply:
    form = await answers(state, "lines", "at")
    lines = [list(line) for line in form["lines"]]
    lines[form["at"]][-1] = reference
    await advance(state, ReceiptForm.summary, lines=lines)
    return await asking.summary(await asking.plan(state, receivables), state)


async def _add(line: PaymentLine, plan: Plan, state: FSMContext) -> Reply:
    lines = [*asking.stored(plan.lines), *asking.stored((line,))]
    await advance(state, ReceiptForm.summary, lines=lines)
    return await asking.summary(plan.with_line(line), state)
