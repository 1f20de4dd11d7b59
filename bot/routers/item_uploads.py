"""The store's items as an Excel file: sent, checked row by row, applied."""

from aiogram import Bot, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors.items import ItemFileExpected
from bot.keyboards import item_uploads as keyboards
from bot.keyboards.item_uploads import ApplyUpload, SendTemplate, SendVerdicts
from bot.keyboards.items import OpenItemUpload
from bot.models.item_uploads import UPLOAD_BYTES, Preview
from bot.models.people import Person, Role
from bot.replies import Reply, document, show
from bot.routers._filters import May, Step
from bot.routers._forms import begin, leave
from bot.services.item_uploads import ItemUploadService
from bot.states.item_uploads import ItemUploadForm
from bot.telegram import files
from bot.texts import item_uploads as texts


def build_router() -> Router:
    router = Router(name="item_uploads")
    admin, press = May(Role.ADMIN), router.callback_query.register
    press(ask_file, OpenItemUpload.filter(), admin)
    press(send_template, SendTemplate.filter(), admin)
    router.message.register(take_file, Step(ItemUploadForm.file), admin)
    press(apply, ApplyUpload.filter(), admin)
    press(send_verdicts, SendVerdicts.filter(), admin)
    return router


async def ask_file(_query: CallbackQuery, state: FSMContext) -> Reply:
    await begin(state, ItemUploadForm.file)
    return show(texts.ASK_FILE, keyboards.ask_file())


async def send_template(_query: CallbackQuery, item_uploads: ItemUploadService) -> Reply:
    content = await item_uploads.template(texts.EXPLAINED)
    return document(texts.TEMPLATE_FILE, content, texts.TEMPLATE_CAPTION)


async def take_file(
    message: Message, bot: Bot, me: Person, item_uploads: ItemUploadService
) -> Reply:
    """The form stays open: a file that has to be mended is sent again."""
    if message.document is None:
        raise ItemFileExpected
    content = await files.fetch(bot, message.document, limit=UPLOAD_BYTES)
    return _preview(await item_uploads.preview(content, by=me))


async def apply(
    _query: CallbackQuery,
    callback_data: ApplyUpload,
    me: Person,
    state: FSMContext,
    item_uploads: ItemUploadService,
) -> Reply:
    done = await item_uploads.apply(callback_data.operation_id, by=me)
    if isinstance(done, Preview):
        return _preview(done).with_note(texts.STALE)
    await leave(state, ItemUploadForm)
    return show(texts.applied(done), keyboards.applied())


async def send_verdicts(
    _query: CallbackQuery, callback_data: SendVerdicts, me: Person, item_uploads: ItemUploadService
) -> Reply:
    content = await item_uploads.verdicts(callback_data.operation_id, texts.told, by=me)
    return document(texts.VERDICTS_FILE, content, texts.VERDICTS_CAPTION)


def _preview(shown: Preview) -> Reply:
    return show(texts.preview(shown), keyboards.preview(shown))
