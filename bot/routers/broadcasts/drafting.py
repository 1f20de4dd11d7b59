"""Writing a broadcast: who is to read it, then what; or one of the two anew, of a draft."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors.broadcasts import NobodyPicked, TooManyPicked
from bot.keyboards import broadcasts as keyboards
from bot.keyboards.broadcasts import (
    AskAudience,
    ChangeAudience,
    ChangeContent,
    ChooseAudience,
    ChooseDays,
    ChoosePlan,
    OpenBroadcast,
    OpenBroadcasts,
)
from bot.models.broadcasts import ACTIVE_DAYS, NewBroadcast, Segment, SegmentKind
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers._forms import advance, answers, begin, finish, last_step
from bot.routers.broadcasts import parse
from bot.routers.broadcasts.screens import newest_instead, screen
from bot.services.broadcasts import BroadcastService
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.states.broadcasts import BroadcastForm
from bot.texts import broadcasts as texts

_COUNTED: Final = (
    Segment(kind=SegmentKind.EVERYONE),
    Segment(kind=SegmentKind.ACTIVE, days=ACTIVE_DAYS),
    Segment(kind=SegmentKind.STAFF),
    Segment(kind=SegmentKind.SUBSCRIBED),
    Segment(kind=SegmentKind.EXPIRING),
    Segment(kind=SegmentKind.EXPIRED),
    Segment(kind=SegmentKind.OWING),
)


async def begin_new(
    _query: CallbackQuery, state: FSMContext, broadcasts: BroadcastService
) -> Reply:
    await begin(state, BroadcastForm.audience, operation_id=str(uuid4()))
    return await _ask_audience(state, broadcasts)


async def change_audience(
    _query: CallbackQuery,
    callback_data: ChangeAudience,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    number, revision = callback_data.broadcast_id, callback_data.revision
    if newest := await newest_instead(number, revision, me=me, broadcasts=broadcasts, club=club):
        return newest
    await begin(state, BroadcastForm.audience, broadcast_id=number, revision=revision)
    return await _ask_audience(state, broadcasts)


async def change_content(
    _query: CallbackQuery,
    callback_data: ChangeContent,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    number, revision = callback_data.broadcast_id, callback_data.revision
    if newest := await newest_instead(number, revision, me=me, broadcasts=broadcasts, club=club):
        return newest
    await begin(state, BroadcastForm.content, broadcast_id=number, revision=revision)
    return show(texts.ASK_CONTENT, keyboards.content(OpenBroadcast(broadcast_id=number)))


async def ask_audience_again(
    _query: CallbackQuery, state: FSMContext, broadcasts: BroadcastService
) -> Reply:
    await advance(state, BroadcastForm.audience)
    return await _ask_audience(state, broadcasts)


async def choose_audience(
    _query: CallbackQuery,
    callback_data: ChooseAudience,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    match callback_data.kind:
        case SegmentKind.ABSENT:
            await advance(state, BroadcastForm.days)
            return show(texts.ASK_DAYS, keyboards.days())
        case SegmentKind.PICKED:
            await advance(state, BroadcastForm.people)
            picked = (await state.get_data()).get("people", [])
            return show(texts.ask_people(len(picked)), keyboards.picking(some=bool(picked)))
        case kind if kind.is_by_subscription:
            await advance(state, BroadcastForm.plan, kind=kind.value)
            return await _ask_plan(kind, broadcasts)
        case kind:
            segment = next(each for each in _COUNTED if each.kind is kind)
            return await _keep(segment, state, me, broadcasts, club)


async def choose_plan(
    _query: CallbackQuery,
    callback_data: ChoosePlan,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    kind = SegmentKind((await answers(state, "kind"))["kind"])
    segment = await broadcasts.segment_of_plan(kind, callback_data.plan_id)
    return await _keep(segment, state, me, broadcasts, club)


async def choose_days(
    _query: CallbackQuery,
    callback_data: ChooseDays,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    segment = Segment(kind=SegmentKind.ABSENT, days=callback_data.days)
    return await _keep(segment, state, me, broadcasts, club)


async def take_days(
    message: Message,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    segment = Segment(kind=SegmentKind.ABSENT, days=parse.days(message.text))
    return await _keep(segment, state, me, broadcasts, club)


async def take_people(
    message: Message, state: FSMContext, members: MemberService, club: ClubService
) -> Reply:
    """Whoever was found joins the list, whatever became of the other lines."""
    wanted, unclear = parse.people(message, await club.get())
    found = await members.pick(wanted, unclear=unclear)
    before = (await state.get_data()).get("people", [])
    people = list(dict.fromkeys([*before, *(person.id for person in found.people)]))
    if len(people) > parse.MOST_PICKED:
        raise TooManyPicked(limit=parse.MOST_PICKED)
    await advance(state, BroadcastForm.people, people=people)
    return show(texts.picked(found, len(people)), keyboards.picking(some=bool(people)))


async def finish_picking(
    _query: CallbackQuery,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    people = (await state.get_data()).get("people", [])
    if not people:
        raise NobodyPicked
    segment = Segment(kind=SegmentKind.PICKED, people=tuple(people))
    return await _keep(segment, state, me, broadcasts, club)


async def take_content(
    message: Message,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    """The last answer of a new one makes the draft; of a draft there is, it is the change."""
    content = parse.content(message)
    found = await finish(state)
    number = found.get("broadcast_id")
    if number is not None:
        with last_step():
            await broadcasts.set_content(number, content, revision=found["revision"], by=me)
    else:
        operation_id = UUID(found["operation_id"])
        new = NewBroadcast(operation_id=operation_id, segment=_segment(found), content=content)
        number = await broadcasts.add(new, by=me) or await broadcasts.made_by(operation_id)
    return await screen(number, me=me, broadcasts=broadcasts, club=club)


async def _ask_audience(state: FSMContext, broadcasts: BroadcastService) -> Reply:
    counted = {each: await broadcasts.count_reach(each) for each in _COUNTED}
    return show(texts.ASK_AUDIENCE, keyboards.audiences(counted, _leads_back(await answers(state))))


async def _ask_plan(kind: SegmentKind, broadcasts: BroadcastService) -> Reply:
    counted = await broadcasts.count_by_plan(kind)
    return show(texts.ASK_PLAN, keyboards.plans(counted))


async def _keep(
    segment: Segment,
    state: FSMContext,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    """Ask for the content of a new one; of a draft there is, that is all."""
    found = await answers(state)
    if number := found.get("broadcast_id"):
        await finish(state)
        with last_step():
            await broadcasts.set_segment(number, segment, revision=found["revision"], by=me)
        return await screen(number, me=me, broadcasts=broadcasts, club=club)
    people = {"people": list(segment.people)} if segment.people else {}
    plan = {"plan_id": segment.plan_id, "plan_name": segment.plan_name}
    kept = {"kind": segment.kind.value, "days": segment.days, **people, **plan}
    await advance(state, BroadcastForm.content, **kept)
    return show(texts.ASK_CONTENT, keyboards.content(AskAudience()))


def _segment(found: Mapping[str, Any]) -> Segment:
    kind = SegmentKind(found["kind"])
    people = found.get("people", []) if kind is SegmentKind.PICKED else []
    plan_id, plan_name = found.get("plan_id"), found.get("plan_name")
    return Segment(
        kind=kind,
        days=found["days"],
        people=tuple(people),
        plan_id=plan_id,
        plan_name=plan_name,
    )


def _leads_back(found: Mapping[str, Any]) -> CallbackData:
    number = found.get("broadcast_id")
    return OpenBroadcast(broadcast_id=number) if number else OpenBroadcasts()
