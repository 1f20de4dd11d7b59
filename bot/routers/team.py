"""Who runs the club: lists of offices, giving and taking them."""

from uuid import uuid4

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import HasNotStarted, StaleButton
from bot.keyboards import team as keyboards
from bot.keyboards.team import (
    AddLeader,
    AddStaff,
    AskRemoval,
    ChangeOffice,
    OpenLeaders,
    OpenStaff,
)
from bot.models.people import Office, Person, Role
from bot.models.team import one_below
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._filters import May, Step
from bot.routers._forms import advance, answers, begin, expect_button, finish, leave
from bot.services.team import TeamService
from bot.states.team import TeamForm
from bot.texts import team as texts


def build_router() -> Router:
    router = Router(name="team")
    router.callback_query.register(show_staff, OpenStaff.filter(), May(Role.ADMIN))
    router.callback_query.register(show_leaders, OpenLeaders.filter(), May(Role.OWNER))
    router.callback_query.register(ask_staff, AddStaff.filter(), May(Role.ADMIN))
    router.callback_query.register(ask_leader, AddLeader.filter(), May(Role.OWNER))
    router.message.register(take_person, Step(TeamForm.person), May(Role.ADMIN))
    router.callback_query.register(ask_removal, AskRemoval.filter(), May(Role.ADMIN))
    router.message.register(expect_button, Step(TeamForm.confirm), May(Role.ADMIN))
    router.callback_query.register(
        change_office, ChangeOffice.filter(), StateFilter(TeamForm.confirm), May(Role.ADMIN)
    )
    return router


async def show_staff(
    _query: CallbackQuery, callback_data: OpenStaff, state: FSMContext, team: TeamService
) -> Reply:
    await leave(state, TeamForm)
    page = await team.staff(callback_data.page)
    return show(texts.staff(page), keyboards.staff(page, callback_data.panel))


async def show_leaders(
    _query: CallbackQuery, me: Person, state: FSMContext, team: TeamService
) -> Reply:
    await leave(state, TeamForm)
    people = await team.list_leaders()
    return show(texts.leaders(people), keyboards.leaders(people, me=me))


async def ask_staff(_query: CallbackQuery, state: FSMContext) -> Reply:
    return await _ask(Office.STAFF, state)


async def ask_leader(_query: CallbackQuery, callback_data: AddLeader, state: FSMContext) -> Reply:
    return await _ask(callback_data.to, state)


async def take_person(
    message: Message, me: Person, state: FSMContext, bot: Bot, team: TeamService
) -> Reply:
    to = Office((await answers(state, "to"))["to"])
    known = await team.find(_parse.account(message))
    if known is None:
        raise HasNotStarted(bot=(await bot.me()).username)
    person = await team.appoint(known.id, to, by=me)
    operation = uuid4()
    await advance(state, TeamForm.confirm, **_on_screen(person), operation=str(operation))
    return show(texts.ask_appointment(person, to), keyboards.confirm_appointment(to, operation))


async def ask_removal(
    _query: CallbackQuery,
    callback_data: AskRemoval,
    me: Person,
    state: FSMContext,
    team: TeamService,
) -> Reply:
    person = await team.consider(callback_data.person_id, None, by=me)
    operation, is_self = uuid4(), person.id == me.id
    await begin(state, TeamForm.confirm, **_on_screen(person), operation=str(operation))
    return show(
        texts.ask_removal(person, one_below(person.office), is_self=is_self),
        keyboards.confirm_removal(person, operation, is_self=is_self),
    )


async def change_office(
    _query: CallbackQuery,
    callback_data: ChangeOffice,
    me: Person,
    state: FSMContext,
    team: TeamService,
) -> Reply:
    asked = await finish(state, "person_id", "was", "operation")
    if asked["operation"] != str(callback_data.operation):
        raise StaleButton
    change = await team.change(
        asked["person_id"],
        callback_data.to,
        was=Office(asked["was"]) if asked["was"] else None,
        by=me,
        operation_id=callback_data.operation,
    )
    is_self = change.person.id == me.id
    return show(texts.changed(change, is_self=is_self), keyboards.changed(change, is_self=is_self))


async def _ask(to: Office, state: FSMContext) -> Reply:
    await begin(state, TeamForm.person, to=to.value)
    return show(texts.ask_person(to), keyboards.ask_person(to))


def _on_screen(person: Person) -> dict[str, int | str | None]:
    """Whom the question is about, and which office they held when it was asked."""
    return {"person_id": person.id, "was": person.office.value if person.office else None}
