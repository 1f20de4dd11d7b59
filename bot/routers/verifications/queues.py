"""How much waits, and what."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.keyboards import verifications as keyboards
from bot.keyboards.verifications import OpenClaims, OpenRejections
from bot.replies import Reply, show
from bot.routers._forms import leave
from bot.services.approvals import ApprovalService
from bot.services.claims import ClaimService
from bot.services.club import ClubService
from bot.services.payment_requests import PaymentRequestService
from bot.services.rejections import RejectionService
from bot.states.verifications import PartlyForm, RejectClaimForm
from bot.texts import rejections as rejection_texts
from bot.texts import verifications as texts


async def show_waiting(
    _query: CallbackQuery, approvals: ApprovalService, payment_requests: PaymentRequestService
) -> Reply:
    shown, asked = await approvals.waiting(), await payment_requests.count_open()
    return show(texts.waiting(shown), keyboards.waiting(shown, asked))


async def show_claims(
    _query: CallbackQuery,
    callback_data: OpenClaims,
    state: FSMContext,
    claims: ClaimService,
    club: ClubService,
) -> Reply:
    await leave(state, RejectClaimForm, PartlyForm)
    queue = await claims.queue(page=callback_data.page)
    return show(texts.claims(queue), keyboards.claims(queue, await club.get()))


async def show_rejections(
    _query: CallbackQuery, callback_data: OpenRejections, rejections: RejectionService
) -> Reply:
    queue = await rejections.queue(page=callback_data.page)
    return show(rejection_texts.queue(queue), keyboards.rejections(queue))
