"""The end of a draft: shipping, a last look, and it is sent; or dropped."""

from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import drafts as keyboards
from bot.keyboards.drafts import DropDraft, FinishItems, NoShipping, SendInvoice
from bot.models.drafts import DraftStatus
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._forms import begin, finish, last_step, leave
from bot.routers.drafts import parse, screens
from bot.services import amounts
from bot.services.drafts import DraftService
from bot.services.invoices import InvoiceService
from bot.states.drafts import DraftForm
from bot.texts import drafts as texts


async def ask_shipping(
    _query: CallbackQuery,
    callback_data: FinishItems,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    this = await drafts.find_open(callback_data.draft_id, by=me)
    await begin(state, DraftForm.shipping, draft_id=this.id)
    return show(texts.ASK_SHIPPING, keyboards.shipping(this.id))


async def take_shipping(
    message: Message, state: FSMContext, me: Person, drafts: DraftService
) -> Reply:
    paise = amounts.amount(_parse.words(message.text, limit=parse.CHARACTERS))
    number = (await finish(state, "draft_id"))["draft_id"]
    with last_step():
        await drafts.set_shipping(number, paise, by=me)
    return await screens.review(number, me=me, drafts=drafts)


async def no_shipping(
    _query: CallbackQuery,
    callback_data: NoShipping,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    await drafts.set_shipping(callback_data.draft_id, 0, by=me)
    await leave(state, DraftForm)
    return await screens.review(callback_data.draft_id, me=me, drafts=drafts)


async def send(
    _query: CallbackQuery,
    callback_data: SendInvoice,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
    invoices: InvoiceService,
) -> Reply:
    number, revision = callback_data.draft_id, callback_data.revision
    await leave(state, DraftForm)
    shown = await drafts.review(number, by=me)
    if shown.draft.status is DraftStatus.OPEN and shown.draft.revision != revision:
        return replace(screens.ready(shown), toast=texts.CHANGED, alert=True)
    entries = await invoices.issue(number, revision=revision, by=me)
    reachable = (await invoices.card(entries[0].id)).is_reachable
    return show(texts.sent(shown.draft, entries, is_reachable=reachable), keyboards.done())


async def drop(
    _query: CallbackQuery,
    callback_data: DropDraft,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    await drafts.drop(callback_data.draft_id, by=me)
    await leave(state, DraftForm)
    return show(texts.DROPPED, keyboards.done())
