"""Every sentence about payments that members report, and what the club asks them for."""

from typing import Final

from bot.errors import Refusal
from bot.errors.claims import (
    ClaimDecided,
    ClaimGone,
    ClaimWaiting,
    MoreThanDue,
    RejectionGone,
    RequestGone,
)
from bot.models.claims import Claim, PaymentRequest, Rejection, RequestStatus
from bot.texts.amounts import rupees
from bot.texts.format import esc

REFUSALS: Final[dict[type[Refusal], str]] = {
    ClaimGone: "This payment is not there.",
    ClaimWaiting: "You have reported a payment for this already. The club will look at it soon.",
    ClaimDecided: "The club has decided on it already.",
    MoreThanDue: "Only {due_paise} is due. Send that much or less.",
    RequestGone: "This is paid or no longer asked for. See /pay.",
    RejectionGone: "That has been settled already.",
}


def rejected(claim: Claim) -> str:
    """To whoever reported it."""
    return (
        f"❌ The club could not confirm your payment of {rupees(claim.total_paise)}.\n"
        f"Reason: {esc(claim.reason or '')}"
    )


def asked(request: PaymentRequest) -> str:
    return f"💳 The club asks you for {rupees(request.amount_paise)}\nFor: {esc(request.purpose)}"


def asked_no_longer(request: PaymentRequest) -> str:
    paid, what = rupees(request.amount_paise), esc(request.purpose)
    if request.status is RequestStatus.PAID:
        return f"✅ Paid: {paid}\nFor: {what}"
    return f"💳 The club no longer asks you for {paid}\nFor: {what}"


def stands(rejection: Rejection) -> str:
    """To whoever did not accept it."""
    return f"🧾 The club has looked at {rejection.number} again: it stands. See /pay."
