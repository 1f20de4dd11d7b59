"""Buttons of the queue of registrations and of a registration's card."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

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
from bot.models.club import Club
from bot.models.registrations import RegistrationCard, RegistrationQueue, RegistrationStatus
from bot.texts import approvals as texts
from bot.texts import menu as menu_texts


class OpenApprovals(CallbackData, prefix="apr-list"):
    """Show who waits."""

    page: Page = 0


class OpenApproval(CallbackData, prefix="apr-open"):
    """Show one card out of the queue."""

    registration_id: RowId


class ApproveRegistration(CallbackData, prefix="apr-approve"):
    """``queued``: the card was opened from the queue and leads back to it."""

    registration_id: RowId
    queued: bool


class RejectRegistration(CallbackData, prefix="apr-reject"):
    """``queued`` as in ``ApproveRegistration``."""

    registration_id: RowId
    queued: bool


class ShowApplicantPhoto(CallbackData, prefix="apr-photo"):
    registration_id: RowId


def registrations(shown: RegistrationQueue, club: Club) -> InlineKeyboardMarkup:
    entries = [
        (texts.entry(one, club), OpenApproval(registration_id=one.id)) for one in shown.waiting
    ]
    return queue(entries, shown.page, shown.pages, lambda number: OpenApprovals(page=number))


def card(found: RegistrationCard, *, queued: bool = False) -> InlineKeyboardMarkup:
    """Decided, only the way back is left; without a queue, nothing."""
    return keyboard(*_decisions(found, queued=queued), [back(OpenApprovals())] if queued else [])


def ask_reason() -> InlineKeyboardMarkup:
    return keyboard([cancel("RejectRegistrationForm")], [back(OpenApprovals())])


def to_queue() -> InlineKeyboardMarkup:
    return keyboard([button(menu_texts.APPROVALS, OpenWaiting())], [back(OpenAdmin())])


def _decisions(found: RegistrationCard, *, queued: bool) -> list[list[InlineKeyboardButton]]:
    one = found.registration
    if one.status is not RegistrationStatus.PENDING:
        return []
    photo = button(texts.PHOTO, ShowApplicantPhoto(registration_id=one.id))
    return [
        [
            button(texts.APPROVE, ApproveRegistration(registration_id=one.id, queued=queued)),
            button(texts.REJECT, RejectRegistration(registration_id=one.id, queued=queued)),
        ],
        [photo] if one.applicant.photo_file_id else [],
    ]
