"""The club's own facts: the first set-up, begun by an owner's /start, and the settings."""

from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from aiogram import Router
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.keyboards import club as keyboards
from bot.keyboards.club import (
    AnswerSetup,
    BeginSetup,
    EditSetting,
    LeaveSetting,
    PickSetting,
    ReviewRegistrations,
    SaveSetup,
)
from bot.keyboards.common import OpenSettings, Panel
from bot.models.club import Club, Setting
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._filters import May, OwnerBeforeSetup, Step
from bot.routers._forms import advance, answers, begin, expect_button, finish
from bot.routers._questions import Questions
from bot.services.club import ClubService
from bot.states.club import SettingForm, SetupForm
from bot.texts import club as texts

QUESTIONS: Final = Questions(
    {
        Setting.NAME: SetupForm.name,
        Setting.TIMEZONE: SetupForm.timezone,
        Setting.CURRENCY: SetupForm.currency,
        Setting.WELCOME_TEXT: SetupForm.welcome_text,
    }
)


def build_router() -> Router:
    router = Router(name="club")
    router.message.register(begin_setup, CommandStart(), OwnerBeforeSetup(), May(Role.OWNER))
    router.callback_query.register(
        begin_setup, BeginSetup.filter(), OwnerBeforeSetup(), May(Role.OWNER)
    )
    router.message.register(take_answer, Step(*QUESTIONS.steps), May(Role.OWNER))
    router.callback_query.register(
        take_common, AnswerSetup.filter(), StateFilter(SetupForm), May(Role.OWNER)
    )
    router.message.register(expect_button, Step(SetupForm.review), May(Role.OWNER))
    router.callback_query.register(
        save_setup, SaveSetup.filter(), StateFilter(SetupForm.review), May(Role.OWNER)
    )
    router.callback_query.register(show_settings, OpenSettings.filter(), May(Role.ADMIN))
    router.callback_query.register(ask_value, EditSetting.filter(), May(Role.OWNER))
    router.message.register(take_value, Step(SettingForm.value), May(Role.OWNER))
    router.callback_query.register(
        pick_value, PickSetting.filter(), StateFilter(SettingForm.value), May(Role.OWNER)
    )
    router.callback_query.register(leave_setting, LeaveSetting.filter(), May(Role.OWNER))
    router.callback_query.register(switch_review, ReviewRegistrations.filter(), May(Role.OWNER))
    return router


async def begin_setup(
    _event: Message | CallbackQuery, state: FSMContext, club: ClubService
) -> Reply:
    await begin(state, SetupForm.name)
    return _question(Setting.NAME, await club.get()).with_note(texts.HELLO)


async def take_answer(
    message: Message, state: FSMContext, raw_state: str, club: ClubService
) -> Reply:
    setting = QUESTIONS.asked(raw_state)
    value = _parse.setting(setting, message.text)
    return await _go_on(state, setting, await club.get(), {setting.value: value})


async def take_common(
    _query: CallbackQuery,
    callback_data: AnswerSetup,
    state: FSMContext,
    raw_state: str,
    club: ClubService,
) -> Reply:
    setting, value = callback_data.setting, callback_data.value
    QUESTIONS.require(setting, raw_state)
    answer = {setting.value: _parse.setting(setting, value)} if value else {}
    return await _go_on(state, setting, await club.get(), answer)


async def save_setup(
    _query: CallbackQuery,
    callback_data: SaveSetup,
    me: Person,
    state: FSMContext,
    club: ClubService,
) -> Reply:
    found = await finish(state, "operation")
    if found["operation"] != str(callback_data.operation):
        raise StaleButton
    given = {setting: found[setting] for setting in QUESTIONS if setting in found}
    saved = await club.set_up(given, by=me, operation_id=callback_data.operation)
    return show(texts.set_up_done(saved), keyboards.set_up_done())


async def show_settings(
    _query: CallbackQuery, callback_data: OpenSettings, me: Person, club: ClubService
) -> Reply:
    return _settings(await club.get(), callback_data.panel, me)


async def ask_value(
    _query: CallbackQuery, callback_data: EditSetting, state: FSMContext, club: ClubService
) -> Reply:
    setting, panel = callback_data.setting, callback_data.panel
    value = getattr(await club.get(), setting)
    await begin(state, SettingForm.value, setting=setting.value, panel=panel.value)
    return show(texts.ask(setting, value), keyboards.setting_question(setting, value, panel))


async def take_value(message: Message, me: Person, state: FSMContext, club: ClubService) -> Reply:
    found = await finish(state, "setting", "panel")
    setting = Setting(found["setting"])
    saved = await club.change(setting, _parse.setting(setting, message.text), by=me)
    return _settings(saved, Panel(found["panel"]), me).with_note(texts.saved(setting, saved))


async def pick_value(
    _query: CallbackQuery,
    callback_data: PickSetting,
    me: Person,
    state: FSMContext,
    club: ClubService,
) -> Reply:
    found = await finish(state, "setting", "panel")
    setting = callback_data.setting
    if found["setting"] != setting:
        raise StaleButton
    saved = await club.change(setting, _parse.setting(setting, callback_data.value), by=me)
    return _settings(saved, Panel(found["panel"]), me).with_note(texts.saved(setting, saved))


async def leave_setting(
    _query: CallbackQuery,
    callback_data: LeaveSetting,
    me: Person,
    state: FSMContext,
    raw_state: str | None,
    club: ClubService,
) -> Reply:
    if raw_state == SettingForm.value.state:  # else the button is old and another form is open
        await finish(state)
    return _settings(await club.get(), callback_data.panel, me)


async def switch_review(
    _query: CallbackQuery, callback_data: ReviewRegistrations, me: Person, club: ClubService
) -> Reply:
    saved = await club.change(Setting.REVIEW_REGISTRATIONS, callback_data.on, by=me)
    return _settings(saved, callback_data.panel, me)


async def _go_on(state: FSMContext, answered: Setting, club: Club, answer: dict[str, Any]) -> Reply:
    """The next question, with what stands now; after the last one the review."""
    answered_all = {**await answers(state), **answer}
    given = {key: answered_all[key] for key in QUESTIONS if key in answered_all}
    facts = replace(club, **given)
    if following := await QUESTIONS.go_on(state, answered, **answer):
        return _question(following, facts)
    operation = uuid4()
    await advance(state, SetupForm.review, operation=str(operation))
    return show(texts.review(facts), keyboards.setup_review(operation))


def _question(setting: Setting, club: Club) -> Reply:
    number, value = [*QUESTIONS].index(setting) + 1, getattr(club, setting)
    return show(
        texts.ask_first(number, len(QUESTIONS.steps), setting, value),
        keyboards.setup_question(setting, value),
    )


def _settings(club: Club, panel: Panel, me: Person) -> Reply:
    may_change = me.role >= Role.OWNER
    return show(
        texts.settings(club, may_change=may_change),
        keyboards.settings(club, panel, may_change=may_change),
    )
