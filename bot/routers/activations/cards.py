"""Subscriptions asked for: the queue, a card and what there is to look at, a rejection."""

from typing import Final

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors.claims import ClaimGone
from bot.errors.subscriptions import PurchaseGone
from bot.keyboards import activations as keyboards
from bot.keyboards.activations import (
    FindPurchase,
    OpenPurchase,
    OpenPurchases,
    RejectPurchase,
    ShowBuyer,
    ShowBuyerPhoto,
    ShowPurchaseProof,
)
from bot.keyboards.common import Section
from bot.models.people import Person
from bot.models.purchases import PurchaseStatus
from bot.replies import Attachment, Reply, photo, say, show
from bot.routers import _cards, _parse, _search
from bot.routers._forms import answers, begin, finish, leave
from bot.routers.activations._draft import close
from bot.routers.activations.screens import too_late
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.services.purchases import PurchaseService
from bot.services.subscribers import SubscriberService
from bot.states.activations import ActivationForm, PurchaseSearchForm, RejectPurchaseForm
from bot.texts import activations as texts
from bot.texts import purchase_cards as card_texts
from bot.texts import subscription_lists as list_texts

REASON_LIMIT: Final = 300
HITS: Final = 8


async def show_queue(
    _query: CallbackQuery,
    callback_data: OpenPurchases,
    state: FSMContext,
    purchases: PurchaseService,
    club: ClubService,
) -> Reply:
    await leave(state, ActivationForm, RejectPurchaseForm, PurchaseSearchForm)
    queue = await purchases.queue(page=callback_data.page)
    shown = keyboards.purchases(queue, await club.get(), callback_data.section)
    return show(texts.queue(queue), shown)


async def ask_search(
    _query: CallbackQuery, callback_data: FindPurchase, state: FSMContext, club: ClubService
) -> Reply:
    section = callback_data.section
    await begin(state, PurchaseSearchForm.search, section=section.value)
    return show(texts.ASK_SEARCH, keyboards.hits([], await club.get(), section))


async def take_search(
    message: Message, state: FSMContext, subscribers: SubscriberService, club: ClubService
) -> Reply:
    """The search stays open for a choice or another try."""
    facts, section = await club.get(), Section((await answers(state, "section"))["section"])
    found = await subscribers.find_waiting(_search.wanted(message, facts), limit=HITS)
    return show(list_texts.several_on(found, HITS), keyboards.hits(found[:HITS], facts, section))


async def show_card(
    _query: CallbackQuery,
    callback_data: OpenPurchase,
    state: FSMContext,
    purchases: PurchaseService,
    club: ClubService,
) -> Reply:
    found = await purchases.card(callback_data.purchase_id)
    await leave(state, PurchaseSearchForm)
    shown = keyboards.card(found, section=callback_data.section)
    return show(card_texts.card(found, (await club.get()).zone), shown)


async def show_proof(
    _query: CallbackQuery, callback_data: ShowPurchaseProof, purchases: PurchaseService
) -> Reply:
    found = await purchases.card(callback_data.purchase_id)
    if found.claim is None or found.claim.proof is None:
        raise ClaimGone
    held = found.claim.proof
    return Reply(
        text=card_texts.proof(found),
        keyboard=keyboards.only_decide(found),
        attachment=Attachment(kind=held.kind, file_id=held.file_id),
        fresh=True,
    )


async def show_photo(
    _query: CallbackQuery, callback_data: ShowBuyerPhoto, purchases: PurchaseService
) -> Reply:
    found = await purchases.card(callback_data.purchase_id)
    if found.photo_file_id is None:
        raise PurchaseGone
    return photo(found.photo_file_id, card_texts.photo(found), keyboards.only_decide(found))


async def show_buyer(
    _query: CallbackQuery,
    callback_data: ShowBuyer,
    me: Person,
    purchases: PurchaseService,
    members: MemberService,
    club: ClubService,
) -> Reply:
    found = await purchases.card(callback_data.purchase_id)
    return await _cards.below(found.person.id, me=me, members=members, club=club)


async def ask_reason(
    _query: CallbackQuery,
    callback_data: RejectPurchase,
    state: FSMContext,
    purchases: PurchaseService,
    club: ClubService,
) -> Reply:
    """Below the card, so that Cancel leaves the card as it is."""
    found = await purchases.card(callback_data.purchase_id)
    await close(state, found.purchase.id)
    if found.purchase.status is not PurchaseStatus.WAITING:
        return too_late(found, (await club.get()).zone)
    await begin(state, RejectPurchaseForm.reason, purchase_id=found.purchase.id)
    return say(texts.ask_reason(found, limit=REASON_LIMIT), keyboards.ask_reason())


async def take_reason(
    message: Message,
    me: Person,
    state: FSMContext,
    purchases: PurchaseService,
    club: ClubService,
) -> Reply:
    reason = _parse.words(message.text, limit=REASON_LIMIT)
    form = await finish(state, "purchase_id")
    made = await purchases.reject(form["purchase_id"], reason=reason, by=me)
    return say(texts.verdict(made, (await club.get()).zone), keyboards.to_queue())
