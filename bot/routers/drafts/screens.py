"""A draft as a screen: what is on it, and what is to be sent."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.keyboards import drafts as keyboards
from bot.keyboards.drafts import AddLine, OpenDraft
from bot.models.drafts import DraftStatus, Review
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers._forms import leave
from bot.services.drafts import DraftService
from bot.states.drafts import BuyerForm, DraftForm
from bot.texts import drafts as texts


async def show_draft(
    _query: CallbackQuery,
    callback_data: OpenDraft,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    shown = await draft(callback_data.draft_id, me=me, drafts=drafts)
    await leave(state, BuyerForm, DraftForm)
    return shown


async def resume(
    _query: CallbackQuery, state: FSMContext, me: Person, drafts: DraftService
) -> Reply:
    """The only open one at once; else a choice."""
    await leave(state, BuyerForm, DraftForm)
    mine = await drafts.list_open(me)
    if len(mine) == 1:
        return await draft(mine[0].id, me=me, drafts=drafts)
    return show(texts.WHICH if mine else texts.NO_DRAFTS, keyboards.resume(mine))


async def show_sources(
    _query: CallbackQuery,
    callback_data: AddLine,
    state: FSMContext,
    me: Person,
    drafts: DraftService,
) -> Reply:
    this = await drafts.find_open(callback_data.draft_id, by=me)
    await leave(state, DraftForm)
    return show(texts.ASK_MORE, keyboards.more(this.id))


async def draft(draft_id: int, *, me: Person, drafts: DraftService) -> Reply:
    """One as it is now.

    Raises:
        NotAllowed, DraftGone.
    """
    return drawn(await drafts.review(draft_id, by=me))


async def review(draft_id: int, *, me: Person, drafts: DraftService) -> Reply:
    """As it will be sent.

    Raises:
        NotAllowed, DraftGone.
    """
    return ready(await drafts.review(draft_id, by=me))


def ready(shown: Review) -> Reply:
    """For a last look; where something is missing still, the draft, which says what."""
    if not shown.documents or shown.needs_address or shown.draft.status is not DraftStatus.OPEN:
        return drawn(shown)
    return show(texts.review(shown), keyboards.review(shown.draft))


def drawn(shown: Review) -> Reply:
    if shown.draft.status is DraftStatus.ISSUED:
        return show(texts.SENT_ALREADY, keyboards.done())
    return show(texts.draft(shown), keyboards.draft(shown))
