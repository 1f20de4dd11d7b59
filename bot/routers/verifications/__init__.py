"""What waits for admins: reported payments, verified or not, and invoices not accepted."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards.common import OpenWaiting
from bot.keyboards.verifications import (
    ApproveClaim,
    AskReceived,
    ConfirmPartly,
    LetStand,
    OpenClaim,
    OpenClaims,
    OpenRejection,
    OpenRejections,
    PickReceived,
    RejectClaim,
    ShowPayer,
    ShowProof,
)
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.verifications import claims, partly, queues, rejections
from bot.states.verifications import PartlyForm, RejectClaimForm


def build_router() -> Router:
    router = Router(name="verifications")
    admins, press, say = May(Role.ADMIN), router.callback_query.register, router.message.register
    press(queues.show_waiting, OpenWaiting.filter(), admins)
    press(queues.show_claims, OpenClaims.filter(), admins)
    press(queues.show_rejections, OpenRejections.filter(), admins)
    press(claims.show_card, OpenClaim.filter(), admins)
    press(claims.show_proof, ShowProof.filter(), admins)
    press(claims.show_payer, ShowPayer.filter(), admins)
    press(claims.approve, ApproveClaim.filter(), admins)
    press(claims.ask_reason, RejectClaim.filter(), admins)
    say(claims.take_reason, Step(RejectClaimForm.reason), admins)
    press(partly.ask_received, AskReceived.filter(), admins)
    say(partly.take_received, Step(PartlyForm.amount), admins)
    press(partly.pick_received, PickReceived.filter(), StateFilter(PartlyForm.amount), admins)
    say(expect_button, Step(PartlyForm.confirm), admins)
    press(partly.confirm, ConfirmPartly.filter(), admins)
    press(rejections.show_card, OpenRejection.filter(), admins)
    press(rejections.let_stand, LetStand.filter(), admins)
    return router
