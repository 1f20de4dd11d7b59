"""One fact of a plan changed on its card, and its place in the list."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import plans as keyboards
from bot.keyboards.plans import ClearPlanFact, EditPlan, MovePlanUp, SwitchPlan
from bot.models.people import Person
from bot.models.plans import PlanField
from bot.replies import Reply, show
from bot.routers._forms import begin, finish, leave
from bot.routers.plans import parse
from bot.routers.plans.browse import card
from bot.services.plans import PlanService
from bot.states.plans import PlanEditForm
from bot.texts import plans as texts


async def ask_value(
    _query: CallbackQuery, callback_data: EditPlan, state: FSMContext, plans: PlanService
) -> Reply:
    field, plan = callback_data.field, await plans.get(callback_data.plan_id)
    await begin(state, PlanEditForm.value, plan_id=plan.id, field=field.value)
    return show(texts.FACTS.ask(field, plan), keyboards.edit_question(field, plan))


async def take_value(message: Message, me: Person, state: FSMContext, plans: PlanService) -> Reply:
    found = await finish(state, "plan_id", "field")
    field = PlanField(found["field"])
    value = parse.fact(field, message.text)
    return card(await plans.change(found["plan_id"], field, value, by=me)).with_note(texts.SAVED)


async def clear(
    _query: CallbackQuery,
    callback_data: ClearPlanFact,
    me: Person,
    state: FSMContext,
    plans: PlanService,
) -> Reply:
    field: PlanField = callback_data.field
    changed = await plans.change(callback_data.plan_id, field, parse.NONE[field], by=me)
    await leave(state, PlanEditForm)
    return card(changed).with_note(texts.SAVED)


async def switch(
    _query: CallbackQuery, callback_data: SwitchPlan, me: Person, plans: PlanService
) -> Reply:
    on_sale, on = PlanField.IS_ON_SALE, callback_data.on
    return card(await plans.change(callback_data.plan_id, on_sale, on, by=me))


async def move_up(
    _query: CallbackQuery, callback_data: MovePlanUp, me: Person, plans: PlanService
) -> Reply:
    plan_id, seen = callback_data.plan_id, callback_data.position
    return card(await plans.move_up(plan_id, seen_at=seen, by=me))
