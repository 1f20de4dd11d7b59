"""/my_data: a person's own data as a file, and its deletion on request."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import common
from bot.keyboards import privacy as keyboards
from bot.keyboards.privacy import AskDeleteMyData, DeleteMyData, DownloadMyData, OpenMyData
from bot.models.people import Person, Role
from bot.replies import Reply, document, show
from bot.routers._filters import May
from bot.services.privacy import PrivacyService
from bot.texts import privacy as texts
from bot.texts.privacy_file import as_file


def build_router() -> Router:
    router = Router(name="privacy")
    router.message.register(show_my_data, Command("my_data"), May(Role.VISITOR))
    router.callback_query.register(show_my_data, OpenMyData.filter(), May(Role.VISITOR))
    router.callback_query.register(download, DownloadMyData.filter(), May(Role.VISITOR))
    router.callback_query.register(ask_delete, AskDeleteMyData.filter(), May(Role.VISITOR))
    router.callback_query.register(delete, DeleteMyData.filter(), May(Role.VISITOR))
    return router


async def show_my_data(_event: Message | CallbackQuery) -> Reply:
    return show(texts.MY_DATA, keyboards.my_data())


async def download(_query: CallbackQuery, me: Person, privacy: PrivacyService) -> Reply:
    data = await privacy.export(me)
    return document(texts.FILE_NAME, as_file(data), texts.FILE_CAPTION)


async def ask_delete(_query: CallbackQuery, me: Person, privacy: PrivacyService) -> Reply:
    loss = await privacy.before_leaving(me)
    return show(texts.ask_delete(loss), keyboards.ask_delete(me.id))


async def delete(
    _query: CallbackQuery,
    callback_data: DeleteMyData,
    state: FSMContext,
    me: Person,
    privacy: PrivacyService,
) -> Reply:
    holdings = await privacy.leave(callback_data.person_id, me=me)
    await state.clear()
    return show(texts.farewell(holdings), common.only_menu())
