"""An attempt at paying: by UPI, cash, both or a transfer, up to what the club is told."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import ButtonExpected
from bot.errors.claims import NotAPart, PaymentClosed, WayGone
from bot.errors.payments import ReferenceUsed
from bot.keyboards import claims as keyboards
from bot.keyboards.claims import (
    ChangeWay,
    PayByBank,
    PayByCash,
    PayByUpi,
    PayDue,
    ReportCash,
    SplitPayment,
)
from bot.models.dues import OwnClaim, Payable, PayableKind
from bot.models.payments import Method
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._forms import advance, answers, finish, last_step
from bot.routers.claims import parse, screens
from bot.services import amounts
from bot.services.claims import ClaimService
from bot.services.dues import DueService
from bot.states.claims import PayForm
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
    form = await _attempt(state, callback_data.attempt)
    return await screens.ways(await _payable(form, me, dues), state)


async def pay_by_upi(
    _query: CallbackQuery, callback_data: PayByUpi, state: FSMContext, me: Person, dues: DueService
) -> Reply:
    return await _go(_whole_by_upi, callback_data.attempt, state, me, dues)


async def pay_by_bank(
    _query: CallbackQuery, callback_data: PayByBank, state: FSMContext, me: Person, dues: DueService
) -> Reply:
    return await _go(_transfer, callback_data.attempt, state, me, dues)


async def pay_by_cash(
    _query: CallbackQuery, callback_data: PayByCash, state: FSMContext, me: Person, dues: DueService
) -> Reply:
    return await _go(_confirm_cash, callback_data.attempt, state, me, dues)


async def split(
    _query: CallbackQuery,
    callback_data: SplitPayment,
    state: FSMContext,
    me: Person,
    dues: DueService,
) -> Reply:
    return await _go(_ask_part, callback_data.attempt, state, me, dues)


async def take_part(message: Message, state: FSMContext, me: Person, dues: DueService) -> Reply:
    form = await answers(state, "attempt", "kind", "due_paise")
    part = amounts.amount(_parse.words(message.text, limit=parse.CHARACTERS))
    if part >= form["due_paise"]:
        raise NotAPart(due_paise=form["due_paise"])
    by_upi = partial(_part_by_upi, part)
    return await _go(by_upi, UUID(form["attempt"]), state, me, dues)


async def report_cash(
    _query: CallbackQuery,
    callback_data: ReportCash,
    state: FSMContext,
    me: Person,
    claims: ClaimService,
    dues: DueService,
) -> Reply:
    """Tell the club; the button pressed again shows the same outcome."""
    if made := await dues.reported(callback_data.attempt, me=me):
        await _close(callback_data.attempt, state)
        return screens.reported(made)
    report = partial(_report_cash, me, claims)
    return await _go(report, callback_data.attempt, state, me, dues)


async def take_proof(
    message: Message, bot: Bot, state: FSMContext, me: Person, claims: ClaimService
) -> Reply:
    """A bank's reference, or a picture; whichever comes first is reported."""
    form = await answers(state, "attempt", "kind", "name", "method", "paid_paise", "cash_paise")
    new = parse.claim(form, await parse.proof(message, bot))
    with last_step(unless=(ReferenceUsed,)):
        claim = await claims.submit(new, me=me, operation_id=UUID(form["attempt"]))
    await finish(state)
    return screens.reported(OwnClaim.of(claim, form["name"]))


async def expect_button(_message: Message) -> Reply:
    raise ButtonExpected


expect_yes = expect_button


async def _go(
    way: Callable[[Payable, FSMContext], Awaitable[Reply]],
    attempt: UUID,
    state: FSMContext,
    me: Person,
    dues: DueService,
) -> Reply:
    """On with this attempt, unless something else is due by now: then how to pay is asked anew."""
    form = await _attempt(state, attempt)
    payable = await _payable(form, me, dues)
    if payable.waiting or payable.due_paise != form["due_paise"]:
        return await screens.changed(payable, state)
    return await way(payable, state)


async def _attempt(state: FSMContext, attempt: UUID) -> dict[str, Any]:
    form = await state.get_data()
    if form.get("attempt") != str(attempt):
        raise PaymentClosed
    return form


async def _close(attempt: UUID, state: FSMContext) -> None:
    """The form, if it is still this attempt's: a worker may have died before it closed it."""
    form = await state.get_data()
    if form.get("attempt") == str(attempt):
        await finish(state)


async def _payable(form: dict[str, Any], me: Person, dues: DueService) -> Payable:
    """As it is now. What is not to be paid any more ends the form."""
    kind = PayableKind(form["kind"])
    with last_step():
        if kind is PayableKind.ADVANCE:
            return await dues.advance(form["due_paise"], form["name"], me=me)
        return await dues.payable(kind, form["subject_id"], me=me)


async def _whole_by_upi(payable: Payable, state: FSMContext) -> Reply:
    return await screens.upi(payable, payable.due_paise, state)


async def _part_by_upi(part: int, payable: Payable, state: FSMContext) -> Reply:
    return await screens.upi(payable, part, state)


async def _transfer(payable: Payable, state: FSMContext) -> Reply:
    if not payable.means.bank_details:
        raise WayGone
    await screens.waiting_for_proof(state, Method.BANK, payable.due_paise)
    return await _question(texts.pay_by_bank(payable), state)


async def _confirm_cash(payable: Payable, state: FSMContext) -> Reply:
    form = await answers(state, "attempt")
    await advance(state, PayForm.cash)
    return show(texts.confirm_cash(payable), keyboards.confirm_cash(UUID(form["attempt"])))


async def _ask_part(payable: Payable, state: FSMContext) -> Reply:
    if not payable.means.upi_id:
        raise WayGone
    await advance(state, PayForm.part)
    return await _question(texts.ask_part(payable), state)


async def _question(text: str, state: FSMContext) -> Reply:
    form = await answers(state, "attempt")
    return show(text, keyboards.question(UUID(form["attempt"])))


async def _report_cash(
    me: Person, claims: ClaimService, payable: Payable, state: FSMContext
) -> Reply:
    form = await finish(state, "attempt", "kind", "name", "due_paise")
    with last_step():
        claim = await claims.submit(parse.cash(form), me=me, operation_id=UUID(form["attempt"]))
    return screens.reported(OwnClaim.of(claim, payable.name))
