"""Buttons of the member search and of a person's card; each carries the person's own id of ours."""

from datetime import date
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards import visits
from bot.keyboards.common import RowId, ShowSubscriber, back, button, cancel, keyboard
from bot.keyboards.receivables import OpenAccount
from bot.models.members import MemberCard, objection
from bot.models.payments import Account
from bot.models.people import Person
from bot.models.receivables import ref_of
from bot.models.visits import Admission
from bot.texts import members as texts
from bot.texts import payment_requests as request_texts
from bot.texts.recording import ACCOUNT


class OpenMembers(CallbackData, prefix="mem-open"):
    """Look for someone."""


class LeaveMembers(CallbackData, prefix="mem-leave"):
    """Stop looking, back to the admin panel."""


class ShowMember(CallbackData, prefix="mem-show"):
    """Show this person's card."""

    person_id: RowId


class AskBan(CallbackData, prefix="mem-ban"):
    """Ask why this person is to be banned."""

    person_id: RowId


class Unban(CallbackData, prefix="mem-unban"):
    """Let this person in again."""

    person_id: RowId


class AskMessage(CallbackData, prefix="mem-msg"):
    """Ask what to say to this person."""

    person_id: RowId


class AskPayment(CallbackData, prefix="preq-new"):
    """Ask how much this person is to pay."""

    person_id: RowId


class AskDelete(CallbackData, prefix="mem-del"):
    """Show what would go with this person."""

    person_id: RowId


class DeleteMember(CallbackData, prefix="mem-del-yes"):
    """Delete this person, now. ``operation_id`` was made when this was asked."""

    person_id: RowId
    operation_id: UUID


def search() -> InlineKeyboardMarkup:
    return keyboard([cancel("MembersForm")], [back(LeaveMembers())])


def hits(people: list[Person]) -> InlineKeyboardMarkup:
    rows = [[button(texts.hit(person), ShowMember(person_id=person.id))] for person in people]
    return keyboard(*rows, [cancel("MembersForm")], [back(OpenMembers())])


def card(shown: MemberCard, me: Person, today: date) -> InlineKeyboardMarkup:
    """Only what ``me`` may do with this person now."""
    person = shown.person
    ban = (
        button(texts.UNBAN, Unban(person_id=person.id))
        if shown.ban
        else button(texts.BAN, AskBan(person_id=person.id))
    )
    message = button(texts.MESSAGE, AskMessage(person_id=person.id))
    payment = button(request_texts.ASK, AskPayment(person_id=person.id))
    delete = button(texts.DELETE, AskDelete(person_id=person.id))
    above = objection(me, person) is not None
    return keyboard(
        visits.today(shown, today),
        [button(texts.SUBSCRIPTION, ShowSubscriber(person_id=person.id))]
        if person.is_member
        else [],
        [] if above else [ban],
        [message, payment] if person.is_reachable and person.id != me.id else [],
        [button(ACCOUNT, OpenAccount(ref=ref_of(Account(person_id=person.id))))],
        [] if above else [delete],
        [back(OpenMembers())],
    )


def not_marked(shown: Admission) -> InlineKeyboardMarkup:
    """Under the reason why somebody is not marked as in."""
    person_id = shown.person.id
    return keyboard(
        *visits.ways_on(shown),
        [button(texts.SUBSCRIPTION, ShowSubscriber(person_id=person_id))],
        [back(ShowMember(person_id=person_id))],
    )


def ask(form: str, person_id: int) -> InlineKeyboardMarkup:
    """Under a question about one person; ``form`` is the state group's name."""
    return keyboard([cancel(form)], [back(ShowMember(person_id=person_id))])


def ask_delete(person_id: int, operation_id: UUID) -> InlineKeyboardMarkup:
    yes = DeleteMember(person_id=person_id, operation_id=operation_id)
    return keyboard(
        [button(texts.YES_DELETE, yes)],
        [cancel("MembersForm")],
        [back(ShowMember(person_id=person_id))],
    )


def deleted() -> InlineKeyboardMarkup:
    return keyboard([back(OpenMembers())])
