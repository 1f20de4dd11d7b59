"""Registrations from the admins' side: the queue, the card, approve and reject."""

from typing import Final

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import approvals as keyboards
from bot.keyboards.approvals import (
    ApproveRegistration,
    OpenApproval,
    OpenApprovals,
    RejectRegistration,
    ShowApplicantPhoto,
)
from bot.models.club import Club
from bot.models.people import Person, Role
from bot.models.registrations import RegistrationCard, RegistrationStatus
from bot.replies import Reply, photo, say, show
from bot.routers import _parse
from bot.routers._filters import May, Step
from bot.routers._forms import begin, finish, leave
from bot.services.approvals import ApprovalService
from bot.services.club import ClubService
from bot.states.approvals import RejectRegistrationForm
from bot.texts import approvals as texts

REASON_LIMIT: Final = 300


def build_router() -> Router:
    router = Router(name="approvals")
    admins, press = May(Role.ADMIN), router.callback_query.register
    press(show_queue, OpenApprovals.filter(), admins)
    press(show_card, OpenApproval.filter(), admins)
    press(show_photo, ShowApplicantPhoto.filter(), admins)
    press(approve, ApproveRegistration.filter(), admins)
    press(ask_reason, RejectRegistration.filter(), admins)
    router.message.register(take_reason, Step(RejectRegistrationForm.reason), admins)
    return router


async def show_queue(
    _query: CallbackQuery,
    callback_data: OpenApprovals,
    state: FSMContext,
    approvals: ApprovalService,
    club: ClubService,
) -> Reply:
    await leave(state, RejectRegistrationForm)
    queue = await approvals.queue(page=callback_data.page)
    return show(texts.queue(queue), keyboards.registrations(queue, await club.get()))


async def show_card(
    _query: CallbackQuery,
    callback_data: OpenApproval,
    approvals: ApprovalService,
    club: ClubService,
) -> Reply:
    card = await approvals.card(callback_data.registration_id)
    return show(texts.card(card, await club.get()), keyboards.card(card, queued=True))


async def show_photo(
    _query: CallbackQuery, callback_data: ShowApplicantPhoto, approvals: ApprovalService
) -> Reply:
    card = await approvals.card(callback_data.registration_id)
    return photo(card.registration.applicant.photo_file_id or "", texts.photo_of(card))


async def approve(
    _query: CallbackQuery,
    callback_data: ApproveRegistration,
    me: Person,
    approvals: ApprovalService,
    club: ClubService,
) -> Reply:
    made = await approvals.approve(callback_data.registration_id, by=me)
    facts = await club.get()
    return Reply(
        text=texts.card(made.card, facts),
        keyboard=keyboards.card(made.card, queued=callback_data.queued),
        toast=texts.verdict(made, facts),
        alert=not made.stands,
    )


async def ask_reason(
    _query: CallbackQuery,
    callback_data: RejectRegistration,
    state: FSMContext,
    approvals: ApprovalService,
    club: ClubService,
) -> Reply:
    """Below the card, so that Cancel leaves the card as it is."""
    card = await approvals.card(callback_data.registration_id)
    if card.registration.status is not RegistrationStatus.PENDING:
        return _too_late(card, await club.get(), queued=callback_data.queued)
    await begin(state, RejectRegistrationForm.reason, registration_id=card.registration.id)
    return say(texts.ask_reason(card, limit=REASON_LIMIT), keyboards.ask_reason())


async def take_reason(
    message: Message, me: Person, state: FSMContext, approvals: ApprovalService, club: ClubService
) -> Reply:
    reason = _parse.words(message.text, limit=REASON_LIMIT)
    form = await finish(state, "registration_id")
    made = await approvals.reject(form["registration_id"], reason=reason, by=me)
    return say(texts.verdict(made, await club.get()), keyboards.to_queue())


def _too_late(card: RegistrationCard, club: Club, *, queued: bool) -> Reply:
    return Reply(
        text=texts.card(card, club),
        keyboard=keyboards.card(card, queued=queued),
        toast=texts.too_late(card, club),
        alert=True,
    )
