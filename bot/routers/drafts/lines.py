"""The lines of a draft: from the store or by hand, how many, for how much less; or removed."""

from typing import Any, Final
from uuid import UUID, uuid4

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import drafts as keyboards
from bot.keyboards.drafts import (
    AskCustomItem,
    AskRemove,
    AskStoreItem,
    PickDiscount,
    PickItem,
    PickLineKind,
    PickQuantity,
    RemoveLine,
)
from bot.models.billing import BillLine
from bot.models.drafts import NewLine
from bot.models.items import Item, ItemKind
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._forms import advance, answers, begin, finish, last_step, leave
from bot.routers.drafts import parse, screens
from bot.services import amounts, item_facts
from bot.services.drafts import DraftService
from bot.services.items import ItemService
from bot.states.drafts import DraftForm
from bot.texts import drafts as texts
from bot.texts import items as item_texts

HITS: Final = 8


async def ask_store_item(
    _query: CallbackQuery,
    callback_data: AskStoreItem,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    this = await drafts.find_open(callback_data.draft_id, by=me)
    await begin(state, DraftForm.item, draft_id=this.id, operation_id=str(uuid4()))
    return show(texts.ASK_ITEM, keyboards.question(this.id))


async def take_item(message: Message, state: FSMContext, items: ItemService) -> Reply:
    """One hit is taken at once; several leave the search open."""
    form = await answers(state, "draft_id")
    part = _parse.words(message.text, limit=parse.CHARACTERS)
    found = await items.search(part, limit=HITS)
    if len(found.items) > 1:
        return show(item_texts.several(found), keyboards.items(form["draft_id"], found.items))
    return await _take(found.items[0], state)


async def pick_item(
    _query: CallbackQuery, callback_data: PickItem, state: FSMContext, items: ItemService
) -> Reply:
    return await _take(await items.get(callback_data.item_id), state)


async def ask_custom_item(
    _query: CallbackQuery,
    callback_data: AskCustomItem,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    this = await drafts.find_open(callback_data.draft_id, by=me)
    await begin(state, DraftForm.name, draft_id=this.id, operation_id=str(uuid4()))
    return show(texts.ASK_NAME, keyboards.question(this.id))


async def take_name(message: Message, state: FSMContext) -> Reply:
    form = await answers(state, "draft_id")
    name = item_facts.name(_parse.words(message.text, limit=parse.CHARACTERS))
    await advance(state, DraftForm.price, name=name)
    return show(texts.ask_price(name), keyboards.question(form["draft_id"]))


async def take_price(message: Message, state: FSMContext) -> Reply:
    form = await answers(state, "draft_id", "name")
    price = amounts.amount(_parse.words(message.text, limit=parse.CHARACTERS))
    await advance(state, DraftForm.kind, price_paise=price)
    return show(texts.ask_kind(form["name"]), keyboards.kinds(form["draft_id"]))


async def pick_kind(_query: CallbackQuery, callback_data: PickLineKind, state: FSMContext) -> Reply:
    await advance(state, DraftForm.quantity, kind=callback_data.kind.value)
    return await _ask_quantity(state)


async def take_quantity(message: Message, state: FSMContext) -> Reply:
    return await _ask_discount(parse.quantity(message.text), state)


async def pick_quantity(
    _query: CallbackQuery, callback_data: PickQuantity, state: FSMContext
) -> Reply:
    return await _ask_discount(callback_data.quantity, state)


async def take_discount(
    message: Message, state: FSMContext, me: Person, drafts: DraftService, items: ItemService
) -> Reply:
    return await _add(parse.discount(message.text), state, me, drafts, items)


async def pick_discount(
    _query: CallbackQuery,
    callback_data: PickDiscount,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
    items: ItemService,
) -> Reply:
    return await _add(callback_data.percent * 100, state, me, drafts, items)


async def ask_remove(
    _query: CallbackQuery,
    callback_data: AskRemove,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    this = await drafts.find_open(callback_data.draft_id, by=me)
    await leave(state, DraftForm)
    return show(texts.ASK_REMOVE, keyboards.removal(this.id, this.lines, callback_data.page))


async def remove(
    _query: CallbackQuery, callback_data: RemoveLine, me: Person, drafts: DraftService
) -> Reply:
    number = callback_data.draft_id
    await drafts.remove_line(number, callback_data.line_id, by=me)
    return (await screens.draft(number, me=me, drafts=drafts)).with_note(texts.REMOVED)


async def _take(item: Item, state: FSMContext) -> Reply:
    known = {"item_id": item.id, "name": item.name, "price_paise": item.mrp_paise}
    await advance(state, DraftForm.quantity, **known)
    return await _ask_quantity(state)


async def _ask_quantity(state: FSMContext) -> Reply:
    form = await answers(state, "draft_id", "name", "price_paise")
    question = texts.ask_quantity(form["name"], form["price_paise"])
    return show(question, keyboards.quantities(form["draft_id"]))


async def _ask_discount(quantity: int, state: FSMContext) -> Reply:
    form = await answers(state, "draft_id", "name", "price_paise")
    await advance(state, DraftForm.discount, quantity=quantity)
    question = texts.ask_discount(form["name"], form["price_paise"], quantity)
    return show(question, keyboards.discounts(form["draft_id"]))


async def _add(
    discount_bps: int, state: FSMContext, me: Person, drafts: DraftService, items: ItemService
) -> Reply:
    form = await finish(state, "draft_id", "operation_id", "name", "price_paise", "quantity")
    number = form["draft_id"]
    with last_step():
        line = await _line(form, discount_bps, drafts, items)
        new = NewLine(operation_id=UUID(form["operation_id"]), line=line)
        await drafts.add_line(number, new, by=me)
    shown = await drafts.review(number, by=me)
    return show(texts.added(line, shown), keyboards.added(number))


async def _line(
    form: dict[str, Any], discount_bps: int, drafts: DraftService, items: ItemService
) -> BillLine:
    """Of an item, with its price and rate of now."""
    quantity = form["quantity"]
    if "item_id" in form:
        item = await items.get(form["item_id"])
        return await drafts.line_of(item, quantity=quantity, discount_bps=discount_bps)
    return await drafts.line_by_hand(
        form["name"],
        ItemKind(form["kind"]),
        form["price_paise"],
        quantity=quantity,
        discount_bps=discount_bps,
    )
