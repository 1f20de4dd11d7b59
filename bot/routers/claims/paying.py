"""An attempt at paying: by UPI, cash, both or a transfer; what the club is told is in reporting."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors.claims import NotAPart, WayGone
from bot.keyboards import claims as keyboards
from bot.keyboards.claims import ChangeWay, PayByBank, PayByCash, PayByUpi, PayDue, SplitPayment
from bot.models.dues import Payable
from bot.models.payments import Method
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._forms import advance, answers
from bot.routers.claims import attempts, parse, screens
from bot.services import amounts
from bot.services.dues import DueService
from bot.texts import claims as texts


async def show_ways(
    _query: CallbackQuery, callback_data: PayDue, state: FSMContext, me: Person, dues: DueService
) -> Reply:
    payable = await dues.payable(callback_data.kind, callback_data.subject_id, me=me)
    shown = await screens.ways(payable, state)
    return replace(shown, fresh=callback_data.anew)


async def change_way(
    _query: CallbackQuery,
    callback_data: ChangeWay,
    state: FSMContext,
    me: Person,
    dues: DueService,
) -> Reply:
    form = await attempts.held(state, callback_data.attempt)
    return await screens.ways(await attempts.payable(form, me, dues), state)


async def pay_by_upi(
    _query: CallbackQuery, callback_data: PayByUpi, state: FSMContext, me: Person, dues: DueService
) -> Reply:
    return await attempts.go(_whole_by_upi, callback_data.attempt, state, me, dues)


async def pay_by_bank(
    _query: CallbackQuery, callback_data: PayByBank, state: FSMContext, me: Person, dues: DueService
) -> Reply:
    return await attempts.go(_transfer, callback_data.attempt, state, me, dues)


async def pay_by_cash(
    _query: CallbackQuery, callback_data: PayByCash, state: FSMContext, me: Person, dues: DueService
) -> Reply:
    return await attempts.go(_confirm_cash, callback_data.attempt, state, me, dues)


async def split(
    _query: CallbackQuery,
    callback_data: SplitPayment,
    state: FSMContext,
    me: Person,
    dues: DueService,
) -> Reply:
    return await attempts.go(_ask_part, callback_data.attempt, state, me, dues)


async def take_part(message: Message, state: FSMContext, me: Person, dues: DueService) -> Reply:
    form = await answers(state, "attempt", "kind", "due_paise")
    part = amounts.amount(_parse.words(message.text, limit=parse.CHARACTERS))
    if part >= form["due_paise"]:
        raise NotAPart(due_paise=form["due_paise"])
    by_upi = partial(_part_by_upi, part)
    return await attempts.go(by_upi, UUID(form["attempt"]), state, me, dues)


async def _whole_by_upi(payable: Payable, state: FSMContext) -> Reply:
    return await screens.upi(payable, payable.due_paise, state)


async def _part_by_upi(part: int, payable: Payable, state: FSMContext) -> Reply:
    return await screens.upi(payable, part, state)


async def _transfer(payable: Payable, state: FSMContext) -> Reply:
    if not payable.means.bank_details:
        raise WayGone
    await screens.waiting_for_proof(payable, state, Method.BANK, payable.due_paise)
    return await _question(texts.pay_by_bank(payable), payable, state)


async def _confirm_cash(payable: Payable, state: FSMContext) -> Reply:
    form = await answers(state, "attempt")
    await advance(state, screens.steps(payable).cash)
    yes = keyboards.confirm_cash(payable, UUID(form["attempt"]))
    return show(texts.confirm_cash(payable), yes)


async def _ask_part(payable: Payable, state: FSMContext) -> Reply:
    if not payable.means.upi_id:
        raise WayGone
    await advance(state, screens.steps(payable).part)
    return await _question(texts.ask_part(payable), payable, state)


async def _question(text: str, payable: Payable, state: FSMContext) -> Reply:
    form = await answers(state, "attempt")
    return show(text, keyboards.question(payable, UUID(form["attempt"])))
