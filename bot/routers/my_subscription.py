"""A member's own subscription: how it stands, what waits, how to renew."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.keyboards import my_subscription as keyboards
from bot.keyboards.my_subscription import OpenMySubscription, WithdrawMine
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers._filters import May
from bot.services.my_subscription import MySubscriptionService
from bot.services.purchases import PurchaseService
from bot.texts import my_subscription as texts


def build_router() -> Router:
    router = Router(name="my_subscription")
    members, press = May(Role.MEMBER), router.callback_query.register
    router.message.register(show_mine, Command("my_subscription"), members)
    press(show_mine, OpenMySubscription.filter(), members)
    press(withdraw, WithdrawMine.filter(), members)
    return router


async def show_mine(
    _event: Message | CallbackQuery, me: Person, my_subscription: MySubscriptionService
) -> Reply:
    return await _mine(me, my_subscription)


async def withdraw(
    _query: CallbackQuery,
    callback_data: WithdrawMine,
    me: Person,
    purchases: PurchaseService,
    my_subscription: MySubscriptionService,
) -> Reply:
    await purchases.withdraw(callback_data.purchase_id, me=me)
    return (await _mine(me, my_subscription)).with_note(texts.WITHDRAWN)


async def _mine(me: Person, my_subscription: MySubscriptionService) -> Reply:
    shown = await my_subscription.overview(me=me)
    return show(texts.screen(shown), keyboards.screen(shown))
