"""Buttons of money that admins ask members for."""

from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import Page, RowId, back, button, keyboard, queue
from bot.keyboards.members import ShowMember, ask
from bot.models.claims import RequestCard, RequestPage, RequestStatus
from bot.texts import payment_requests as texts
from bot.texts import verifications as verification_texts


class SendRequest(CallbackData, prefix="preq-send"):
    """Ask for what was looked at. ``operation_id`` was made when this was drawn."""

    person_id: RowId
    operation_id: UUID


class SendFitnessRequest(CallbackData, prefix="preq-send-fit"):
    """As ``SendRequest``, for services at the club."""

    person_id: RowId
    operation_id: UUID


class OpenRequests(CallbackData, prefix="preq-list"):
    """Show what is asked for and not paid."""

    page: Page = 0


class OpenRequest(CallbackData, prefix="preq-open"):
    request_id: RowId


class CancelRequest(CallbackData, prefix="preq-cancel"):
    request_id: RowId


def question(person_id: int) -> InlineKeyboardMarkup:
    return ask("PaymentRequestForm", person_id)


def review(person_id: int, operation_id: UUID, *, asks_what_for: bool) -> InlineKeyboardMarkup:
    this = {"person_id": person_id, "operation_id": operation_id}
    return keyboard(
        [button(texts.SEND, SendRequest(**this))],
        [button(texts.SEND_FITNESS, SendFitnessRequest(**this))] if asks_what_for else [],
        *question(person_id).inline_keyboard,
    )


def page(shown: RequestPage) -> InlineKeyboardMarkup:
    entries = [(texts.entry(one), OpenRequest(request_id=one.id)) for one in shown.entries]
    return queue(entries, shown.number, shown.pages, lambda number: OpenRequests(page=number))


def card(shown: RequestCard) -> InlineKeyboardMarkup:
    request, person = shown.request, shown.person
    member = button(verification_texts.MEMBER, ShowMember(person_id=person.id))
    stop = button(texts.CANCEL_REQUEST, CancelRequest(request_id=request.id))
    return keyboard(
        [stop] if request.status is RequestStatus.OPEN else [],
        [] if person.is_deleted else [member],
        [back(OpenRequests())],
    )
