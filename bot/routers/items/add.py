"""A new item, question by question, and a review before it is saved."""

from typing import Any, Final
from uuid import uuid4

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.keyboards import items as keyboards
from bot.keyboards.items import AnswerItem, PickItemKind, SaveItem
from bot.models.items import ItemFacts, ItemField, ItemKind, likely_kind
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers._forms import advance, answers, begin, finish
from bot.routers._questions import Questions
from bot.routers.items import parse
from bot.routers.items.browse import card
from bot.services.items import ItemService
from bot.states.items import ItemForm
from bot.texts import items as texts

QUESTIONS: Final = Questions(
    {
        ItemField.NAME: ItemForm.name,
        ItemField.HSN: ItemForm.hsn,
        ItemField.MRP: ItemForm.mrp_paise,
        ItemField.RATE: ItemForm.rate_bps,
        ItemField.STOCK: ItemForm.stock,
    }
)


async def begin_item(_query: CallbackQuery, state: FSMContext) -> Reply:
    await begin(state, ItemForm.name)
    return _question(ItemField.NAME)


async def take_answer(
    message: Message, state: FSMContext, raw_state: str, items: ItemService
) -> Reply:
    field = QUESTIONS.asked(raw_state)
    return await _go_on(state, field, parse.fact(field, message.text), items)


async def take_common(
    _query: CallbackQuery,
    callback_data: AnswerItem,
    state: FSMContext,
    raw_state: str,
    items: ItemService,
) -> Reply:
    field: ItemField = callback_data.field
    QUESTIONS.require(field, raw_state)
    return await _go_on(state, field, parse.tapped(field, callback_data.value), items)


async def pick_kind(_query: CallbackQuery, callback_data: PickItemKind, state: FSMContext) -> Reply:
    return await _review(state, callback_data.kind)


async def save(
    _query: CallbackQuery,
    callback_data: SaveItem,
    me: Person,
    state: FSMContext,
    items: ItemService,
) -> Reply:
    found = await finish(state, *QUESTIONS, "kind", "operation_id")
    if found["operation_id"] != str(callback_data.operation_id):
        raise StaleButton
    added = await items.add(_facts(found), by=me, operation_id=callback_data.operation_id)
    return card(added).with_note(texts.SAVED)


async def _go_on(
    state: FSMContext, field: ItemField, value: str | int | None, items: ItemService
) -> Reply:
    """The next question; after the last one the review."""
    if field is ItemField.HSN:
        await items.require_new((await answers(state, ItemField.NAME))["name"], str(value))
    if following := await QUESTIONS.go_on(state, field, **{field.value: value}):
        return _question(following)
    found = await answers(state, ItemField.HSN)
    await advance(state, ItemForm.review, operation_id=str(uuid4()))
    return await _review(state, likely_kind(found["hsn"]))


async def _review(state: FSMContext, kind: ItemKind) -> Reply:
    await advance(state, ItemForm.review, kind=kind.value)
    found = await answers(state, *QUESTIONS, "operation_id")
    return show(texts.review(_facts(found)), keyboards.review(kind, found["operation_id"]))


def _facts(found: dict[str, Any]) -> ItemFacts:
    given = {field.value: found[field] for field in QUESTIONS}
    return ItemFacts(**given, kind=ItemKind(found["kind"]))


def _question(field: ItemField) -> Reply:
    return show(texts.FACTS.ask_first(field), keyboards.question(field))
