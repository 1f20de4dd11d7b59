"""The ways in, the lists, the search, one person's card."""

from typing import Final

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import subscriptions as keyboards
from bot.keyboards.common import ListSubscribers, ShowSubscriber
from bot.keyboards.subscriptions import FindSubscriber, ShowSubscription
from bot.models.subscription_cards import SubscriptionCard
from bot.models.subscriptions import SubscriptionList
from bot.replies import Reply, show
from bot.routers import _search
from bot.routers._forms import answers, begin, finish, leave
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.services.subscribers import SubscriberService
from bot.services.subscriptions import SubscriptionService
from bot.states.bulk_changes import BulkExtendForm
from bot.states.subscriptions import (
    CancelSubscriptionForm,
    ExtendForm,
    FreezeForm,
    RuleForm,
    SubscriberSearchForm,
    TransferForm,
)
from bot.texts import subscription_lists as texts

HITS: Final = 8


async def show_overview(
    _query: CallbackQuery, state: FSMContext, subscriptions: SubscriptionService
) -> Reply:
    await leave(state, SubscriberSearchForm, RuleForm)
    shown = await subscriptions.overview()
    return show(texts.overview(shown), keyboards.overview(shown))


async def show_list(
    _query: CallbackQuery,
    callback_data: ListSubscribers,
    state: FSMContext,
    subscriptions: SubscriptionService,
) -> Reply:
    await leave(state, SubscriberSearchForm, BulkExtendForm)
    shown = await subscriptions.page(callback_data.which, callback_data.page)
    return show(texts.page(shown), keyboards.page(shown))


async def ask_search(
    _query: CallbackQuery, callback_data: FindSubscriber, state: FSMContext
) -> Reply:
    which = callback_data.which
    if which:
        await begin(state, SubscriberSearchForm.on_list, which=which.value)
    else:
        await begin(state, SubscriberSearchForm.search)
    return show(texts.ask_search(which), keyboards.search(which))


async def take_search_on(
    message: Message, state: FSMContext, club: ClubService, subscribers: SubscriberService
) -> Reply:
    """The search stays open for a choice or another try."""
    which = SubscriptionList((await answers(state, "which"))["which"])
    wanted = _search.wanted(message, await club.get())
    found = await subscribers.find_on(which, wanted, limit=HITS)
    return show(texts.several_on(found, HITS), keyboards.hits_on(which, found[:HITS]))


async def take_search(
    message: Message,
    state: FSMContext,
    members: MemberService,
    club: ClubService,
    subscriptions: SubscriptionService,
) -> Reply:
    """One hit is shown at once; several leave the search open for a choice or another try."""
    found = await members.search(_search.wanted(message, await club.get()), limit=HITS)
    if len(found.people) > 1:
        return show(texts.several(found), keyboards.hits(found.people))
    shown = await subscriptions.card(found.people[0].id)
    await finish(state)
    return await card(shown, club)


async def show_person(
    _query: CallbackQuery,
    callback_data: ShowSubscriber,
    state: FSMContext,
    subscriptions: SubscriptionService,
    club: ClubService,
) -> Reply:
    shown = await subscriptions.card(callback_data.person_id)
    await leave(state, SubscriberSearchForm)
    return await card(shown, club)


async def show_one(
    _query: CallbackQuery,
    callback_data: ShowSubscription,
    state: FSMContext,
    subscriptions: SubscriptionService,
    club: ClubService,
) -> Reply:
    shown = await subscriptions.card_of(callback_data.subscription_id)
    await leave(state, ExtendForm, FreezeForm, CancelSubscriptionForm, TransferForm)
    return await card(shown, club)


async def card(shown: SubscriptionCard, club: ClubService) -> Reply:
    zone = (await club.get()).zone
    return show(texts.card(shown, zone), keyboards.card(shown))
