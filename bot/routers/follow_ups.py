"""What members who stay away are told, under the settings: texts, switches, the interval."""

from datetime import UTC, datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import follow_ups as keyboards
from bot.keyboards.common import Panel
from bot.keyboards.follow_ups import (
    AskInterval,
    EditFollowUp,
    OpenFollowUp,
    OpenFollowUps,
    PickInterval,
    SwitchFollowUp,
)
from bot.models.follow_ups import FollowUp, Occasion, sample
from bot.models.people import Person, Role
from bot.models.templates import MESSAGE_UNITS
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._filters import May, Step
from bot.routers._forms import begin, finish, leave
from bot.services.club import ClubService
from bot.services.follow_ups import FollowUpService
from bot.states.follow_ups import FollowUpForm
from bot.texts import follow_ups as texts


def build_router() -> Router:
    router = Router(name="follow_ups")
    admins, press = May(Role.ADMIN), router.callback_query.register
    press(show_all, OpenFollowUps.filter(), admins)
    press(show_one, OpenFollowUp.filter(), admins)
    press(switch, SwitchFollowUp.filter(), admins)
    press(ask_text, EditFollowUp.filter(), admins)
    router.message.register(take_text, Step(FollowUpForm.text), admins)
    press(ask_interval, AskInterval.filter(), admins)
    press(pick_interval, PickInterval.filter(), StateFilter(FollowUpForm.interval), admins)
    router.message.register(take_interval, Step(FollowUpForm.interval), admins)
    return router


async def show_all(
    _query: CallbackQuery,
    callback_data: OpenFollowUps,
    state: FSMContext,
    follow_ups: FollowUpService,
) -> Reply:
    await leave(state, FollowUpForm)
    return await _all(callback_data.panel, follow_ups)


async def show_one(
    _query: CallbackQuery,
    callback_data: OpenFollowUp,
    me: Person,
    state: FSMContext,
    follow_ups: FollowUpService,
    club: ClubService,
) -> Reply:
    await leave(state, FollowUpForm)
    step = await follow_ups.get(callback_data.occasion)
    return await _one(step, callback_data.panel, me, club)


async def switch(
    _query: CallbackQuery,
    callback_data: SwitchFollowUp,
    me: Person,
    follow_ups: FollowUpService,
    club: ClubService,
) -> Reply:
    step = await follow_ups.switch(callback_data.occasion, on=callback_data.on, by=me)
    return await _one(step, callback_data.panel, me, club)


async def ask_text(
    _query: CallbackQuery,
    callback_data: EditFollowUp,
    state: FSMContext,
    follow_ups: FollowUpService,
) -> Reply:
    occasion, panel = callback_data.occasion, callback_data.panel
    step = await follow_ups.get(occasion)
    await begin(state, FollowUpForm.text, occasion=occasion.value, panel=panel.value)
    return show(texts.ask_text(step), keyboards.text_question(occasion, panel))


async def take_text(
    message: Message,
    me: Person,
    state: FSMContext,
    follow_ups: FollowUpService,
    club: ClubService,
) -> Reply:
    text = _parse.words(message.text, limit=MESSAGE_UNITS)
    found = await finish(state, "occasion", "panel")
    step = await follow_ups.rewrite(
        Occasion(found["occasion"]), text=text, html=message.html_text, by=me
    )
    shown = await _one(step, Panel(found["panel"]), me, club)
    return shown.with_note(texts.SAVED)


async def ask_interval(
    _query: CallbackQuery,
    callback_data: AskInterval,
    state: FSMContext,
    follow_ups: FollowUpService,
) -> Reply:
    panel = callback_data.panel
    kept = (await follow_ups.overview()).interval_days
    await begin(state, FollowUpForm.interval, panel=panel.value)
    return show(texts.ask_interval(kept), keyboards.interval_question(kept, panel))


async def pick_interval(
    _query: CallbackQuery,
    callback_data: PickInterval,
    me: Person,
    state: FSMContext,
    follow_ups: FollowUpService,
) -> Reply:
    return await _set_interval(callback_data.days, me, state, follow_ups)


async def take_interval(
    message: Message, me: Person, state: FSMContext, follow_ups: FollowUpService
) -> Reply:
    return await _set_interval(_parse.interval(message.text), me, state, follow_ups)


async def _set_interval(
    days: int, me: Person, state: FSMContext, follow_ups: FollowUpService
) -> Reply:
    found = await finish(state, "panel")
    await follow_ups.set_interval(days, by=me)
    return (await _all(Panel(found["panel"]), follow_ups)).with_note(texts.SAVED)


async def _all(panel: Panel, follow_ups: FollowUpService) -> Reply:
    shown = await follow_ups.overview()
    return show(texts.overview(shown), keyboards.overview(shown, panel))


async def _one(step: FollowUp, panel: Panel, me: Person, club: ClubService) -> Reply:
    facts = await club.get()
    text = texts.preview(step, sample(step, me, facts.day(datetime.now(UTC))), facts)
    return show(text, keyboards.preview(step, panel))
