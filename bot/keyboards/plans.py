"""Buttons of the plans, in the admin panel."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.common import OpenSubscriptions, RowId, back, button, cancel, keyboard
from bot.models.plans import Plan, PlanField
from bot.texts import plans as texts

# Whether it is on sale is only ever tapped.
Asked = Literal[
    PlanField.NAME,
    PlanField.PRICE,
    PlanField.DURATION,
    PlanField.SAC,
    PlanField.RATE,
    PlanField.JOINING_FEE,
    PlanField.VISITS,
]
Removable = Literal[PlanField.RATE, PlanField.JOINING_FEE, PlanField.VISITS]
Skippable = Literal[PlanField.JOINING_FEE, PlanField.VISITS]
_EDITS: Final[tuple[tuple[Asked, ...], ...]] = (
    (PlanField.NAME, PlanField.PRICE),
    (PlanField.DURATION, PlanField.VISITS),
    (PlanField.JOINING_FEE,),
    (PlanField.SAC, PlanField.RATE),
)


class OpenPlans(CallbackData, prefix="plan-list"):
    """Show all plans in their order."""


class ShowPlan(CallbackData, prefix="plan-show"):
    plan_id: RowId


class AddPlan(CallbackData, prefix="plan-add"):
    """Begin a new one."""


class SkipPlanFact(CallbackData, prefix="plan-skip"):
    """The new one has none."""

    field: Skippable


class SavePlan(CallbackData, prefix="plan-save"):
    operation_id: UUID


class EditPlan(CallbackData, prefix="plan-edit"):
    """Ask for another value."""

    plan_id: RowId
    field: Asked


class ClearPlanFact(CallbackData, prefix="plan-clear"):
    """It has none; of the rate: the club's holds."""

    plan_id: RowId
    field: Removable


class SwitchPlan(CallbackData, prefix="plan-switch"):
    """Have it on sale or not, whatever it is now."""

    plan_id: RowId
    on: bool


class MovePlanUp(CallbackData, prefix="plan-up"):
    """Before the one above it, if it still stands at ``position``: a second tap moves nothing."""

    plan_id: RowId
    position: Annotated[int, Field(ge=1, lt=2**31)]


def plans(shown: Sequence[Plan]) -> InlineKeyboardMarkup:
    return keyboard(
        *([button(texts.line(plan), ShowPlan(plan_id=plan.id))] for plan in shown),
        [button(texts.ADD, AddPlan())],
        [back(OpenSubscriptions())],
    )


def card(plan: Plan) -> InlineKeyboardMarkup:
    on = plan.is_on_sale
    up = MovePlanUp(plan_id=plan.id, position=plan.position)
    return keyboard(
        *([_edit(plan, field) for field in row] for row in _EDITS),
        [
            button(texts.OFF_SALE if on else texts.ON_SALE, SwitchPlan(plan_id=plan.id, on=not on)),
            *([button(texts.MOVE_UP, up)] if plan.position > 1 else []),
        ],
        [back(OpenPlans())],
    )


def question(field: PlanField) -> InlineKeyboardMarkup:
    """Under a question about a new plan."""
    skip: list[InlineKeyboardButton] = []
    if field is PlanField.JOINING_FEE or field is PlanField.VISITS:
        skip = [button(texts.NONE_OF[field], SkipPlanFact(field=field))]
    return keyboard(skip, [back(OpenPlans()), cancel("PlanForm")])


def review(operation_id: UUID) -> InlineKeyboardMarkup:
    save = button(texts.SAVE, SavePlan(operation_id=operation_id))
    return keyboard([save, cancel("PlanForm")], [back(OpenPlans())])


def edit_question(field: PlanField, plan: Plan) -> InlineKeyboardMarkup:
    none: list[InlineKeyboardButton] = []
    if field is PlanField.RATE or field is PlanField.JOINING_FEE or field is PlanField.VISITS:
        none = [button(texts.NONE_OF[field], ClearPlanFact(plan_id=plan.id, field=field))]
    return keyboard(none, [back(ShowPlan(plan_id=plan.id)), cancel("PlanEditForm")])


def _edit(plan: Plan, field: Asked) -> InlineKeyboardButton:
    return button(texts.FACTS.edit(field), EditPlan(plan_id=plan.id, field=field))
