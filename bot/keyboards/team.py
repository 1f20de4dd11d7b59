"""Buttons about admins, owners and staff."""

from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import (
    OpenOwner,
    Page,
    Panel,
    RowId,
    back,
    button,
    cancel,
    keyboard,
    menu,
    pager,
)
from bot.models.people import Office, Person, Role
from bot.models.team import OfficeChange, StaffPage, one_below, rank
from bot.texts import team as texts


class OpenStaff(CallbackData, prefix="team-staff"):
    """Show who is staff."""

    panel: Panel = Panel.ADMIN
    page: Page = 0


class OpenLeaders(CallbackData, prefix="team-leaders"):
    """Show the admins and owners."""


class AddStaff(CallbackData, prefix="team-add-staff"):
    """Ask who becomes staff."""


class AddLeader(CallbackData, prefix="team-add"):
    """Ask who becomes an admin or an owner."""

    to: Office


class AskRemoval(CallbackData, prefix="team-remove"):
    """Ask whether somebody really loses their office."""

    person_id: RowId


class ChangeOffice(CallbackData, prefix="team-change"):
    """Yes, do it. ``to`` is empty for no office at all."""

    to: Office | None
    operation: UUID


def staff(page: StaffPage, panel: Panel) -> InlineKeyboardMarkup:
    return keyboard(
        *([_remove(person)] for person in page.people),
        pager(page.number, page.pages, lambda number: OpenStaff(panel=panel, page=number)),
        [button(texts.ADD_STAFF, AddStaff())],
        [back(panel.opener)],
    )


def leaders(people: list[Person], *, me: Person) -> InlineKeyboardMarkup:
    """Owners of the environment have no button: they are removed there."""
    return keyboard(
        *([_remove(each)] for each in people if not each.from_environment and each.id != me.id),
        [
            button(texts.ADD_ADMIN, AddLeader(to=Office.ADMIN)),
            button(texts.ADD_OWNER, AddLeader(to=Office.OWNER)),
        ],
        [] if me.from_environment else [button(texts.STEP_DOWN, AskRemoval(person_id=me.id))],
        [back(OpenOwner())],
    )


def ask_person(to: Office) -> InlineKeyboardMarkup:
    return keyboard([_cancel()], [_to_list(to)])


def confirm_appointment(to: Office, operation: UUID) -> InlineKeyboardMarkup:
    yes = button(texts.YES, ChangeOffice(to=to, operation=operation))
    return keyboard([yes, _cancel()], [_to_list(to)])


def confirm_removal(person: Person, operation: UUID, *, is_self: bool) -> InlineKeyboardMarkup:
    lesser = one_below(person.office)
    yes = texts.YES_STEP_DOWN if is_self else texts.YES_REMOVE
    softer = (
        [button(texts.instead(lesser), ChangeOffice(to=lesser, operation=operation))]
        if lesser
        else []
    )
    return keyboard(
        [button(yes, ChangeOffice(to=None, operation=operation))],
        softer,
        [_cancel()],
        [_to_list(person.office)],
    )


def changed(change: OfficeChange, *, is_self: bool) -> InlineKeyboardMarkup:
    """Back to the list they stand in, or stood in; nobody who stepped down may see it."""
    if is_self:
        return keyboard([menu()])
    higher = max(change.to, change.person.office, key=rank)
    return keyboard([_to_list(higher)], [menu()])


def _remove(person: Person) -> InlineKeyboardButton:
    return button(texts.remove(person), AskRemoval(person_id=person.id))


def _to_list(office: Office | None) -> InlineKeyboardButton:
    """⬅️ Back to those of this office."""
    return back(OpenStaff() if rank(office) < Role.ADMIN else OpenLeaders())


def _cancel() -> InlineKeyboardButton:
    return cancel("TeamForm")
