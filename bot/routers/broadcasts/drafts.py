"""The list of broadcasts, and the drafts in it, which belong to all admins."""

from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.keyboards import broadcasts as keyboards
from bot.keyboards.broadcasts import DiscardBroadcast, OpenBroadcast, OpenBroadcasts
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers._forms import leave
from bot.routers.broadcasts.screens import newest_instead, screen
from bot.services.broadcasts import BroadcastService
from bot.services.club import ClubService
from bot.states.broadcasts import BroadcastForm
from bot.texts import broadcasts as texts


async def show_page(
    _query: CallbackQuery,
    callback_data: OpenBroadcasts,
    state: FSMContext,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    await leave(state, BroadcastForm)
    shown = await _page(callback_data.page, broadcasts, club)
    return replace(shown, fresh=callback_data.below)


async def show_one(
    _query: CallbackQuery,
    callback_data: OpenBroadcast,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    await leave(state, BroadcastForm)
    return await screen(callback_data.broadcast_id, me=me, broadcasts=broadcasts, club=club)


async def discard(
    _query: CallbackQuery,
    callback_data: DiscardBroadcast,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    await leave(state, BroadcastForm)
    number, revision = callback_data.broadcast_id, callback_data.revision
    if newest := await newest_instead(number, revision, me=me, broadcasts=broadcasts, club=club):
        return newest
    await broadcasts.discard(number, revision=revision, by=me)
    return replace(await _page(0, broadcasts, club), toast=texts.DISCARDED)


async def _page(number: int, broadcasts: BroadcastService, club: ClubService) -> Reply:
    shown = await broadcasts.page(number)
    return show(texts.page(shown), keyboards.page(shown, (await club.get()).zone))
