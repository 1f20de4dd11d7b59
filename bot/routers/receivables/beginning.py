"""From whom a payment is, and what it is for."""

from typing import Final
from uuid import uuid4

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors.receivables import NoBillChosen
from bot.keyboards import recording as keyboards
from bot.keyboards.common import RecordOnInvoice
from bot.keyboards.receivables import RecordFor
from bot.keyboards.recording import PickPayer, TickBill
from bot.models.payments import Account
from bot.models.receivables import Bills, account_at, ref_of
from bot.replies import Reply, show
from bot.routers import _search
from bot.routers._forms import advance, answers, begin
from bot.routers.receivables import asking
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.services.receivables import ReceivableService
from bot.states.receivables import ReceiptForm
from bot.texts import members as member_texts
from bot.texts import recording as texts

HITS: Final = 8


async def ask_payer(_query: CallbackQuery, state: FSMContext) -> Reply:
    await _begin(state)
    return show(texts.ASK_PAYER, keyboards.payer())


async def take_search(
    message: Message,
    state: FSMContext,
    members: MemberService,
    club: ClubService,
    receivables: ReceivableService,
) -> Reply:
    """One hit is taken at once; several leave the search open."""
    wanted = _search.wanted(message, await club.get())
    found = await members.search(wanted, limit=HITS)
    if len(found.people) > 1:
        return show(member_texts.several(found), keyboards.hits(found.people))
    return await _ask_bills(Account(person_id=found.people[0].id), state, receivables)


async def pick_payer(
    _query: CallbackQuery,
    callback_data: PickPayer,
    state: FSMContext,
    receivables: ReceivableService,
) -> Reply:
    return await _ask_bills(Account(person_id=callback_data.person_id), state, receivables)


async def begin_for(
    _query: CallbackQuery,
    callback_data: RecordFor,
    state: FSMContext,
    receivables: ReceivableService,
) -> Reply:
    """A walk-in customer has one bill: there is nothing to choose."""
    account = account_at(callback_data.ref)
    if account.walk_in_id is not None:
        return await _begin_on(account.walk_in_id, state, receivables)
    bills = await receivables.bills(account)
    await _begin(state)
    return await _asked_bills(bills, [], state)


async def begin_on(
    _query: CallbackQuery,
    callback_data: RecordOnInvoice,
    state: FSMContext,
    receivables: ReceivableService,
) -> Reply:
    return await _begin_on(callback_data.invoice_id, state, receivables)


async def ask_bills(
    _query: CallbackQuery, state: FSMContext, receivables: ReceivableService
) -> Reply:
    form = await answers(state, "ref", "ticked")
    bills = await receivables.bills(account_at(form["ref"]))
    return await _asked_bills(bills, form["ticked"], state)


async def tick(
    _query: CallbackQuery,
    callback_data: TickBill,
    state: FSMContext,
    receivables: ReceivableService,
) -> Reply:
    form = await answers(state, "ref", "ticked")
    bills = await receivables.bills(account_at(form["ref"]))
    ticked = {*form["ticked"]} ^ {callback_data.invoice_id}
    return await _asked_bills(bills, list(ticked), state)


async def take_ticked(
    _query: CallbackQuery, state: FSMContext, receivables: ReceivableService
) -> Reply:
    """Those that something is due on still, in the order in which they are due."""
    form = await answers(state, "ref", "ticked")
    bills = await receivables.bills(account_at(form["ref"]))
    wanted = [due.invoice_id for due in bills.chosen(form["ticked"])]
    if not wanted:
        raise NoBillChosen
    return await _chosen(wanted, state, receivables)


async def take_oldest(
    _query: CallbackQuery, state: FSMContext, receivables: ReceivableService
) -> Reply:
    return await _chosen(None, state, receivables)


async def take_advance(
    _query: CallbackQuery, state: FSMContext, receivables: ReceivableService
) -> Reply:
    return await _chosen([], state, receivables)


async def take_fitness_advance(
    _query: CallbackQuery, state: FSMContext, receivables: ReceivableService
) -> Reply:
    return await _chosen([], state, receivables, for_fitness=True)


async def _begin(state: FSMContext) -> None:
    """The operation is this run of the form's: whatever is pressed twice is booked once."""
    await begin(state, ReceiptForm.search, operation_id=str(uuid4()), lines=[])


async def _begin_on(invoice_id: int, state: FSMContext, receivables: ReceivableService) -> Reply:
    account = await receivables.account_of(invoice_id)
    await _begin(state)
    await advance(state, ReceiptForm.bills, ref=ref_of(account), ticked=[invoice_id])
    return await _chosen([invoice_id], state, receivables)


async def _ask_bills(account: Account, state: FSMContext, receivables: ReceivableService) -> Reply:
    return await _asked_bills(await receivables.bills(account), [], state)


async def _asked_bills(bills: Bills, ticked: list[int], state: FSMContext) -> Reply:
    """Of ``ticked`` only what is due on this account stays."""
    ticked = [due.invoice_id for due in bills.chosen(ticked)]
    await advance(state, ReceiptForm.bills, ref=ref_of(bills.account), ticked=ticked)
    return show(texts.ask_bills(bills), keyboards.bills(bills, ticked))


async def _chosen(
    wanted: list[int] | None,
    state: FSMContext,
    receivables: ReceivableService,
    *,
    for_fitness: bool = False,
) -> Reply:
    """On to the first line, or back to those that are there."""
    await advance(state, ReceiptForm.bills, wanted=wanted, for_fitness=for_fitness)
    plan = await asking.plan(state, receivables)
    return await asking.summary(plan, state) if plan.lines else await asking.method(plan, state)
