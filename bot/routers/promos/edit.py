"""A day or a limit of a promo code changed on its card; switched on or off."""

from datetime import date

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import promos as keyboards
from bot.keyboards.promos import ClearPromoFact, EditPromo, SwitchPromo
from bot.models.people import Person
from bot.models.promos import PromoField
from bot.replies import Reply, show
from bot.routers._forms import begin, finish, leave
from bot.routers.promos import parse
from bot.routers.promos.browse import card
from bot.services.promos import PromoService
from bot.states.promos import PromoEditForm
from bot.texts import promos as texts


async def ask_value(
    _query: CallbackQuery, callback_data: EditPromo, state: FSMContext, promos: PromoService
) -> Reply:
    field, shown = callback_data.field, await promos.card(callback_data.promo_id)
    promo = shown.promo
    await begin(state, PromoEditForm.value, promo_id=promo.id, field=field.value)
    return show(texts.FACTS.ask(field, promo), keyboards.edit_question(field, promo.id))


async def take_value(
    message: Message, me: Person, state: FSMContext, promos: PromoService
) -> Reply:
    found = await finish(state, "promo_id", "field")
    field = PromoField(found["field"])
    value = parse.fact(field, message.text)
    limit = value if isinstance(value, date | int) else None
    return card(await promos.change(found["promo_id"], field, limit, by=me)).with_note(texts.SAVED)


async def clear(
    _query: CallbackQuery,
    callback_data: ClearPromoFact,
    me: Person,
    state: FSMContext,
    promos: PromoService,
) -> Reply:
    changed = await promos.change(callback_data.promo_id, callback_data.field, None, by=me)
    await leave(state, PromoEditForm)
    return card(changed).with_note(texts.SAVED)


async def switch(
    _query: CallbackQuery, callback_data: SwitchPromo, me: Person, promos: PromoService
) -> Reply:
    is_on, on = PromoField.IS_ON, callback_data.on
    return card(await promos.change(callback_data.promo_id, is_on, on, by=me))
