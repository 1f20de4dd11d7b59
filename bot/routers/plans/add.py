"""A new plan, question by question, and a review before it is saved."""

from typing import Any, Final
from uuid import UUID, uuid4

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.keyboards import plans as keyboards
from bot.keyboards.plans import SavePlan, SkipPlanFact
from bot.models.people import Person
from bot.models.plans import Duration, PlanFacts, PlanField
from bot.replies import Reply, show
from bot.routers._forms import advance, answers, begin, finish
from bot.routers._questions import Questions
from bot.routers.plans import parse
from bot.routers.plans.browse import card
from bot.services.business import BusinessService
from bot.services.plans import PlanService
from bot.states.plans import PlanForm
from bot.texts import plans as texts

QUESTIONS: Final = Questions(
    {
        PlanField.NAME: PlanForm.name,
        PlanField.PRICE: PlanForm.price_paise,
        PlanField.DURATION: PlanForm.duration,
        PlanField.JOINING_FEE: PlanForm.joining_fee_paise,
        PlanField.VISITS: PlanForm.visits_limit,
    }
)


async def begin_plan(_query: CallbackQuery, state: FSMContext) -> Reply:
    await begin(state, PlanForm.name)
    return _question(PlanField.NAME)


async def take_answer(
    message: Message,
    state: FSMContext,
    raw_state: str,
    plans: PlanService,
    business: BusinessService,
) -> Reply:
    field = QUESTIONS.asked(raw_state)
    value = parse.fact(field, message.text)
    if field is PlanField.NAME:
        await plans.require_new(str(value))
    return await _go_on(state, field, value, business)


async def skip(
    _query: CallbackQuery,
    callback_data: SkipPlanFact,
    state: FSMContext,
    raw_state: str,
    business: BusinessService,
) -> Reply:
    field: PlanField = callback_data.field
    QUESTIONS.require(field, raw_state)
    return await _go_on(state, field, parse.NONE[field], business)


async def save(
    _query: CallbackQuery,
    callback_data: SavePlan,
    me: Person,
    state: FSMContext,
    plans: PlanService,
) -> Reply:
    found = await finish(state, *QUESTIONS, "sac", "operation_id")
    if found["operation_id"] != str(callback_data.operation_id):
        raise StaleButton
    added = await plans.add(_facts(found), by=me, operation_id=callback_data.operation_id)
    return card(added).with_note(texts.SAVED)


async def _go_on(
    state: FSMContext,
    field: PlanField,
    value: str | int | Duration | None,
    business: BusinessService,
) -> Reply:
    """The next question; after the last one the review."""
    kept = texts.duration(value) if isinstance(value, Duration) else value
    if following := await QUESTIONS.go_on(state, field, **{field.value: kept}):
        return _question(following)
    sac, operation_id = (await business.get()).service_sac, uuid4()
    await advance(state, PlanForm.review, sac=sac, operation_id=str(operation_id))
    return await _review(state, operation_id)


async def _review(state: FSMContext, operation_id: UUID) -> Reply:
    found = await answers(state, *QUESTIONS, "sac")
    return show(texts.review(_facts(found)), keyboards.review(operation_id))


def _facts(found: dict[str, Any]) -> PlanFacts:
    given = {field.value: found[field] for field in QUESTIONS}
    duration = parse.duration(given.pop("duration"))
    return PlanFacts(**given, duration=duration, sac=found["sac"])


def _question(field: PlanField) -> Reply:
    return show(texts.FACTS.ask_first(field), keyboards.question(field))
