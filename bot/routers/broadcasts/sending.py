"""A draft sent now or at a moment, or called off."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import broadcasts as keyboards
from bot.keyboards.broadcasts import AskMoment, CallOff, ChooseMoment, Moment, SendBroadcast
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers import _moment
from bot.routers._forms import begin, finish, last_step, leave
from bot.routers.broadcasts.screens import newest_instead, screen
from bot.services.broadcasts import FARTHEST, BroadcastService
from bot.services.club import ClubService
from bot.states.broadcasts import BroadcastForm
from bot.texts import broadcasts as texts


async def send(
    _query: CallbackQuery,
    callback_data: SendBroadcast,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    await leave(state, BroadcastForm)
    number, revision = callback_data.broadcast_id, callback_data.revision
    if newest := await newest_instead(number, revision, me=me, broadcasts=broadcasts, club=club):
        return newest
    await broadcasts.send(number, revision=revision, by=me)
    return show(texts.SENT, keyboards.to_list())


async def ask_moment(
    _query: CallbackQuery,
    callback_data: AskMoment,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    number, revision = callback_data.broadcast_id, callback_data.revision
    if newest := await newest_instead(number, revision, me=me, broadcasts=broadcasts, club=club):
        return newest
    await begin(state, BroadcastForm.moment, broadcast_id=number, revision=revision)
    now, zone = datetime.now(UTC), (await club.get()).zone
    today = now.astimezone(zone).date()
    evening = _moment.first(today, _moment.EVENING, now, zone) is not None
    return show(texts.ask_moment(zone), keyboards.moments(number, evening=evening))


async def choose_moment(
    _query: CallbackQuery,
    callback_data: ChooseMoment,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    now, zone = datetime.now(UTC), (await club.get()).zone
    today = now.astimezone(zone).date()
    match callback_data.moment:
        case Moment.IN_AN_HOUR:
            at = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
        case Moment.THIS_EVENING:
            at = _moment.coming(today, _moment.EVENING, now, zone)
        case Moment.TOMORROW:
            at = _moment.coming(today + timedelta(days=1), _moment.MORNING, now, zone)
    return await _schedule(at, state, me, broadcasts, club)


async def take_moment(
    message: Message,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    zone = (await club.get()).zone
    at = _moment.moment(message.text, datetime.now(UTC), zone, within=FARTHEST)
    return await _schedule(at, state, me, broadcasts, club)


async def call_off(
    _query: CallbackQuery,
    callback_data: CallOff,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    await broadcasts.unschedule(callback_data.broadcast_id, by=me)
    shown = await screen(callback_data.broadcast_id, me=me, broadcasts=broadcasts, club=club)
    return replace(shown, toast=texts.CALLED_OFF)


async def _schedule(
    at: datetime, state: FSMContext, me: Person, broadcasts: BroadcastService, club: ClubService
) -> Reply:
    found = await finish(state, "broadcast_id", "revision")
    number = found["broadcast_id"]
    with last_step():
        await broadcasts.schedule(number, revision=found["revision"], at=at, by=me)
    shown = await screen(number, me=me, broadcasts=broadcasts, club=club)
    return replace(shown, toast=texts.scheduled(at, (await club.get()).zone))
