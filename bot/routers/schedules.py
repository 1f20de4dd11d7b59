"""Recurring jobs, under the settings: admins look, owners set the hour and switch."""

from datetime import UTC, datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import schedules as keyboards
from bot.keyboards.common import Panel
from bot.keyboards.schedules import OpenSchedules, SetHour, SwitchSchedule
from bot.models.people import Person, Role
from bot.models.schedules import ScheduleName
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._filters import May, Step
from bot.routers._forms import begin, finish, leave
from bot.services.club import ClubService
from bot.services.schedules import ScheduleService
from bot.states.schedules import ScheduleForm
from bot.texts import schedules as texts


def build_router() -> Router:
    router = Router(name="schedules")
    router.callback_query.register(show_all, OpenSchedules.filter(), May(Role.ADMIN))
    router.callback_query.register(switch, SwitchSchedule.filter(), May(Role.OWNER))
    router.callback_query.register(ask_hour, SetHour.filter(), May(Role.OWNER))
    router.message.register(take_hour, Step(ScheduleForm.hour), May(Role.OWNER))
    return router


async def show_all(
    _query: CallbackQuery,
    callback_data: OpenSchedules,
    me: Person,
    state: FSMContext,
    schedules: ScheduleService,
    club: ClubService,
) -> Reply:
    await leave(state, ScheduleForm)
    return await _all(callback_data.panel, me, schedules, club)


async def switch(
    _query: CallbackQuery,
    callback_data: SwitchSchedule,
    me: Person,
    schedules: ScheduleService,
    club: ClubService,
) -> Reply:
    name, on = callback_data.name, callback_data.on
    await schedules.change(name, by=me, now=_now(), on=on)
    return await _all(callback_data.panel, me, schedules, club)


async def ask_hour(_query: CallbackQuery, callback_data: SetHour, state: FSMContext) -> Reply:
    name, panel = callback_data.name, callback_data.panel
    await begin(state, ScheduleForm.hour, name=name.value, panel=panel.value)
    return show(texts.ask_hour(name), keyboards.hour_question(panel))


async def take_hour(
    message: Message, me: Person, state: FSMContext, schedules: ScheduleService, club: ClubService
) -> Reply:
    found = await finish(state, "name", "panel")
    name, at = ScheduleName(found["name"]), _parse.hour(message.text)
    await schedules.change(name, by=me, now=_now(), at=at)
    screen = await _all(Panel(found["panel"]), me, schedules, club)
    return screen.with_note(texts.saved(name, at))


async def _all(panel: Panel, me: Person, schedules: ScheduleService, club: ClubService) -> Reply:
    now, zone = _now(), (await club.get()).zone
    shown = await schedules.list_all(now)
    return show(
        texts.schedules(shown, now, zone),
        keyboards.schedules(shown, panel, may_change=me.role >= Role.OWNER),
    )


def _now() -> datetime:
    return datetime.now(UTC)
