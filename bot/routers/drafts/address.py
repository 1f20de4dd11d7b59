"""Where the buyer is: an address with its State, or the GSTIN, which has its own."""

from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import drafts as keyboards
from bot.keyboards.drafts import (
    AskAddress,
    AskBuyerGstin,
    ForgetBuyerGstin,
    OpenBuyerStates,
    PickBuyerState,
)
from bot.models.invoices import Buyer
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._forms import advance, answers, begin, finish, last_step, leave
from bot.routers.business import parse as business_parse
from bot.routers.drafts import parse, screens
from bot.services.drafts import DraftService
from bot.states.drafts import DraftForm
from bot.texts import drafts as texts


async def ask_address(
    _query: CallbackQuery,
    callback_data: AskAddress,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    this = await drafts.find_open(callback_data.draft_id, by=me)
    await begin(state, DraftForm.address, draft_id=this.id)
    return show(texts.ask_address(this.buyer), keyboards.question(this.id))


async def take_address(
    message: Message, state: FSMContext, me: Person, drafts: DraftService
) -> Reply:
    """A GSTIN names the State already."""
    address = _parse.words(message.text, limit=parse.CHARACTERS)
    number = (await answers(state, "draft_id"))["draft_id"]
    with last_step():
        this = await drafts.find_open(number, by=me)
    if this.buyer.gstin:
        await finish(state)
        return await _save(number, replace(this.buyer, address=address), me, drafts)
    await advance(state, DraftForm.state, address=address)
    return show(texts.ask_state(address), keyboards.states(number))


async def show_states(
    _query: CallbackQuery, callback_data: OpenBuyerStates, state: FSMContext
) -> Reply:
    form = await answers(state, "draft_id", "address")
    choices = keyboards.states(form["draft_id"], callback_data.page)
    return show(texts.ask_state(form["address"]), choices)


async def take_state(
    message: Message, state: FSMContext, me: Person, drafts: DraftService
) -> Reply:
    return await _locate(business_parse.state(message.text), state, me, drafts)


async def pick_state(
    _query: CallbackQuery,
    callback_data: PickBuyerState,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    return await _locate(business_parse.state(callback_data.code), state, me, drafts)


async def ask_gstin(
    _query: CallbackQuery,
    callback_data: AskBuyerGstin,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    this = await drafts.find_open(callback_data.draft_id, by=me)
    await begin(state, DraftForm.gstin, draft_id=this.id)
    return show(texts.ask_gstin(this.buyer), keyboards.gstin(this))


async def take_gstin(
    message: Message, state: FSMContext, me: Person, drafts: DraftService
) -> Reply:
    gstin = business_parse.gstin(message.text)
    number = (await finish(state, "draft_id"))["draft_id"]
    with last_step():
        this = await drafts.find_open(number, by=me)
        buyer = replace(this.buyer, gstin=gstin, state_code=gstin[:2])
        return await _save(number, buyer, me, drafts)


async def forget_gstin(
    _query: CallbackQuery,
    callback_data: ForgetBuyerGstin,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    """Its State goes along, unless an address needs it."""
    this = await drafts.find_open(callback_data.draft_id, by=me)
    await leave(state, DraftForm)
    buyer = replace(
        this.buyer, gstin=None, state_code=this.buyer.state_code if this.buyer.address else None
    )
    return await _save(this.id, buyer, me, drafts)


async def _locate(code: str, state: FSMContext, me: Person, drafts: DraftService) -> Reply:
    form = await finish(state, "draft_id", "address")
    number = form["draft_id"]
    with last_step():
        this = await drafts.find_open(number, by=me)
        buyer = replace(this.buyer, address=form["address"], state_code=code)
        return await _save(number, buyer, me, drafts)


async def _save(draft_id: int, buyer: Buyer, me: Person, drafts: DraftService) -> Reply:
    await drafts.set_buyer(draft_id, buyer, by=me)
    return (await screens.draft(draft_id, me=me, drafts=drafts)).with_note(texts.SAVED)
