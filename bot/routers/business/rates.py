"""Tax rates by HSN or SAC and day of supply: looked at, and added one by one."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import business as keyboards
from bot.keyboards.business import OpenTaxRates
from bot.models.business import TaxRate
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers._forms import advance, answers, begin, finish, leave
from bot.routers.business import parse
from bot.services.business import BusinessService
from bot.states.business import TaxRateForm
from bot.texts import business as texts


async def show_page(
    _query: CallbackQuery,
    callback_data: OpenTaxRates,
    state: FSMContext,
    business: BusinessService,
) -> Reply:
    await leave(state, TaxRateForm)
    return await _page(callback_data.page, business)


async def ask_code(_query: CallbackQuery, state: FSMContext) -> Reply:
    await begin(state, TaxRateForm.code)
    return show(texts.ask_code(), keyboards.rate_question())


async def take_code(message: Message, state: FSMContext) -> Reply:
    code = parse.tax_code(message.text)
    await advance(state, TaxRateForm.rate_bps, code=code)
    return show(texts.ask_rate(code), keyboards.rate_question())


async def take_rate(message: Message, state: FSMContext) -> Reply:
    rate_bps = parse.rate(message.text)
    found = await answers(state, "code")
    await advance(state, TaxRateForm.valid_from, rate_bps=rate_bps)
    return show(texts.ask_day(found["code"], rate_bps), keyboards.rate_question())


async def take_day(
    message: Message, me: Person, state: FSMContext, business: BusinessService
) -> Reply:
    found = await finish(state, "code", "rate_bps")
    day = parse.day(message.text)
    rate = TaxRate(code=found["code"], valid_from=day, rate_bps=found["rate_bps"])
    await business.set_rate(rate, by=me)
    return (await _page(0, business)).with_note(texts.rate_saved(rate))


async def _page(number: int, business: BusinessService) -> Reply:
    page = await business.rates(number)
    return show(texts.rates(page), keyboards.rates(page))
