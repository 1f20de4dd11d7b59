"""A new promo code, question by question, and a review before it is saved."""

from datetime import date
from typing import Final
from uuid import uuid4

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.keyboards import promos as keyboards
from bot.keyboards.promos import ChoosePromoPlan, SavePromo, SkipPromoFact
from bot.models.people import Person
from bot.models.promos import Gift, PromoField, check_days
from bot.replies import Reply, show
from bot.routers._forms import advance, answers, begin, finish
from bot.routers._questions import Questions
from bot.routers.promos import parse
from bot.routers.promos.browse import card
from bot.services.plans import PlanService
from bot.services.promos import PromoService
from bot.states.promos import PromoForm
from bot.texts import promos as texts

QUESTIONS: Final = Questions(
    {
        PromoField.CODE: PromoForm.code,
        PromoField.GIVES: PromoForm.gives,
        PromoField.PLAN: PromoForm.plan_id,
        PromoField.FIRST_DAY: PromoForm.first_day,
        PromoField.LAST_DAY: PromoForm.last_day,
        PromoField.USES: PromoForm.uses_limit,
        PromoField.OF_MEMBER: PromoForm.member_limit,
    }
)
TYPED: Final = [step for step in QUESTIONS.steps if step is not PromoForm.plan_id]
_USUAL: Final = {PromoField.OF_MEMBER: 1}
_KEPT: Final = (
    *("code", "percent", "amount_paise", "plan_id", "first_day", "last_day"),
    *("uses_limit", "member_limit"),
)


async def begin_promo(_query: CallbackQuery, state: FSMContext, plans: PlanService) -> Reply:
    await begin(state, PromoForm.code)
    return await _question(PromoField.CODE, plans)


async def take_answer(
    message: Message,
    state: FSMContext,
    raw_state: str,
    promos: PromoService,
    plans: PlanService,
) -> Reply:
    field = QUESTIONS.asked(raw_state)
    value = parse.fact(field, message.text)
    if field is PromoField.CODE:
        await promos.require_new(str(value))
    if field is PromoField.LAST_DAY and isinstance(value, date):
        check_days(parse.day(await answers(state), PromoField.FIRST_DAY), value)
    return await _go_on(state, field, value, plans)


async def choose_plan(
    _query: CallbackQuery, callback_data: ChoosePromoPlan, state: FSMContext, plans: PlanService
) -> Reply:
    return await _go_on(state, PromoField.PLAN, callback_data.plan_id or None, plans)


async def skip(
    _query: CallbackQuery,
    callback_data: SkipPromoFact,
    state: FSMContext,
    raw_state: str,
    plans: PlanService,
) -> Reply:
    field: PromoField = callback_data.field
    QUESTIONS.require(field, raw_state)
    return await _go_on(state, field, _USUAL.get(field), plans)


async def save(
    _query: CallbackQuery,
    callback_data: SavePromo,
    me: Person,
    state: FSMContext,
    promos: PromoService,
) -> Reply:
    found = await finish(state, *_KEPT, "operation_id")
    operation_id = callback_data.operation_id
    if found["operation_id"] != str(operation_id):
        raise StaleButton
    added = await promos.add(parse.facts(found), by=me, operation_id=operation_id)
    return card(added).with_note(texts.SAVED)


async def _go_on(
    state: FSMContext,
    field: PromoField,
    value: str | int | date | Gift | None,
    plans: PlanService,
) -> Reply:
    """The next question; after the last one the review."""
    if following := await QUESTIONS.go_on(state, field, **parse.kept(field, value)):
        return await _question(following, plans)
    operation_id = uuid4()
    await advance(state, PromoForm.review, operation_id=str(operation_id))
    facts = parse.facts(await answers(state, *_KEPT))
    plan = await plans.get(facts.plan_id) if facts.plan_id else None
    return show(texts.review(facts, plan.name if plan else None), keyboards.review(operation_id))


async def _question(field: PromoField, plans: PlanService) -> Reply:
    if field is PromoField.PLAN:
        shown = await plans.list(only_on_sale=True)
        return show(texts.FACTS.ask_first(field), keyboards.plans(shown))
    return show(texts.FACTS.ask_first(field), keyboards.question(field))
