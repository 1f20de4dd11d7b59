"""One subscription changed: asked for step by step, confirmed, made once."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.errors.subscriptions import NothingToUndo
from bot.keyboards import subscriptions as keyboards
from bot.keyboards.subscriptions import (
    AskExtend,
    AskFreeze,
    AskUndo,
    AskUnfreeze,
    MakeChange,
    UndoChange,
    Unfreeze,
)
from bot.models.people import Person
from bot.models.subscription_cards import REASON_CHARACTERS, Preview
from bot.models.subscriptions import Change, ChangeKind
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._forms import advance, answers, begin, finish, last_step
from bot.routers.subscriptions import parse
from bot.routers.subscriptions.browse import card
from bot.services.club import ClubService
from bot.services.subscriptions import SubscriptionService
from bot.states.subscriptions import ExtendForm, FreezeForm
from bot.texts import subscription_changes as texts

_KINDS: Final[Mapping[str, ChangeKind]] = {
    "ExtendForm": ChangeKind.EXTEND,
    "FreezeForm": ChangeKind.FREEZE,
}
_EMOJI: Final = {ChangeKind.EXTEND: "➕", ChangeKind.FREEZE: "❄️"}
_YES: Final = {
    ChangeKind.EXTEND: texts.YES_EXTEND,
    ChangeKind.FREEZE: texts.YES_FREEZE,
}
_CONFIRM: Final = {
    ChangeKind.EXTEND: ExtendForm.confirm,
    ChangeKind.FREEZE: FreezeForm.confirm,
}


async def ask_days(
    _query: CallbackQuery,
    callback_data: AskExtend,
    state: FSMContext,
    subscriptions: SubscriptionService,
) -> Reply:
    number = callback_data.subscription_id
    shown = await subscriptions.preview(number, Change(id=0, kind=ChangeKind.EXTEND))
    await begin(state, ExtendForm.days, subscription_id=number)
    return show(texts.ask_days(shown), keyboards.question("ExtendForm", number))


async def take_days(
    message: Message, state: FSMContext, subscriptions: SubscriptionService
) -> Reply:
    days = parse.extra_days(message.text)
    change = Change(id=0, kind=ChangeKind.EXTEND, days=days)
    return await _ask_reason(change, ExtendForm.reason, state, subscriptions, days=days)


async def ask_first_day(
    _query: CallbackQuery,
    callback_data: AskFreeze,
    state: FSMContext,
    subscriptions: SubscriptionService,
) -> Reply:
    number = callback_data.subscription_id
    shown = await subscriptions.preview(number, Change(id=0, kind=ChangeKind.EXTEND))
    await begin(state, FreezeForm.on, subscription_id=number)
    return show(texts.ask_first_day(shown), keyboards.ask_first_day(number))


async def take_first_day(
    message: Message, state: FSMContext, subscriptions: SubscriptionService
) -> Reply:
    day = parse.first_day(message.text, await subscriptions.today())
    return await _ask_freeze_days(day, state, subscriptions)


async def freeze_from_today(
    _query: CallbackQuery, state: FSMContext, subscriptions: SubscriptionService
) -> Reply:
    return await _ask_freeze_days(await subscriptions.today(), state, subscriptions)


async def take_freeze_days(
    message: Message, state: FSMContext, subscriptions: SubscriptionService
) -> Reply:
    days, found = parse.freeze_days(message.text), await answers(state, "on")
    on = date.fromisoformat(found["on"])
    change = Change(id=0, kind=ChangeKind.FREEZE, on=on, days=days)
    return await _ask_reason(change, FreezeForm.reason, state, subscriptions, days=days)


async def take_reason(
    message: Message, state: FSMContext, raw_state: str, subscriptions: SubscriptionService
) -> Reply:
    """The last question of every form; then what would come of it, to be confirmed."""
    reason = _parse.words(message.text, limit=REASON_CHARACTERS)
    found, kind = await answers(state, "subscription_id"), _kind(raw_state)
    shown = await subscriptions.preview(found["subscription_id"], _change(kind, found))
    operation_id = uuid4()
    await advance(
        state,
        _CONFIRM[kind],
        kind=kind.value,
        reason=reason,
        operation_id=str(operation_id),
        seen=shown.seen,
    )
    return _confirm(shown, kind, reason, operation_id)


async def make(
    _query: CallbackQuery,
    callback_data: MakeChange,
    me: Person,
    state: FSMContext,
    subscriptions: SubscriptionService,
    club: ClubService,
) -> Reply:
    found = await finish(state, "subscription_id", "kind", "reason", "operation_id", "seen")
    if found["operation_id"] != str(callback_data.operation_id):
        raise StaleButton
    with last_step():
        await _make(ChangeKind(found["kind"]), found, me, subscriptions)
    shown = await subscriptions.card_of(found["subscription_id"])
    return (await card(shown, club)).with_note(texts.DONE)


async def ask_unfreeze(
    _query: CallbackQuery, callback_data: AskUnfreeze, subscriptions: SubscriptionService
) -> Reply:
    number = callback_data.subscription_id
    shown = await subscriptions.preview(number, Change(id=0, kind=ChangeKind.UNFREEZE))
    return show(texts.confirm_unfreeze(shown), keyboards.confirm_unfreeze(shown, uuid4()))


async def unfreeze(
    _query: CallbackQuery,
    callback_data: Unfreeze,
    me: Person,
    subscriptions: SubscriptionService,
    club: ClubService,
) -> Reply:
    number, until = callback_data.subscription_id, date.fromordinal(callback_data.until)
    operation_id = callback_data.operation_id
    await subscriptions.unfreeze(number, by=me, operation_id=operation_id, until=until)
    return (await card(await subscriptions.card_of(number), club)).with_note(texts.DONE)


async def ask_undo(
    _query: CallbackQuery, callback_data: AskUndo, subscriptions: SubscriptionService
) -> Reply:
    number, change_id = callback_data.subscription_id, callback_data.change_id
    last = (await subscriptions.card_of(number)).last_change
    if last is None or last.change.id != change_id:
        raise NothingToUndo
    undo = Change(id=0, kind=ChangeKind.UNDO, undoes_id=change_id)
    shown = await subscriptions.preview(number, undo)
    question = keyboards.confirm_undo(number, change_id, uuid4())
    return show(texts.confirm_undo(shown, last), question)


async def undo(
    _query: CallbackQuery,
    callback_data: UndoChange,
    me: Person,
    subscriptions: SubscriptionService,
    club: ClubService,
) -> Reply:
    number, change_id = callback_data.subscription_id, callback_data.change_id
    await subscriptions.undo(number, change_id, by=me, operation_id=callback_data.operation_id)
    return (await card(await subscriptions.card_of(number), club)).with_note(texts.DONE)


async def _ask_freeze_days(
    day: date, state: FSMContext, subscriptions: SubscriptionService
) -> Reply:
    found = await answers(state, "subscription_id")
    number = found["subscription_id"]
    one_day = Change(id=0, kind=ChangeKind.FREEZE, on=day, days=1)
    shown = await subscriptions.preview(number, one_day)
    await advance(state, FreezeForm.days, on=day.isoformat())
    return show(texts.ask_freeze_days(shown), keyboards.question("FreezeForm", number))


async def _ask_reason(
    change: Change,
    step: State,
    state: FSMContext,
    subscriptions: SubscriptionService,
    **known: Any,
) -> Reply:
    """What cannot be is refused at once, and the number asked again."""
    found = await answers(state, "subscription_id")
    number = found["subscription_id"]
    shown = await subscriptions.preview(number, change)
    await advance(state, step, **known)
    form = step.group.__name__
    return show(texts.ask_reason(shown, _EMOJI[change.kind]), keyboards.question(form, number))


def _confirm(shown: Preview, kind: ChangeKind, reason: str, operation_id: UUID) -> Reply:
    text = texts.confirm(shown, _EMOJI[kind], reason)
    form = _CONFIRM[kind].group.__name__
    return show(text, keyboards.confirm(_YES[kind], form, shown.before.id, operation_id))


async def _make(
    kind: ChangeKind, found: dict[str, Any], me: Person, subscriptions: SubscriptionService
) -> None:
    number, change = found["subscription_id"], _change(kind, found)
    known: dict[str, Any] = {
        "reason": found["reason"],
        "by": me,
        "operation_id": UUID(found["operation_id"]),
        "seen": found["seen"],
    }
    if change.on:
        await subscriptions.freeze(number, on=change.on, days=change.days, **known)
    else:
        await subscriptions.extend(number, days=change.days, **known)


def _change(kind: ChangeKind, found: dict[str, Any]) -> Change:
    on = date.fromisoformat(found["on"]) if "on" in found else None
    return Change(id=0, kind=kind, days=found.get("days", 0), on=on)


def _kind(raw_state: str) -> ChangeKind:
    return _KINDS[raw_state.partition(":")[0]]
