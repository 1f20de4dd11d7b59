"""The list, and a card."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.keyboards import plans as keyboards
from bot.keyboards.plans import ShowPlan
from bot.models.plans import Plan
from bot.replies import Reply, show
from bot.routers._forms import leave
from bot.services.plans import PlanService
from bot.states.plans import PlanEditForm, PlanForm
from bot.texts import plans as texts


async def show_all(_query: CallbackQuery, state: FSMContext, plans: PlanService) -> Reply:
    await leave(state, PlanForm, PlanEditForm)
    shown = await plans.list()
    return show(texts.plans(shown), keyboards.plans(shown))


async def show_card(
    _query: CallbackQuery, callback_data: ShowPlan, state: FSMContext, plans: PlanService
) -> Reply:
    shown = await plans.get(callback_data.plan_id)
    await leave(state, PlanEditForm)
    return card(shown)


def card(plan: Plan) -> Reply:
    return show(texts.card(plan), keyboards.card(plan))
