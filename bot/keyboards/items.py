"""Buttons of the store's items, in the admin panel."""

from collections.abc import Callable, Sequence
from typing import Final, Literal
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import OpenAdmin, Page, RowId, back, button, cancel, keyboard, pager
from bot.models.items import Item, ItemField, ItemKind, ItemPage
from bot.texts import item_uploads as upload_texts
from bot.texts import items as texts
from bot.texts.amounts import percent

COMMON_RATES: Final = (0, 500, 1_800, 4_000)  # basis points
# What is asked for in words; kind and sale are only ever tapped.
Asked = Literal[ItemField.NAME, ItemField.HSN, ItemField.MRP, ItemField.RATE, ItemField.STOCK]
Tapped = Literal[ItemField.HSN, ItemField.RATE, ItemField.STOCK]


class OpenItems(CallbackData, prefix="item-list"):
    """Show a page of the store's items."""

    page: Page = 0


class FindItem(CallbackData, prefix="item-find"):
    """Ask what to look for."""


class ShowItem(CallbackData, prefix="item-show"):
    item_id: RowId


class AddItem(CallbackData, prefix="item-add"):
    """Begin a new one."""


class AnswerItem(CallbackData, prefix="item-answer"):
    """Answer a question about a new one, written as a person would; empty: it has none."""

    field: Tapped
    value: str = ""


class PickItemKind(CallbackData, prefix="item-pick-kind"):
    """Choose the kind of a new one."""

    kind: ItemKind


class SaveItem(CallbackData, prefix="item-save"):
    operation_id: UUID


class EditItem(CallbackData, prefix="item-edit"):
    """Ask for another value."""

    item_id: RowId
    field: Asked


class SetItem(CallbackData, prefix="item-set"):
    """Take a common value, written as a person would; empty: it has none."""

    item_id: RowId
    field: Tapped
    value: str = ""


class SetItemKind(CallbackData, prefix="item-kind"):
    item_id: RowId
    kind: ItemKind


class SwitchItem(CallbackData, prefix="item-switch"):
    """Have it on sale or not, whatever it is now."""

    item_id: RowId
    on: bool


class OpenItemUpload(CallbackData, prefix="item-up"):
    """Ask for the catalogue as a file."""


class ExportItems(CallbackData, prefix="item-export"):
    """Send all of them as an Excel file."""


def page(shown: ItemPage) -> InlineKeyboardMarkup:
    search = [button(texts.SEARCH, FindItem())] if shown.total else []
    export = [button(texts.EXPORT, ExportItems())] if shown.total else []
    return keyboard(
        *_hits(shown.items),
        pager(shown.number, shown.pages, lambda number: OpenItems(page=number)),
        [*search, button(texts.ADD, AddItem())],
        [button(upload_texts.UPLOAD, OpenItemUpload()), *export],
        [back(OpenAdmin())],
    )


def search() -> InlineKeyboardMarkup:
    return keyboard([back(OpenItems()), cancel("ItemSearchForm")])


def hits(items: Sequence[Item]) -> InlineKeyboardMarkup:
    return keyboard(*_hits(items), [back(OpenItems()), cancel("ItemSearchForm")])


def card(item: Item) -> InlineKeyboardMarkup:
    def edit(field: Asked) -> InlineKeyboardButton:
        return button(texts.FACTS.edit(field), EditItem(item_id=item.id, field=field))

    on = item.is_active
    label = texts.DEACTIVATE if on else texts.ACTIVATE
    return keyboard(
        [edit(ItemField.NAME), edit(ItemField.HSN)],
        [edit(ItemField.MRP), edit(ItemField.RATE), edit(ItemField.STOCK)],
        *_kinds(item.kind, lambda kind: SetItemKind(item_id=item.id, kind=kind)),
        [button(label, SwitchItem(item_id=item.id, on=not on))],
        [back(OpenItems())],
    )


def question(field: ItemField) -> InlineKeyboardMarkup:
    """Under a question about a new item."""
    answers = _common(field, lambda tapped, value: AnswerItem(field=tapped, value=value))
    return keyboard(answers, [back(OpenItems()), cancel("ItemForm")])


def review(kind: ItemKind, operation_id: UUID) -> InlineKeyboardMarkup:
    return keyboard(
        *_kinds(kind, lambda each: PickItemKind(kind=each)),
        [button(texts.SAVE, SaveItem(operation_id=operation_id)), cancel("ItemForm")],
    )


def edit_question(field: ItemField, item: Item) -> InlineKeyboardMarkup:
    answers = _common(
        field, lambda tapped, value: SetItem(item_id=item.id, field=tapped, value=value)
    )
    return keyboard(answers, [back(ShowItem(item_id=item.id)), cancel("ItemEditForm")])


def _hits(items: Sequence[Item]) -> list[list[InlineKeyboardButton]]:
    return [[button(texts.hit(item), ShowItem(item_id=item.id))] for item in items]


def _kinds(
    chosen: ItemKind, to: Callable[[ItemKind], CallbackData]
) -> list[list[InlineKeyboardButton]]:
    return [[button(texts.kind(kind, is_chosen=kind is chosen), to(kind))] for kind in ItemKind]


def _common(
    field: ItemField, to: Callable[[Tapped, str], CallbackData]
) -> list[InlineKeyboardButton]:
    """What can be tapped instead of typed."""
    match field:
        case ItemField.RATE:
            rates = [(percent(rate), rate // 100) for rate in COMMON_RATES]
            return [button(label, to(ItemField.RATE, str(rate))) for label, rate in rates]
        case ItemField.HSN:
            return [button(texts.NO_HSN, to(ItemField.HSN, ""))]
        case ItemField.STOCK:
            return [button(texts.NO_STOCK, to(ItemField.STOCK, ""))]
        case _:
            return []
