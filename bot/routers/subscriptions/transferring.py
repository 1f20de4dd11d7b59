"""The rest of a subscription given over: to whom, a last look, made once."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.keyboards import subscription_moves as keyboards
from bot.keyboards.subscription_moves import MakeTransfer, PickReceiver
from bot.keyboards.subscriptions import AskTransfer
from bot.models.people import Person
from bot.models.transfers import TransferSeen
from bot.replies import Reply, show
from bot.routers import _search
from bot.routers._forms import advance, answers, begin, finish, last_step
from bot.routers.subscriptions.browse import HITS, card
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.services.subscriptions import SubscriptionService
from bot.services.transfers import TransferService
from bot.states.subscriptions import TransferForm
from bot.texts import subscription_lists as list_texts
from bot.texts import subscription_moves as texts


async def ask_receiver(
    _query: CallbackQuery, callback_data: AskTransfer, state: FSMContext, transfers: TransferService
) -> Reply:
    number = callback_data.subscription_id
    rest = await transfers.rest(number)
    await begin(state, TransferForm.search, subscription_id=number)
    return show(texts.ask_receiver(rest), keyboards.transfer_question(number))


async def take_search(
    message: Message,
    state: FSMContext,
    members: MemberService,
    club: ClubService,
    transfers: TransferService,
) -> Reply:
    """One hit is taken at once; several leave the search open for a choice or another try."""
    found = await members.search(_search.wanted(message, await club.get()), limit=HITS)
    number = (await answers(state, "subscription_id"))["subscription_id"]
    if len(found.people) > 1:
        return show(list_texts.several(found), keyboards.receivers(number, found.people))
    return await _review(number, found.people[0].id, state, transfers)


async def pick_receiver(
    _query: CallbackQuery,
    callback_data: PickReceiver,
    state: FSMContext,
    transfers: TransferService,
) -> Reply:
    number = (await answers(state, "subscription_id"))["subscription_id"]
    return await _review(number, callback_data.person_id, state, transfers)


async def make(  # noqa: PLR0913, PLR0917 -- aiogram hands over by name; the card needs two services
    _query: CallbackQuery,
    callback_data: MakeTransfer,
    me: Person,
    state: FSMContext,
    transfers: TransferService,
    subscriptions: SubscriptionService,
    club: ClubService,
) -> Reply:
    found = await finish(state, "subscription_id", "receiver_id", "operation_id", "seen")
    if found["operation_id"] != str(callback_data.operation_id):
        raise StaleButton
    number, operation_id = found["subscription_id"], UUID(found["operation_id"])
    with last_step():
        await transfers.transfer(
            number,
            found["receiver_id"],
            by=me,
            operation_id=operation_id,
            seen=_read(found["seen"]),
        )
    return (await card(await subscriptions.card_of(number), club)).with_note(texts.GIVEN_OVER)


async def _review(
    number: int, receiver_id: int, state: FSMContext, transfers: TransferService
) -> Reply:
    """Whoever cannot get it is refused at once, and somebody else is asked for."""
    plan, operation_id = await transfers.preview(number, receiver_id), uuid4()
    seen = plan.seen
    packed = {
        **asdict(seen),
        "first_day": seen.first_day.isoformat(),
        "last_day": seen.last_day.isoformat(),
    }
    await advance(
        state,
        TransferForm.confirm,
        receiver_id=receiver_id,
        operation_id=str(operation_id),
        seen=packed,
    )
    return show(texts.review_transfer(plan), keyboards.review_transfer(number, operation_id))


def _read(packed: dict[str, Any]) -> TransferSeen:
    return TransferSeen(
        change_id=packed["change_id"],
        first_day=date.fromisoformat(packed["first_day"]),
        last_day=date.fromisoformat(packed["last_day"]),
    )
