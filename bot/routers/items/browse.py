"""The list, the search, a card, the export."""

from typing import Final

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import items as keyboards
from bot.keyboards.items import OpenItems, ShowItem
from bot.models.items import Item
from bot.replies import Reply, document, show
from bot.routers import _parse
from bot.routers._forms import begin as begin_form
from bot.routers._forms import finish, leave
from bot.services.club import ClubService
from bot.services.items import ItemService
from bot.states.item_uploads import ItemUploadForm
from bot.states.items import ItemEditForm, ItemForm, ItemSearchForm
from bot.texts import items as texts

HITS: Final = 8
_SEARCH_CHARACTERS: Final = 100


async def show_page(
    _query: CallbackQuery, callback_data: OpenItems, state: FSMContext, items: ItemService
) -> Reply:
    await leave(state, ItemSearchForm, ItemForm, ItemEditForm, ItemUploadForm)
    shown = await items.page(callback_data.page)
    return show(texts.page(shown), keyboards.page(shown))


async def ask_search(_query: CallbackQuery, state: FSMContext) -> Reply:
    await begin_form(state, ItemSearchForm.part)
    return show(texts.ASK_SEARCH, keyboards.search())


async def take_search(message: Message, state: FSMContext, items: ItemService) -> Reply:
    """One hit is shown at once; several leave the search open for a choice or another try."""
    part = _parse.words(message.text, limit=_SEARCH_CHARACTERS)
    found = await items.search(part, limit=HITS, only_active=False)
    if len(found.items) > 1:
        return show(texts.several(found), keyboards.hits(found.items))
    await finish(state)
    return card(found.items[0])


async def show_card(
    _query: CallbackQuery, callback_data: ShowItem, state: FSMContext, items: ItemService
) -> Reply:
    shown = await items.get(callback_data.item_id)
    await leave(state, ItemSearchForm, ItemEditForm)
    return card(shown)


async def export(_query: CallbackQuery, items: ItemService, club: ClubService) -> Reply:
    made, zone = await items.export(), (await club.get()).zone
    return document(texts.file_name(made.at, zone), made.content, texts.exported(made, zone))


def card(item: Item) -> Reply:
    return show(texts.card(item), keyboards.card(item))
