"""A reported payment: its card and proof; approved as it is, or rejected with a reason."""

from typing import Final

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import verifications as keyboards
from bot.keyboards.verifications import (
    ApproveClaim,
    OpenClaim,
    RejectClaim,
    ShowPayer,
    ShowProof,
)
from bot.models.claims import ClaimStatus
from bot.models.people import Person
from bot.replies import Attachment, Reply, say, show
from bot.routers import _cards, _parse
from bot.routers._forms import begin, finish
from bot.routers.verifications.screens import outcome, too_late
from bot.services.claims import ClaimService
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.states.verifications import RejectClaimForm
from bot.texts import verifications as texts

REASON_LIMIT: Final = 300


async def show_card(
    _query: CallbackQuery, callback_data: OpenClaim, claims: ClaimService, club: ClubService
) -> Reply:
    found = await claims.card(callback_data.claim_id)
    return show(texts.card(found, (await club.get()).zone), keyboards.card(found, queued=True))


async def show_proof(
    _query: CallbackQuery, callback_data: ShowProof, claims: ClaimService
) -> Reply:
    found = await claims.proof(callback_data.claim_id)
    return Reply(
        text=texts.proof(found.card),
        keyboard=keyboards.proof(found.card, queued=callback_data.queued),
        attachment=Attachment(kind=found.proof.kind, file_id=found.proof.file_id),
        fresh=True,
    )


async def show_payer(
    _query: CallbackQuery,
    callback_data: ShowPayer,
    me: Person,
    claims: ClaimService,
    members: MemberService,
    club: ClubService,
) -> Reply:
    found = await claims.card(callback_data.claim_id)
    return await _cards.below(found.person.id, me=me, members=members, club=club)


async def approve(
    _query: CallbackQuery,
    callback_data: ApproveClaim,
    me: Person,
    claims: ClaimService,
    club: ClubService,
) -> Reply:
    number, seen = callback_data.claim_id, callback_data.due_paise
    made = await claims.verify(number, by=me, seen_due_paise=seen)
    return outcome(made, (await club.get()).zone, queued=callback_data.queued)


async def ask_reason(
    _query: CallbackQuery,
    callback_data: RejectClaim,
    state: FSMContext,
    claims: ClaimService,
    club: ClubService,
) -> Reply:
    """Below the card, so that Cancel leaves the card as it is."""
    found = await claims.card(callback_data.claim_id)
    if found.claim.status is not ClaimStatus.WAITING:
        return too_late(found, (await club.get()).zone, queued=callback_data.queued)
    await begin(state, RejectClaimForm.reason, claim_id=found.claim.id)
    return say(texts.ask_reason(found, limit=REASON_LIMIT), keyboards.ask_reason())


async def take_reason(
    message: Message, me: Person, state: FSMContext, claims: ClaimService, club: ClubService
) -> Reply:
    reason = _parse.words(message.text, limit=REASON_LIMIT)
    form = await finish(state, "claim_id")
    made = await claims.reject(form["claim_id"], reason=reason, by=me)
    return say(texts.verdict(made, (await club.get()).zone), keyboards.to_queue())
