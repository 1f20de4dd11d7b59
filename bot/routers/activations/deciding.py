"""Approving: received by UPI, received in cash, a last look; then exactly that is booked."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.errors.activations import FirstDayChanged, UpgradeChanged
from bot.errors.subscriptions import NotOfBill
from bot.keyboards import activations as keyboards
from bot.keyboards.activations import ApprovePurchase, ConfirmPurchase, Part, PickCame
from bot.models.payments import Method
from bot.models.people import Person
from bot.models.purchases import PurchaseCard, PurchaseVerdict
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers.activations._asking import ask
from bot.routers.activations._draft import Kept, close, keep, keep_seen, kept
from bot.routers.activations.screens import draft, hindered, outcome
from bot.services.activations import ActivationService
from bot.services.club import ClubService
from bot.services.purchases import PurchaseService
from bot.states.activations import ActivationForm
from bot.texts import activations as texts


async def ask_received(
    _query: CallbackQuery,
    callback_data: ApprovePurchase,
    state: FSMContext,
    purchases: PurchaseService,
    club: ClubService,
) -> Reply:
    return await ask(callback_data, _ask_received, state, purchases, club)


async def _ask_received(state: FSMContext, found: PurchaseCard, was: Kept) -> Reply:
    asked = await keep(state, ActivationForm.upi, was, upi_paise=None, cash_paise=None)
    return _question(found, asked)


async def take_upi(message: Message, state: FSMContext, purchases: PurchaseService) -> Reply:
    return await _take_upi(_parse.received(message.text), state, purchases)


async def take_cash(message: Message, state: FSMContext, purchases: PurchaseService) -> Reply:
    return await _take_cash(_parse.received(message.text), state, purchases)


async def pick_came(
    _query: CallbackQuery, callback_data: PickCame, state: FSMContext, purchases: PurchaseService
) -> Reply:
    was = await kept(state)
    if (callback_data.purchase_id, callback_data.revision) != (was.purchase_id, was.revision):
        raise StaleButton
    found = await purchases.waiting_card(was.purchase_id)
    came = {
        Part.REPORTED: _reported(found, was),
        Part.REST: _left(found, was),
        Part.NONE: 0,
    }[callback_data.part]
    take = _take_upi if was.draft.upi_paise is None else _take_cash
    return await take(came, state, purchases)


async def confirm(
    _query: CallbackQuery,
    callback_data: ConfirmPurchase,
    me: Person,
    state: FSMContext,
    activations: ActivationService,
    club: ClubService,
) -> Reply:
    number, zone = callback_data.purchase_id, (await club.get()).zone
    if decided := await activations.find_verdict(number, by=me):
        await close(state, number)
        return outcome(decided, zone)
    was = await kept(state, number)
    if was.seen is None or callback_data.revision != was.revision:
        raise StaleButton
    made = await activations.settle(number, was.seen, by=me)
    if made.obstacle is None:
        await close(state, number)
        return outcome(made, zone)
    return hindered(made, await _looked_at_again(made, was, state, club))


async def last_look(found: PurchaseCard, was: Kept, state: FSMContext) -> Reply:
    made = await keep_seen(state, was, found)
    last = keyboards.ask_confirm(found.purchase.id, made.revision)
    return show(texts.ask_confirm(found, made.draft.decision(found)), last)


async def _looked_at_again(
    made: PurchaseVerdict, was: Kept, state: FSMContext, club: ClubService
) -> Reply:
    """Nothing is lost: what has moved is shown anew, all else is to be changed."""
    if isinstance(made.obstacle, FirstDayChanged | UpgradeChanged):
        return await last_look(made.card, was, state)
    kept_draft = await keep(state, ActivationForm.change, was)
    return draft(made.card, kept_draft.draft, (await club.get()).zone)


async def _take_upi(paise: int, state: FSMContext, purchases: PurchaseService) -> Reply:
    was = await kept(state)
    found = await purchases.waiting_card(was.purchase_id)
    _check(paise, found, was)
    return _question(found, await keep(state, ActivationForm.cash, was, upi_paise=paise))


async def _take_cash(paise: int, state: FSMContext, purchases: PurchaseService) -> Reply:
    was = await kept(state)
    found = await purchases.waiting_card(was.purchase_id)
    _check(paise, found, was)
    made = await keep(state, ActivationForm.confirm, was, cash_paise=paise)
    return await last_look(found, made, state)


def _question(found: PurchaseCard, was: Kept) -> Reply:
    """UPI first, then cash."""
    method = Method.UPI if was.draft.upi_paise is None else Method.CASH
    shown = keyboards.ask_came(
        was.purchase_id,
        was.revision,
        reported_paise=_reported(found, was),
        left_paise=_left(found, was),
    )
    return show(texts.ask_came(found, was.draft, method), shown)


def _reported(found: PurchaseCard, was: Kept) -> int:
    return found.usual.upi_paise if was.draft.upi_paise is None else found.usual.cash_paise


def _left(found: PurchaseCard, was: Kept) -> int:
    return was.draft.to_pay_of(found) - (was.draft.upi_paise or 0)


def _check(paise: int, found: PurchaseCard, was: Kept) -> None:
    if paise > _left(found, was):
        raise NotOfBill(price_paise=was.draft.to_pay_of(found))
