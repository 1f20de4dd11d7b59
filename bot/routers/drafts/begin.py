"""For whom an invoice is: a person we know, or a customer who walked in."""

from typing import Final
from uuid import UUID, uuid4

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import drafts as keyboards
from bot.keyboards.drafts import PickBuyer
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers import _parse, _search
from bot.routers._forms import advance, finish
from bot.routers._forms import begin as begin_form
from bot.routers.drafts import parse, screens
from bot.services import item_facts
from bot.services.club import ClubService
from bot.services.drafts import DraftService
from bot.services.members import MemberService
from bot.states.drafts import BuyerForm
from bot.texts import drafts as texts
from bot.texts import members as member_texts

HITS: Final = 8


async def ask_buyer(_query: CallbackQuery, state: FSMContext) -> Reply:
    await begin_form(state, BuyerForm.search, operation_id=str(uuid4()))
    return show(texts.ASK_BUYER, keyboards.buyer())


async def ask_buyer_again(_query: CallbackQuery, state: FSMContext) -> Reply:
    await advance(state, BuyerForm.search)
    return show(texts.ASK_BUYER, keyboards.buyer())


async def take_search(  # noqa: PLR0913, PLR0917 -- aiogram hands over by name; a search asks the club
    message: Message,
    state: FSMContext,
    me: Person,
    members: MemberService,
    club: ClubService,
    drafts: DraftService,
) -> Reply:
    """One hit begins the draft at once; several leave the search open."""
    wanted = _search.wanted(message, await club.get())
    found = await members.search(wanted, limit=HITS)
    if len(found.people) > 1:
        return show(member_texts.several(found), keyboards.hits(found.people))
    return await _begin(found.people[0].id, state, me, drafts)


async def pick_buyer(
    _query: CallbackQuery,
    callback_data: PickBuyer,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    return await _begin(callback_data.person_id, state, me, drafts)


async def ask_walk_in(_query: CallbackQuery, state: FSMContext) -> Reply:
    await advance(state, BuyerForm.name)
    return show(texts.ASK_WALK_IN, keyboards.walk_in())


async def take_walk_in(
    message: Message, state: FSMContext, me: Person, drafts: DraftService
) -> Reply:
    name = item_facts.name(_parse.words(message.text, limit=parse.CHARACTERS))
    found = await finish(state, "operation_id")
    number = await drafts.begin_for_walk_in(name, by=me, operation_id=UUID(found["operation_id"]))
    return await screens.draft(number, me=me, drafts=drafts)


async def _begin(person_id: int, state: FSMContext, me: Person, drafts: DraftService) -> Reply:
    found = await finish(state, "operation_id")
    number = await drafts.begin_for(person_id, by=me, operation_id=UUID(found["operation_id"]))
    return await screens.draft(number, me=me, drafts=drafts)
