"""The list, and a card."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.keyboards import promos as keyboards
from bot.keyboards.promos import OpenPromos, ShowPromo
from bot.models.promos import PromoCard
from bot.replies import Reply, show
from bot.routers._forms import leave
from bot.services.promos import PromoService
from bot.states.promos import PromoEditForm, PromoForm
from bot.texts import promos as texts


async def show_page(
    _query: CallbackQuery, callback_data: OpenPromos, state: FSMContext, promos: PromoService
) -> Reply:
    await leave(state, PromoForm, PromoEditForm)
    shown = await promos.page(callback_data.page)
    return show(texts.page(shown), keyboards.page(shown))


async def show_card(
    _query: CallbackQuery, callback_data: ShowPromo, state: FSMContext, promos: PromoService
) -> Reply:
    shown = await promos.card(callback_data.promo_id)
    await leave(state, PromoEditForm)
    return card(shown)


def card(shown: PromoCard) -> Reply:
    return show(texts.card(shown), keyboards.card(shown))
