"""Marking on a member's card that they came in today."""

from datetime import date

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.keyboards.visits import MarkVisit, UnmarkVisit
from bot.models.people import Person, Role
from bot.replies import Reply
from bot.routers._cards import card
from bot.routers._filters import May
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.services.visits import VisitService
from bot.texts import visits as texts


def build_router() -> Router:
    router = Router(name="visits")
    router.callback_query.register(mark, MarkVisit.filter(), May(Role.ADMIN))
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
    await visits.mark(person_id, date.fromordinal(callback_data.day), by=me)
    shown = await card(person_id, me=me, members=members, club=club)
    return shown.with_note(texts.MARKED)


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
