"""Buttons that belong to no feature, and the shortest way to write a keyboard."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.models.subscriptions import SubscriptionList
from bot.texts import common as texts

# An id of ours inside a button; a forged one that no row can have does not even parse.
RowId = Annotated[int, Field(ge=1, lt=2**63)]
Page = Annotated[int, Field(ge=0, lt=1_000_000)]  # counted from 0
DayNumber = Annotated[int, Field(ge=1, le=date.max.toordinal())]  # as ``date.toordinal`` counts
EntryT = TypeVar("EntryT")


class OpenMenu(CallbackData, prefix="menu-open"):
    """Show the menu of the person's role."""


class OpenAdmin(CallbackData, prefix="admin-open"):
    """Show the admin panel."""


class OpenOwner(CallbackData, prefix="owner-open"):
    """Show the owner panel."""


class Panel(StrEnum):
    """Where a screen that two panels show leads back to."""

    ADMIN = "admin"
    OWNER = "owner"

    @property
    def opener(self) -> CallbackData:
        return OpenOwner() if self is Panel.OWNER else OpenAdmin()


class OpenSettings(CallbackData, prefix="club-settings"):
    """Show the settings."""

    panel: Panel = Panel.ADMIN


class OpenInvoices(CallbackData, prefix="inv-list"):
    """Show a page of the invoices."""

    page: Page = 0


class OpenWaiting(CallbackData, prefix="ver-hub"):
    """Show how much waits for an admin's decision."""


class ShowPayment(CallbackData, prefix="rct-show"):
    """Show a payment's card to an admin."""

    payment_id: RowId


class OpenInvitation(CallbackData, prefix="ref-open"):
    """Show one's own link for friends, and what it has brought."""


class RecordOnInvoice(CallbackData, prefix="rcv-bill"):
    """Book a payment on this invoice; under its card, too."""

    invoice_id: RowId


class OpenSubscriptions(CallbackData, prefix="sub-open"):
    """Show plans, people by how they stand, and the rules."""


class ShowSubscriber(CallbackData, prefix="sub-person"):
    """Show how this person stands and what they bought."""

    person_id: RowId


class ListSubscribers(CallbackData, prefix="sub-list"):
    """Show a page of whoever stands like this."""

    which: SubscriptionList
    page: Page = 0


class Section(StrEnum):
    """Where a queue was opened that two sections show, and leads back to."""

    APPROVALS = "approvals"
    SUBSCRIPTIONS = "subscriptions"

    @property
    def opener(self) -> CallbackData:
        return OpenSubscriptions() if self is Section.SUBSCRIPTIONS else OpenWaiting()


class CancelForm(CallbackData, prefix="form-cancel"):
    """Leave this form; harmless when another one is open by now."""

    form: str


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Rows of buttons; empty rows are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def cancel(form: str) -> InlineKeyboardButton:
    """``form`` is the state group's name."""
    return button(texts.CANCEL, CancelForm(form=form))


def only_cancel(form: str) -> InlineKeyboardMarkup:
    return keyboard([cancel(form)])


def back(data: CallbackData) -> InlineKeyboardButton:
    return button(texts.BACK, data)


def pager(number: int, pages: int, to: Callable[[int], CallbackData]) -> list[InlineKeyboardButton]:
    """◀ and ▶ with the numbers of the pages they lead to; pages are counted from 0."""
    earlier = [button(f"◀ {number}", to(number - 1))] if number > 0 else []
    later = [button(f"{number + 2} ▶", to(number + 1))] if number + 1 < pages else []
    return earlier + later


def leaf(
    entries: Sequence[EntryT], page: int, size: int, to: Callable[[int], CallbackData]
) -> tuple[Sequence[EntryT], list[InlineKeyboardButton]]:
    """Those of this page, or of the last one, and the pager to the others."""
    pages = max(1, -(-len(entries) // size))
    page = min(page, pages - 1)
    return entries[page * size :][:size], pager(page, pages, to)


def queue(  # noqa: PLR0913 -- all that a page is made of
    entries: Iterable[tuple[str, CallbackData]],
    number: int,
    pages: int,
    to: Callable[[int], CallbackData],
    *,
    search: InlineKeyboardButton | None = None,
    section: Section = Section.APPROVALS,
) -> InlineKeyboardMarkup:
    """A page of what waits for a decision; each entry: its label and what opens it.

    ``search``: shown where there is more than a page.
    """
    rows = ([button(label, data)] for label, data in entries)
    found = [search] if search and pages > 1 else []
    return keyboard(*rows, pager(number, pages, to), found, [back(section.opener)])


def menu() -> InlineKeyboardButton:
    return button(texts.MENU, OpenMenu())


def only_menu() -> InlineKeyboardMarkup:
    return keyboard([menu()])


def private_chat(bot_username: str) -> InlineKeyboardMarkup:
    url = f"https://t.me/{bot_username}"
    return keyboard([InlineKeyboardButton(text=texts.WRITE_PRIVATELY_BUTTON, url=url)])
