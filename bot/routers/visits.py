"""Marking on a member's card that they came in today; with a reason, if the access rule says no."""

from datetime import date
from typing import Final

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import members as keyboards
from bot.keyboards.visits import AskAnyway, AskToRenew, MarkVisit, UnmarkVisit
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._cards import card
from bot.routers._filters import May, Step
from bot.routers._forms import answers, begin, finish, last_step
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.services.visits import VisitService
from bot.states.visits import MarkAnywayForm
from bot.texts import visits as texts

REASON_CHARACTERS: Final = 300


def build_router() -> Router:
    router = Router(name="visits")
    router.callback_query.register(mark, MarkVisit.filter(), May(Role.ADMIN))
    router.callback_query.register(ask_reason, AskAnyway.filter(), May(Role.ADMIN))
    router.message.register(take_reason, Step(MarkAnywayForm.reason), May(Role.ADMIN))
    router.callback_query.register(ask_to_renew, AskToRenew.filter(), May(Role.ADMIN))
    router.callback_query.register(unmark, UnmarkVisit.filter(), May(Role.ADMIN))
    return router


async def mark(
    _query: CallbackQuery,
    callback_data: MarkVisit,
    me: Person,
    visits: VisitService,
    members: MemberService,
    club: ClubService,
) -> Reply:
    person_id = callback_data.person_id
    came = await visits.mark(person_id, date.fromordinal(callback_data.day), by=me)
    if not came.is_in:
        return show(texts.not_marked(came), keyboards.not_marked(came))
    shown = await card(person_id, me=me, members=members, club=club)
    return shown.with_note(texts.marked(came))


async def ask_reason(
    _query: CallbackQuery, callback_data: AskAnyway, state: FSMContext, visits: VisitService
) -> Reply:
    day = callback_data.day
    person = (await visits.check(callback_data.person_id, date.fromordinal(day))).person
    await begin(state, MarkAnywayForm.reason, person_id=person.id, day=day)
    return show(texts.ask_reason(person), keyboards.ask("MarkAnywayForm", person.id))


async def take_reason(  # noqa: PLR0913, PLR0917 -- aiogram hands over by name; the card needs two services
    message: Message,
    state: FSMContext,
    me: Person,
    visits: VisitService,
    members: MemberService,
    club: ClubService,
) -> Reply:
    reason = _parse.words(message.text, limit=REASON_CHARACTERS)
    form = await answers(state, "person_id", "day")
    person_id, day = form["person_id"], date.fromordinal(form["day"])
    with last_step():
        came = await visits.mark(person_id, day, by=me, reason=reason)
    await finish(state)
    shown = await card(person_id, me=me, members=members, club=club)
    return shown.with_note(texts.marked(came))


async def ask_to_renew(
    _query: CallbackQuery,
    callback_data: AskToRenew,
    me: Person,
    visits: VisitService,
    members: MemberService,
    club: ClubService,
) -> Reply:
    person_id = callback_data.person_id
    await visits.ask_to_renew(person_id, date.fromordinal(callback_data.day), by=me)
    shown = await card(person_id, me=me, members=members, club=club)
    return shown.with_note(texts.TOLD)


async def unmark(
    _query: CallbackQuery,
    callback_data: UnmarkVisit,
    me: Person,
    visits: VisitService,
    members: MemberService,
    club: ClubService,
) -> Reply:
    person_id = callback_data.person_id
    await visits.unmark(person_id, date.fromordinal(callback_data.day), by=me)
    shown = await card(person_id, me=me, members=members, club=club)
    return shown.with_note(texts.UNMARKED)
