"""One fact of an item changed, on its card."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import items as keyboards
from bot.keyboards.items import EditItem, SetItem, SetItemKind, SwitchItem
from bot.models.items import ItemField
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers._forms import begin, finish, leave
from bot.routers.items import parse
from bot.routers.items.browse import card
from bot.services.items import ItemService
from bot.states.items import ItemEditForm
from bot.texts import items as texts


async def ask_value(
    _query: CallbackQuery, callback_data: EditItem, state: FSMContext, items: ItemService
) -> Reply:
    field, item = callback_data.field, await items.get(callback_data.item_id)
    await begin(state, ItemEditForm.value, item_id=item.id, field=field.value)
    return show(texts.FACTS.ask(field, item), keyboards.edit_question(field, item))


async def take_value(message: Message, me: Person, state: FSMContext, items: ItemService) -> Reply:
    found = await finish(state, "item_id", "field")
    field = ItemField(found["field"])
    value = parse.fact(field, message.text)
    return card(await items.change(found["item_id"], field, value, by=me)).with_note(texts.SAVED)


async def set_value(
    _query: CallbackQuery, callback_data: SetItem, me: Person, state: FSMContext, items: ItemService
) -> Reply:
    value = parse.tapped(callback_data.field, callback_data.value)
    changed = await items.change(callback_data.item_id, callback_data.field, value, by=me)
    await leave(state, ItemEditForm)
    return card(changed).with_note(texts.SAVED)


async def set_kind(
    _query: CallbackQuery, callback_data: SetItemKind, me: Person, items: ItemService
) -> Reply:
    kind = callback_data.kind
    return card(await items.change(callback_data.item_id, ItemField.KIND, kind, by=me))


async def switch(
    _query: CallbackQuery, callback_data: SwitchItem, me: Person, items: ItemService
) -> Reply:
    turn = items.activate if callback_data.on else items.deactivate
    return card(await turn(callback_data.item_id, by=me))
