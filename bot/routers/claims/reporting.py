"""The last step of an attempt at paying: the club is told, once."""

from functools import partial
from typing import Any
from uuid import UUID

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors.payments import ReferenceUsed
from bot.errors.subscriptions import NoPayLater
from bot.keyboards.claims import PayLater, ReportCash
from bot.models.claims import NewClaim
from bot.models.dues import Payable, PayableKind
from bot.models.people import Person
from bot.models.purchases import NewPurchase
from bot.replies import Reply
from bot.routers._forms import answers, finish, last_step
from bot.routers.claims import parse, screens
from bot.routers.claims.attempts import close, go
from bot.services.attempts import AttemptService
from bot.services.dues import DueService


async def report_cash(
    _query: CallbackQuery,
    callback_data: ReportCash,
    state: FSMContext,
    me: Person,
    attempts: AttemptService,
    dues: DueService,
) -> Reply:
    """Tell the club."""
    known = await _outcome(callback_data.attempt, state, me, attempts)
    way = partial(_report_cash, me, attempts)
    return known or await go(way, callback_data.attempt, state, me, dues)


async def pay_later(
    _query: CallbackQuery,
    callback_data: PayLater,
    state: FSMContext,
    me: Person,
    attempts: AttemptService,
    dues: DueService,
) -> Reply:
    """Ask for a subscription on account."""
    known = await _outcome(callback_data.attempt, state, me, attempts)
    way = partial(_pay_later, me, attempts)
    return known or await go(way, callback_data.attempt, state, me, dues)


async def _outcome(
    attempt: UUID, state: FSMContext, me: Person, attempts: AttemptService
) -> Reply | None:
    """Of a button that is pressed again: the same."""
    made = await attempts.find(attempt, me=me)
    if made is None:
        return None
    await close(attempt, state)
    return screens.outcome(made)


async def take_proof(
    message: Message, bot: Bot, state: FSMContext, me: Person, attempts: AttemptService
) -> Reply:
    """A bank's reference, or a picture; whichever comes first is reported."""
    form = await answers(state, "attempt", "kind", "name", "method", "paid_paise", "cash_paise")
    new = _what(form, parse.claim(form, await parse.proof(message, bot)))
    with last_step(unless=(ReferenceUsed,)):
        made = await attempts.submit(new, me=me, attempt=UUID(form["attempt"]))
    await finish(state)
    return screens.outcome(made)


def _what(form: dict[str, Any], paid: NewClaim) -> NewClaim | NewPurchase:
    """A plan is asked for with its payment."""
    is_plan = PayableKind(form["kind"]) is PayableKind.PLAN
    return parse.purchase(form, paid) if is_plan else paid


async def _report_cash(
    me: Person, attempts: AttemptService, _payable: Payable, state: FSMContext
) -> Reply:
    form = await finish(state, "attempt", "kind", "name", "due_paise")
    with last_step():
        new = _what(form, parse.cash(form))
        made = await attempts.submit(new, me=me, attempt=UUID(form["attempt"]))
    return screens.outcome(made)


async def _pay_later(
    me: Person, attempts: AttemptService, payable: Payable, state: FSMContext
) -> Reply:
    """Where it is not possible (any more), another way may be chosen."""
    if payable.kind is not PayableKind.PLAN:
        raise NoPayLater
    form = await answers(state, "attempt", "due_paise", "starts", "subject_id")
    new = parse.purchase(form, None)
    with last_step(unless=(NoPayLater,)):
        made = await attempts.submit(new, me=me, attempt=UUID(form["attempt"]))
    await finish(state)
    return screens.outcome(made)
