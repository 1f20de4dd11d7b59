"""The business profile and GST settings: switched in place, or asked for and answered."""

from dataclasses import replace

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.keyboards import business as keyboards
from bot.keyboards.business import (
    ChooseScheme,
    EditBusiness,
    EmptyBusiness,
    OpenStates,
    PickState,
    SwitchBusiness,
)
from bot.models.business import EMPTY, Business, BusinessSetting, GstScheme, Value
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers._forms import answers, begin, finish, leave
from bot.routers.business import parse
from bot.services.business import BusinessService
from bot.states.business import BusinessForm, TaxRateForm
from bot.telegram import files
from bot.texts import business as texts


async def show_all(_query: CallbackQuery, state: FSMContext, business: BusinessService) -> Reply:
    await leave(state, BusinessForm, TaxRateForm)
    return _all(await business.get())


async def choose_scheme(
    _query: CallbackQuery, callback_data: ChooseScheme, me: Person, business: BusinessService
) -> Reply:
    scheme = callback_data.scheme
    saved = await business.change(BusinessSetting.SCHEME, scheme, by=me)
    toast = texts.UNREGISTERED if scheme is GstScheme.UNREGISTERED else ""
    return replace(_all(saved), toast=toast)


async def switch(
    _query: CallbackQuery, callback_data: SwitchBusiness, me: Person, business: BusinessService
) -> Reply:
    return _all(await business.change(callback_data.setting, callback_data.on, by=me))


async def ask_value(
    _query: CallbackQuery,
    callback_data: EditBusiness,
    state: FSMContext,
    business: BusinessService,
) -> Reply:
    await begin(state, BusinessForm.value, setting=callback_data.setting.value)
    return _question(await business.get(), callback_data.setting)


async def show_states(
    _query: CallbackQuery, callback_data: OpenStates, state: FSMContext, business: BusinessService
) -> Reply:
    found = await answers(state, "setting")
    if found["setting"] != BusinessSetting.STATE_CODE:
        raise StaleButton
    return _question(await business.get(), BusinessSetting.STATE_CODE, callback_data.page)


async def take_value(
    message: Message, bot: Bot, me: Person, state: FSMContext, business: BusinessService
) -> Reply:
    found = await answers(state, "setting")
    setting = BusinessSetting(found["setting"])
    if setting is BusinessSetting.LOGO_FILE_ID:
        file = parse.logo(message)
        content = await files.fetch(bot, file, limit=parse.LOGO_MEGABYTES * 1_000_000)
        await business.keep_logo(file.file_id, content)
        return await _save(setting, file.file_id, me, state, business)
    return await _save(setting, parse.value(setting, message), me, state, business)


async def pick_state(
    _query: CallbackQuery,
    callback_data: PickState,
    me: Person,
    state: FSMContext,
    business: BusinessService,
) -> Reply:
    code = parse.state(callback_data.code)
    return await _save(BusinessSetting.STATE_CODE, code, me, state, business)


async def leave_out(
    _query: CallbackQuery,
    callback_data: EmptyBusiness,
    me: Person,
    state: FSMContext,
    business: BusinessService,
) -> Reply:
    setting = callback_data.setting
    return await _save(setting, EMPTY[setting], me, state, business)


async def _save(
    setting: BusinessSetting,
    value: Value,
    me: Person,
    state: FSMContext,
    business: BusinessService,
) -> Reply:
    found = await finish(state, "setting")
    if found["setting"] != setting:
        raise StaleButton
    saved = await business.change(setting, value, by=me)
    return _all(saved).with_note(texts.saved(setting, saved))


def _all(business: Business) -> Reply:
    return show(texts.settings(business), keyboards.settings(business))


def _question(business: Business, setting: BusinessSetting, page: int = 0) -> Reply:
    return show(texts.ask(setting, business), keyboards.question(business, setting, page))
