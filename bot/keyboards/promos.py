"""Buttons of the promo codes, in the admin panel; a member's are in purchases.py."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.common import (
    OpenSubscriptions,
    Page,
    RowId,
    back,
    button,
    cancel,
    keyboard,
    pager,
)
from bot.models.plans import Plan
from bot.models.promos import PromoCard, PromoField, PromoPage
from bot.texts import plans as plan_texts
from bot.texts import promos as texts

Editable = Literal[PromoField.FIRST_DAY, PromoField.LAST_DAY, PromoField.USES, PromoField.OF_MEMBER]
Removable = Literal[PromoField.FIRST_DAY, PromoField.LAST_DAY, PromoField.USES]
_ANY = 0  # in a button: no plan of its own


class OpenPromos(CallbackData, prefix="promo-list"):
    """Show a page of the codes."""

    page: Page = 0


class ShowPromo(CallbackData, prefix="promo-show"):
    promo_id: RowId


class AddPromo(CallbackData, prefix="promo-add"):
    """Begin a new one."""


class ChoosePromoPlan(CallbackData, prefix="promo-plan"):
    """The new one is good for this plan only; 0: for every one."""

    plan_id: Annotated[int, Field(ge=_ANY, lt=2**63)]


class SkipPromoFact(CallbackData, prefix="promo-skip"):
    """The new one has the usual: no such day, no limit, once per member."""

    field: Editable


class SavePromo(CallbackData, prefix="promo-save"):
    operation_id: UUID


class EditPromo(CallbackData, prefix="promo-edit"):
    """Ask for another value."""

    promo_id: RowId
    field: Editable


class ClearPromoFact(CallbackData, prefix="promo-clear"):
    """It has no such day, or no limit."""

    promo_id: RowId
    field: Removable


class SwitchPromo(CallbackData, prefix="promo-switch"):
    """Have it on or off, whatever it is now."""

    promo_id: RowId
    on: bool


def page(shown: PromoPage) -> InlineKeyboardMarkup:
    return keyboard(
        *([button(texts.line(each), ShowPromo(promo_id=each.id))] for each in shown.promos),
        pager(shown.number, shown.pages, lambda number: OpenPromos(page=number)),
        [button(texts.ADD, AddPromo())],
        [back(OpenSubscriptions())],
    )


def card(shown: PromoCard) -> InlineKeyboardMarkup:
    promo = shown.promo

    def edit(field: Editable) -> InlineKeyboardButton:
        return button(texts.FACTS.edit(field), EditPromo(promo_id=promo.id, field=field))

    on = promo.is_on
    switch = SwitchPromo(promo_id=promo.id, on=not on)
    return keyboard(
        [edit(PromoField.FIRST_DAY), edit(PromoField.LAST_DAY)],
        [edit(PromoField.USES), edit(PromoField.OF_MEMBER)],
        [button(texts.OFF if on else texts.ON, switch)],
        [back(OpenPromos())],
    )


def question(field: PromoField) -> InlineKeyboardMarkup:
    """Under a question about a new code."""
    skip: list[InlineKeyboardButton] = []
    if (
        field is PromoField.FIRST_DAY
        or field is PromoField.LAST_DAY
        or field is PromoField.USES
        or field is PromoField.OF_MEMBER
    ):
        skip = [button(texts.USUAL[field], SkipPromoFact(field=field))]
    return keyboard(skip, [back(OpenPromos()), cancel("PromoForm")])


def plans(shown: Sequence[Plan]) -> InlineKeyboardMarkup:
    """For which plans the new one is good."""
    return keyboard(
        [button(texts.EVERY_PLAN, ChoosePromoPlan(plan_id=_ANY))],
        *([button(plan_texts.line(each), ChoosePromoPlan(plan_id=each.id))] for each in shown),
        [back(OpenPromos()), cancel("PromoForm")],
    )


def review(operation_id: UUID) -> InlineKeyboardMarkup:
    save = button(plan_texts.SAVE, SavePromo(operation_id=operation_id))
    return keyboard([save, cancel("PromoForm")], [back(OpenPromos())])


def edit_question(field: Editable, promo_id: int) -> InlineKeyboardMarkup:
    none: list[InlineKeyboardButton] = []
    if field is not PromoField.OF_MEMBER:
        none = [button(texts.USUAL[field], ClearPromoFact(promo_id=promo_id, field=field))]
    return keyboard(none, [back(ShowPromo(promo_id=promo_id)), cancel("PromoEditForm")])
