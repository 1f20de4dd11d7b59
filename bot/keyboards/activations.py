"""Buttons of subscriptions that are asked for: the queue, the card, and the way to a decision."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards import calendars
from bot.keyboards.common import (
    OpenWaiting,
    Page,
    RowId,
    Section,
    back,
    button,
    cancel,
    keyboard,
    queue,
)
from bot.models.club import Club
from bot.models.plans import MAX_DAYS
from bot.models.purchases import PurchaseCard, PurchaseEntry, PurchaseQueue, PurchaseStatus
from bot.texts import activations as texts
from bot.texts import approvals as approval_texts
from bot.texts import subscription_lists as list_texts
from bot.texts import verifications as claim_texts

_FORM: Final = "ActivationForm"
_QUICK_DAYS: Final = (30, 60, 90)
Revision = Annotated[int, Field(ge=0, lt=1_000_000)]


class OpenPurchases(CallbackData, prefix="act-list"):
    """Show which subscriptions are asked for."""

    page: Page = 0
    section: Section = Section.APPROVALS


class FindPurchase(CallbackData, prefix="act-find"):
    """Ask whose request to look for."""

    section: Section = Section.APPROVALS


class OpenPurchase(CallbackData, prefix="act-open"):
    """Show one card out of the queue."""

    purchase_id: RowId
    section: Section = Section.APPROVALS


class ApprovePurchase(CallbackData, prefix="act-approve"):
    """Ask what was received; ``drafting``: pressed on the screen of the form itself."""

    purchase_id: RowId
    drafting: bool


class ChangePrice(CallbackData, prefix="act-price"):
    """Ask for another bill; ``drafting`` as in ``ApprovePurchase``."""

    purchase_id: RowId
    drafting: bool


class ChangeLastDay(CallbackData, prefix="act-day"):
    """Ask for another last day; ``drafting`` as in ``ApprovePurchase``."""

    purchase_id: RowId
    drafting: bool


class RejectPurchase(CallbackData, prefix="act-reject"):
    """Ask why."""

    purchase_id: RowId


class ShowDraft(CallbackData, prefix="act-draft"):
    """Back to all that is decided so far."""

    purchase_id: RowId


class ShowPurchaseProof(CallbackData, prefix="act-proof"):
    purchase_id: RowId


class ShowBuyerPhoto(CallbackData, prefix="act-photo"):
    purchase_id: RowId


class ShowBuyer(CallbackData, prefix="act-member"):
    """Show the member's card below this one."""

    purchase_id: RowId


class Part(StrEnum):
    REPORTED = "reported"
    REST = "rest"  # all that is not received otherwise
    NONE = "none"


class PickCame(CallbackData, prefix="act-got"):
    """Of the question that was asked as ``revision``."""

    purchase_id: RowId
    revision: Revision
    part: Part


class ConfirmPurchase(CallbackData, prefix="act-yes"):
    """What the last look of this ``revision`` has shown."""

    purchase_id: RowId
    revision: Revision


def purchases(shown: PurchaseQueue, club: Club, section: Section) -> InlineKeyboardMarkup:
    search = button(list_texts.SEARCH, FindPurchase(section=section))

    def to(number: int) -> OpenPurchases:
        return OpenPurchases(page=number, section=section)

    entries = _entries(shown.entries, club, section)
    return queue(entries, shown.number, shown.pages, to, search=search, section=section)


def hits(found: Sequence[PurchaseEntry], club: Club, section: Section) -> InlineKeyboardMarkup:
    """Below the question whose, and below what was found."""
    rows = [[button(label, opens)] for label, opens in _entries(found, club, section)]
    return keyboard(*rows, [back(OpenPurchases(section=section)), cancel("PurchaseSearchForm")])


def _entries(
    shown: Sequence[PurchaseEntry], club: Club, section: Section
) -> list[tuple[str, CallbackData]]:
    return [
        (texts.entry(one, club.zone), OpenPurchase(purchase_id=one.id, section=section))
        for one in shown
    ]


def card(shown: PurchaseCard, *, section: Section | None = None) -> InlineKeyboardMarkup:
    """Decided, only the way back is left; without a queue (``section``), nothing."""
    leave = [back(OpenPurchases(section=section))] if section else []
    if shown.purchase.status is not PurchaseStatus.WAITING:
        return keyboard(leave)
    return keyboard(*_decisions(shown, drafting=False), _looks(shown), leave)


def draft(shown: PurchaseCard) -> InlineKeyboardMarkup:
    return keyboard(
        *_decisions(shown, drafting=True), _looks(shown), [cancel(_FORM)], [back(OpenPurchases())]
    )


def only_decide(shown: PurchaseCard) -> InlineKeyboardMarkup:
    """Below a picture: what was looked at is decided on there, too."""
    waits = shown.purchase.status is PurchaseStatus.WAITING
    return keyboard(*(_decisions(shown, drafting=False) if waits else []))


def ask_reason() -> InlineKeyboardMarkup:
    return keyboard([cancel("RejectPurchaseForm")], [back(OpenPurchases())])


def ask_price(purchase_id: int) -> InlineKeyboardMarkup:
    return keyboard(*_leave(purchase_id))


def ask_last_day(shown: PurchaseCard, month: date) -> InlineKeyboardMarkup:
    first = shown.first_day
    quick = [(texts.quick(days), first + timedelta(days=days - 1)) for days in _QUICK_DAYS]
    latest = first + timedelta(days=MAX_DAYS - 1)
    months = calendars.of_month(month, earliest=first, latest=latest, quick=quick)
    return keyboard(*months, *_leave(shown.purchase.id))


def ask_came(
    purchase_id: int, revision: int, *, reported_paise: int, left_paise: int
) -> InlineKeyboardMarkup:
    """``left_paise``: of the bill, not received otherwise."""

    def pick(label: str, part: Part) -> list[InlineKeyboardButton]:
        return [button(label, PickCame(purchase_id=purchase_id, revision=revision, part=part))]

    reported = 0 < reported_paise <= left_paise
    rest = 0 < left_paise != reported_paise
    return keyboard(
        pick(texts.as_reported(reported_paise), Part.REPORTED) if reported else [],
        pick(texts.the_rest(left_paise), Part.REST) if rest else [],
        pick(claim_texts.NONE_OF_IT, Part.NONE),
        *_leave(purchase_id),
    )


def ask_confirm(purchase_id: int, revision: int) -> InlineKeyboardMarkup:
    yes = ConfirmPurchase(purchase_id=purchase_id, revision=revision)
    price = ChangePrice(purchase_id=purchase_id, drafting=True)
    last_day = ChangeLastDay(purchase_id=purchase_id, drafting=True)
    return keyboard(
        [button(texts.CONFIRM, yes)],
        [button(texts.AMOUNT, price), button(texts.END_DATE, last_day)],
        *_leave(purchase_id),
    )


def to_queue() -> InlineKeyboardMarkup:
    return keyboard([button(texts.waiting(0), OpenPurchases())], [back(OpenWaiting())])


def _decisions(shown: PurchaseCard, *, drafting: bool) -> list[list[InlineKeyboardButton]]:
    number = shown.purchase.id
    approve = ApprovePurchase(purchase_id=number, drafting=drafting)
    price = ChangePrice(purchase_id=number, drafting=drafting)
    last_day = ChangeLastDay(purchase_id=number, drafting=drafting)
    reject = RejectPurchase(purchase_id=number)
    return [
        [button(approval_texts.APPROVE, approve), button(texts.AMOUNT, price)],
        [button(texts.END_DATE, last_day), button(approval_texts.REJECT, reject)],
    ]


def _looks(shown: PurchaseCard) -> list[InlineKeyboardButton]:
    number, looks = shown.purchase.id, []
    if shown.photo_file_id:
        looks.append(button(approval_texts.PHOTO, ShowBuyerPhoto(purchase_id=number)))
    if shown.claim and shown.claim.proof:
        looks.append(button(claim_texts.PROOF, ShowPurchaseProof(purchase_id=number)))
    if not shown.person.is_deleted:
        looks.append(button(claim_texts.MEMBER, ShowBuyer(purchase_id=number)))
    return looks


def _leave(purchase_id: int) -> list[list[InlineKeyboardButton]]:
    return [[cancel(_FORM), back(ShowDraft(purchase_id=purchase_id))]]
