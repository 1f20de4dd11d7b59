"""Another bill, another last day: the draft of a decision, changed as often as one likes."""

from datetime import date
from typing import Final

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors.activations import DayNotOffered
from bot.keyboards import activations as keyboards
from bot.keyboards.activations import ChangeLastDay, ChangePrice, ShowDraft
from bot.keyboards.calendars import NoDay, PickDay, TurnMonth
from bot.models.purchases import PurchaseCard
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._dates import calendar_day
from bot.routers.activations._asking import ask
from bot.routers.activations._draft import Kept, keep, kept
from bot.routers.activations.deciding import last_look
from bot.routers.activations.screens import draft
from bot.services.activations import check_last_day
from bot.services.amounts import amount
from bot.services.club import ClubService
from bot.services.purchases import PurchaseService
from bot.states.activations import ActivationForm
from bot.texts import activations as texts

_CHARACTERS: Final = 30  # of an amount


async def show_draft(
    _query: CallbackQuery,
    callback_data: ShowDraft,
    state: FSMContext,
    purchases: PurchaseService,
    club: ClubService,
) -> Reply:
    was = await kept(state, callback_data.purchase_id)
    await keep(state, ActivationForm.change, was)
    found = await purchases.waiting_card(was.purchase_id)
    return draft(found, was.draft, (await club.get()).zone)


async def ask_price(
    _query: CallbackQuery,
    callback_data: ChangePrice,
    state: FSMContext,
    purchases: PurchaseService,
    club: ClubService,
) -> Reply:
    return await ask(callback_data, _ask_price, state, purchases, club)


async def _ask_price(state: FSMContext, found: PurchaseCard, was: Kept) -> Reply:
    await keep(state, ActivationForm.price, was)
    return show(texts.ask_price(found, was.draft), keyboards.ask_price(found.purchase.id))


async def take_price(
    message: Message, state: FSMContext, purchases: PurchaseService, club: ClubService
) -> Reply:
    """What was received is asked anew: it may be more than is billed now."""
    price = amount(_parse.words(message.text, limit=_CHARACTERS))
    was = await kept(state)
    found = await purchases.waiting_card(was.purchase_id)
    change = ActivationForm.change
    made = await keep(state, change, was, price_paise=price, upi_paise=None, cash_paise=None)
    return draft(found, made.draft, (await club.get()).zone)


async def ask_last_day(
    _query: CallbackQuery,
    callback_data: ChangeLastDay,
    state: FSMContext,
    purchases: PurchaseService,
    club: ClubService,
) -> Reply:
    return await ask(callback_data, _ask_last_day, state, purchases, club)


async def _ask_last_day(state: FSMContext, found: PurchaseCard, was: Kept) -> Reply:
    await keep(state, ActivationForm.last_day, was)
    shown = keyboards.ask_last_day(found, was.draft.decision(found).last_day)
    return show(texts.ask_last_day(found, was.draft), shown)


async def turn_month(
    _query: CallbackQuery, callback_data: TurnMonth, state: FSMContext, purchases: PurchaseService
) -> Reply:
    was = await kept(state)
    found = await purchases.waiting_card(was.purchase_id)
    shown = keyboards.ask_last_day(found, callback_data.first)
    return show(texts.ask_last_day(found, was.draft), shown)


async def refuse_day(_query: CallbackQuery, callback_data: NoDay) -> Reply:  # noqa: ARG001
    raise DayNotOffered


async def pick_day(
    _query: CallbackQuery,
    callback_data: PickDay,
    state: FSMContext,
    purchases: PurchaseService,
    club: ClubService,
) -> Reply:
    return await _take(callback_data.day, state, purchases, club)


async def take_last_day(
    message: Message, state: FSMContext, purchases: PurchaseService, club: ClubService
) -> Reply:
    return await _take(calendar_day(message.text), state, purchases, club)


async def _take(
    last_day: date, state: FSMContext, purchases: PurchaseService, club: ClubService
) -> Reply:
    """Once all was asked, the last look comes next; else the draft."""
    was = await kept(state)
    found = await purchases.waiting_card(was.purchase_id)
    check_last_day(last_day, found.first_day)
    made: Kept = await keep(state, ActivationForm.change, was, last_day=last_day)
    if made.draft.cash_paise is not None:
        return await last_look(found, made, state)
    return draft(found, made.draft, (await club.get()).zone)
