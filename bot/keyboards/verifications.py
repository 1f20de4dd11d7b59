"""Buttons of what waits for admins: reported payments, and invoices not accepted."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.activations import OpenPurchases
from bot.keyboards.approvals import OpenApprovals
from bot.keyboards.common import (
    OpenAdmin,
    OpenWaiting,
    Page,
    RowId,
    back,
    button,
    cancel,
    keyboard,
    queue,
)
from bot.keyboards.invoices import ShowInvoice
from bot.keyboards.payment_requests import OpenRequests
from bot.models.claims import Claim, ClaimCard, ClaimQueue, ClaimStatus, Rejection, RejectionQueue
from bot.models.club import Club
from bot.models.verifications import Waiting
from bot.texts import activations as activation_texts
from bot.texts import approvals as approval_texts
from bot.texts import payment_requests as request_texts
from bot.texts import rejections as rejection_texts
from bot.texts import verifications as texts

# What the card said is due, to be compared with what is; none where it is about no invoice.
SeenPaise = Annotated[int, Field(ge=0, lt=2**63)] | None


class OpenClaims(CallbackData, prefix="ver-list"):
    """Show which payments wait."""

    page: Page = 0


class OpenClaim(CallbackData, prefix="ver-open"):
    """Show one card out of the queue."""

    claim_id: RowId


class ApproveClaim(CallbackData, prefix="ver-approve"):
    """``queued``: the card was opened from the queue and leads back to it."""

    claim_id: RowId
    queued: bool
    due_paise: SeenPaise = None


class AskReceived(CallbackData, prefix="ver-partly"):
    """Ask how much of each line was received."""

    claim_id: RowId
    queued: bool


class RejectClaim(CallbackData, prefix="ver-reject"):
    """Ask why; ``queued`` as in ``ApproveClaim``."""

    claim_id: RowId
    queued: bool


class ShowProof(CallbackData, prefix="ver-proof"):
    claim_id: RowId
    queued: bool


class ShowPayer(CallbackData, prefix="ver-payer"):
    """Show the member's card below this one."""

    claim_id: RowId


class Part(StrEnum):
    ALL = "all"
    NONE = "none"


class PickReceived(CallbackData, prefix="ver-got"):
    """``position``: of the line that was asked about, from 0."""

    claim_id: RowId
    position: Annotated[int, Field(ge=0, lt=1000)]
    part: Part


class ConfirmPartly(CallbackData, prefix="ver-book"):
    claim_id: RowId
    due_paise: SeenPaise = None


class OpenRejections(CallbackData, prefix="ver-rejs"):
    """Show which invoices are not accepted."""

    page: Page = 0


class OpenRejection(CallbackData, prefix="ver-rej"):
    """Show one of them out of the queue."""

    rejection_id: RowId


class LetStand(CallbackData, prefix="ver-stands"):
    rejection_id: RowId
    queued: bool


def waiting(shown: Waiting, open_requests: int) -> InlineKeyboardMarkup:
    return keyboard(
        [button(texts.registrations(shown.registrations), OpenApprovals())],
        [button(texts.payments(shown.payments), OpenClaims())],
        [button(activation_texts.waiting(shown.subscriptions), OpenPurchases())],
        [button(texts.invoices(shown.invoices), OpenRejections())],
        [button(request_texts.open_requests(open_requests), OpenRequests())],
        [back(OpenAdmin())],
    )


def claims(shown: ClaimQueue, club: Club) -> InlineKeyboardMarkup:
    entries = [
        (texts.claim_entry(one, club.zone), OpenClaim(claim_id=one.id)) for one in shown.entries
    ]
    return queue(entries, shown.number, shown.pages, lambda number: OpenClaims(page=number))


def card(shown: ClaimCard, *, queued: bool = False) -> InlineKeyboardMarkup:
    """Decided, only the way back is left; without a queue, nothing."""
    claim, leave = shown.claim, [back(OpenClaims())] if queued else []
    if claim.status is not ClaimStatus.WAITING:
        return keyboard(leave)
    proof = button(texts.PROOF, ShowProof(claim_id=claim.id, queued=queued))
    payer = button(texts.MEMBER, ShowPayer(claim_id=claim.id))
    looks = [proof] if claim.proof else []
    if not shown.person.is_deleted:
        looks.append(payer)
    return keyboard(*_decisions(shown, queued=queued), looks, leave)


def proof(shown: ClaimCard, *, queued: bool) -> InlineKeyboardMarkup:
    """What was looked at is decided on here, too."""
    return keyboard(
        *(_decisions(shown, queued=queued) if shown.claim.status is ClaimStatus.WAITING else [])
    )


def ask_reason() -> InlineKeyboardMarkup:
    return keyboard([cancel("RejectClaimForm")], [back(OpenClaims())])


def ask_received(claim: Claim, position: int) -> InlineKeyboardMarkup:
    every, none = (
        PickReceived(claim_id=claim.id, position=position, part=part)
        for part in (Part.ALL, Part.NONE)
    )
    return keyboard(
        [button(texts.all_of_it(claim.lines[position]), every)],
        [button(texts.NONE_OF_IT, none)],
        [cancel("PartlyForm")],
        [back(OpenClaims())],
    )


def ask_confirm(shown: ClaimCard, paise: int) -> InlineKeyboardMarkup:
    yes = ConfirmPartly(claim_id=shown.claim.id, due_paise=shown.due_paise)
    return keyboard(
        [button(texts.confirm(paise), yes)], [cancel("PartlyForm")], [back(OpenClaims())]
    )


def to_queue() -> InlineKeyboardMarkup:
    return keyboard([button(texts.payments(0), OpenClaims())], [back(OpenWaiting())])


def rejections(shown: RejectionQueue) -> InlineKeyboardMarkup:
    entries = [
        (rejection_texts.entry(one), OpenRejection(rejection_id=one.id)) for one in shown.entries
    ]
    return queue(entries, shown.number, shown.pages, lambda number: OpenRejections(page=number))


def not_accepted(rejection: Rejection, *, queued: bool = False) -> InlineKeyboardMarkup:
    """As ``card``. To cancel the invoice is a matter of its own card."""
    stands = LetStand(rejection_id=rejection.id, queued=queued)
    decide = [button(rejection_texts.STANDS, stands)] if rejection.settled_at is None else []
    look = button(rejection_texts.INVOICE, ShowInvoice(invoice_id=rejection.invoice_id))
    return keyboard(
        [look, *decide] if decide or queued else [],
        [back(OpenRejections())] if queued else [],
    )


def _decisions(shown: ClaimCard, *, queued: bool) -> list[list[InlineKeyboardButton]]:
    number = shown.claim.id
    approve = ApproveClaim(claim_id=number, queued=queued, due_paise=shown.due_paise)
    return [
        [
            button(approval_texts.APPROVE, approve),
            button(texts.PARTLY, AskReceived(claim_id=number, queued=queued)),
            button(approval_texts.REJECT, RejectClaim(claim_id=number, queued=queued)),
        ]
    ]
