"""Everybody on a list: reminded after a look, given days after a form, taken out as a file."""

import re
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.errors.bulk_changes import NotBulkDays
from bot.keyboards import bulk_changes as keyboards
from bot.keyboards.bulk_changes import (
    AskExtendAll,
    AskRemindAll,
    ExportList,
    ExtendAll,
    RemindAll,
)
from bot.models.bulk_changes import AT_ONCE, MOST_DAYS, Extended
from bot.models.people import Person, Role
from bot.models.subscription_cards import REASON_CHARACTERS
from bot.models.subscriptions import SubscriptionList
from bot.replies import Reply, document, show
from bot.routers import _parse
from bot.routers._filters import May, Step
from bot.routers._forms import advance, answers, begin, expect_button, finish, last_step, leave
from bot.services.bulk_changes import BulkChangeService
from bot.services.subscribers import SubscriberService
from bot.states.bulk_changes import BulkExtendForm
from bot.texts import bulk_changes as texts

_DAYS: Final = re.compile(r"\+?\s*([0-9]{1,2})(?:\s*days?)?", re.IGNORECASE)
_CHARACTERS: Final = 40


def build_router() -> Router:
    router = Router(name="bulk_changes")
    admin, press, typed = May(Role.ADMIN), router.callback_query.register, router.message.register
    press(ask_remind, AskRemindAll.filter(), admin)
    press(remind, RemindAll.filter(), admin)
    press(export, ExportList.filter(), admin)
    press(ask_days, AskExtendAll.filter(), admin)
    typed(take_days, Step(BulkExtendForm.days), admin)
    typed(take_reason, Step(BulkExtendForm.reason), admin)
    typed(expect_button, Step(BulkExtendForm.confirm), admin)
    press(extend, ExtendAll.filter(), StateFilter(BulkExtendForm.confirm), admin)
    return router


async def ask_remind(
    _query: CallbackQuery,
    callback_data: AskRemindAll,
    state: FSMContext,
    bulk_changes: BulkChangeService,
) -> Reply:
    shown = await bulk_changes.remindable(callback_data.which)
    await leave(state, BulkExtendForm)
    return show(texts.confirm_remind(shown), keyboards.confirm_remind(shown))


async def remind(
    _query: CallbackQuery, callback_data: RemindAll, me: Person, bulk_changes: BulkChangeService
) -> Reply:
    day = date.fromordinal(callback_data.day)
    count = await bulk_changes.remind(callback_data.which, day, by=me)
    return show(texts.reminded(count), keyboards.to_list(callback_data.which))


async def export(
    _query: CallbackQuery, callback_data: ExportList, me: Person, subscribers: SubscriberService
) -> Reply:
    made = await subscribers.file(callback_data.which, by=me)
    return document(texts.file_name(made), made.content, texts.file(made))


async def ask_days(
    _query: CallbackQuery,
    callback_data: AskExtendAll,
    state: FSMContext,
    bulk_changes: BulkChangeService,
) -> Reply:
    which = callback_data.which
    targets = await bulk_changes.extendable(which)
    await begin(state, BulkExtendForm.days, which=which.value)
    return show(texts.ask_days(which, len(targets)), keyboards.question(which))


async def take_days(message: Message, state: FSMContext) -> Reply:
    days, which = _days(message.text), await _which(state)
    await advance(state, BulkExtendForm.reason, days=days)
    return show(texts.ask_reason(which, days), keyboards.question(which))


async def take_reason(
    message: Message, state: FSMContext, bulk_changes: BulkChangeService
) -> Reply:
    """The last question; then who they are, to be confirmed."""
    reason = _parse.words(message.text, limit=REASON_CHARACTERS)
    found = await answers(state, "which", "days")
    which, operation_id = SubscriptionList(found["which"]), uuid4()
    targets = await bulk_changes.extendable(which)
    await advance(
        state,
        BulkExtendForm.confirm,
        reason=reason,
        operation_id=str(operation_id),
        targets=[[each.subscription_id, each.seen, each.bought] for each in targets],
        at=0,
        done=0,
        skipped=0,
    )
    text = texts.confirm(which, targets, found["days"], reason)
    return show(text, keyboards.confirm(texts.yes_extend(len(targets)), which, operation_id))


async def extend(
    _query: CallbackQuery,
    callback_data: ExtendAll,
    me: Person,
    state: FSMContext,
    bulk_changes: BulkChangeService,
) -> Reply:
    """So many of them as fit into one press; a press that is repeated has no other effect."""
    found = await finish(state, "which", "days", "reason", "operation_id", "targets", "at")
    if found["operation_id"] != str(callback_data.operation_id):
        raise StaleButton
    part = found["targets"][found["at"] : found["at"] + AT_ONCE]
    with last_step():
        made = await bulk_changes.extend(
            [(number, seen, bought) for number, seen, bought in part],
            days=found["days"],
            reason=found["reason"],
            by=me,
            operation_id=callback_data.operation_id,
        )
    return await _came(found, made, callback_data.operation_id, state)


async def _came(
    found: dict[str, Any], made: Extended, operation_id: UUID, state: FSMContext
) -> Reply:
    which, at = SubscriptionList(found["which"]), found["at"] + AT_ONCE
    whole = Extended(done=found["done"] + made.done, skipped=found["skipped"] + made.skipped)
    left = len(found["targets"]) - at
    if left <= 0:
        return show(texts.extended(which, whole), keyboards.to_list(which))
    so_far = {"at": at, "done": whole.done, "skipped": whole.skipped}
    await advance(state, BulkExtendForm.confirm, **{**found, **so_far})
    text = texts.under_way(which, whole, left)
    return show(text, keyboards.confirm(texts.go_on(left), which, operation_id))


async def _which(state: FSMContext) -> SubscriptionList:
    return SubscriptionList((await answers(state, "which"))["which"])


def _days(typed: str | None) -> int:
    """``3``, ``+3 days``.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotBulkDays: anything else, none at all, or more than a month.
    """
    text = _parse.words(typed, limit=_CHARACTERS)
    found = _DAYS.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= MOST_DAYS:
        raise NotBulkDays(typed=text, most=MOST_DAYS)
    return int(found[1])
