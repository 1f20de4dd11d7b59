"""Buying a subscription: the plans on sale, one of them, what waits. Paying is in claims."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import purchases as keyboards
from bot.keyboards.purchases import ChooseOffer, OpenShelf, OpenUpgrades, WithdrawPurchase
from bot.models.people import Person, Role
from bot.models.purchases import Shelf
from bot.replies import Reply, show
from bot.routers._filters import May
from bot.routers._forms import leave
from bot.routers.claims import attempts, screens
from bot.services.dues import DueService
from bot.services.purchases import PurchaseService
from bot.states.claims import PayForm, SubscribeForm
from bot.texts import purchases as texts


def build_router() -> Router:
    """Whoever is no member is told what to do first, by the service."""
    router = Router(name="purchases")
    anybody, press = May(Role.VISITOR), router.callback_query.register
    router.message.register(begin, Command("subscribe"), anybody)
    press(show_all, OpenShelf.filter(), anybody)
    press(show_upgrades, OpenUpgrades.filter(), anybody)
    press(choose, ChooseOffer.filter(), anybody)
    press(withdraw, WithdrawPurchase.filter(), anybody)
    return router


async def begin(_message: Message, me: Person, purchases: PurchaseService) -> Reply:
    return await _shelf(me, purchases)


async def show_all(
    _query: CallbackQuery,
    callback_data: OpenShelf,
    state: FSMContext,
    me: Person,
    purchases: PurchaseService,
) -> Reply:
    await leave(state, PayForm, SubscribeForm)
    return replace(await _shelf(me, purchases), fresh=callback_data.anew)


async def show_upgrades(
    _query: CallbackQuery, state: FSMContext, me: Person, purchases: PurchaseService
) -> Reply:
    await leave(state, PayForm, SubscribeForm)
    return _offered(await purchases.upgrades(me=me))


async def choose(
    _query: CallbackQuery,
    callback_data: ChooseOffer,
    state: FSMContext,
    me: Person,
    dues: DueService,
) -> Reply:
    code = await attempts.code(state)  # typed before they chose when it starts
    payable = await dues.plan(callback_data.plan_id, callback_data.starts, me=me, code=code)
    return await screens.ways(payable, state)


async def withdraw(
    _query: CallbackQuery, callback_data: WithdrawPurchase, me: Person, purchases: PurchaseService
) -> Reply:
    await purchases.withdraw(callback_data.purchase_id, me=me)
    return (await _shelf(me, purchases)).with_note(texts.WITHDRAWN)


async def _shelf(me: Person, purchases: PurchaseService) -> Reply:
    return _offered(await purchases.shelf(me=me))


def _offered(shown: Shelf) -> Reply:
    if shown.waiting:
        return screens.requested(shown.waiting)
    return show(texts.shelf(shown), keyboards.shelf(shown))
