"""Members as admins see them: search, card, a message from the club, deletion."""

from typing import Final
from uuid import UUID, uuid4

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import members as keyboards
from bot.keyboards import menu as menu_keyboards
from bot.keyboards.members import (
    AskDelete,
    AskMessage,
    DeleteMember,
    LeaveMembers,
    OpenMembers,
    ShowMember,
)
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers import _parse, _search
from bot.routers._cards import card
from bot.routers._filters import May, Step
from bot.routers._forms import advance, answers, begin, expect_button, finish, last_step, leave
from bot.services.approvals import ApprovalService
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.services.privacy import PrivacyService
from bot.states.bans import BanForm
from bot.states.members import MembersForm, MessageForm
from bot.states.payment_requests import PaymentRequestForm
from bot.states.visits import MarkAnywayForm
from bot.texts import members as texts
from bot.texts import menu as menu_texts

HITS: Final = 8
MESSAGE_CHARACTERS: Final = 3000


def build_router() -> Router:
    router = Router(name="members")
    router.callback_query.register(ask_search, OpenMembers.filter(), May(Role.ADMIN))
    router.callback_query.register(leave_search, LeaveMembers.filter(), May(Role.ADMIN))
    router.message.register(
        take_search, Step(MembersForm.search, MembersForm.choose), May(Role.ADMIN)
    )
    router.callback_query.register(show_card, ShowMember.filter(), May(Role.ADMIN))
    router.callback_query.register(ask_message, AskMessage.filter(), May(Role.ADMIN))
    router.message.register(take_message, Step(MessageForm.text), May(Role.ADMIN))
    router.callback_query.register(ask_delete, AskDelete.filter(), May(Role.ADMIN))
    router.message.register(expect_button, Step(MembersForm.confirm), May(Role.ADMIN))
    router.callback_query.register(delete, DeleteMember.filter(), May(Role.ADMIN))
    return router


async def ask_search(_query: CallbackQuery, state: FSMContext) -> Reply:
    await begin(state, MembersForm.search)
    return show(texts.ASK_SEARCH, keyboards.search())


async def leave_search(
    _query: CallbackQuery, state: FSMContext, approvals: ApprovalService
) -> Reply:
    await leave(state, MembersForm)
    pending = (await approvals.waiting()).total
    return show(menu_texts.ADMIN_PANEL, menu_keyboards.admin_panel(pending=pending))


async def take_search(
    message: Message, state: FSMContext, me: Person, members: MemberService, club: ClubService
) -> Reply:
    """One hit is shown at once; several leave the search open for a choice or another try."""
    wanted = _search.wanted(message, await club.get())
    found = await members.search(wanted, limit=HITS)
    if len(found.people) > 1:
        await advance(state, MembersForm.choose)
        return show(texts.several(found), keyboards.hits(found.people))
    await finish(state)
    return await card(found.people[0].id, me=me, members=members, club=club)


async def show_card(
    _query: CallbackQuery,
    callback_data: ShowMember,
    state: FSMContext,
    me: Person,
    members: MemberService,
    club: ClubService,
) -> Reply:
    shown = await card(callback_data.person_id, me=me, members=members, club=club)
    await leave(state, MembersForm, BanForm, MarkAnywayForm, MessageForm, PaymentRequestForm)
    return shown


async def ask_message(
    _query: CallbackQuery,
    callback_data: AskMessage,
    state: FSMContext,
    me: Person,
    members: MemberService,
) -> Reply:
    person = await members.reachable(callback_data.person_id, by=me)
    await begin(state, MessageForm.text, person_id=person.id, operation_id=str(uuid4()))
    return show(texts.ask_message(person), keyboards.ask("MessageForm", person.id))


async def take_message(
    message: Message, state: FSMContext, me: Person, members: MemberService, club: ClubService
) -> Reply:
    text = _parse.words(message.text, limit=MESSAGE_CHARACTERS)
    form = await answers(state, "person_id", "operation_id")
    person_id, operation_id = form["person_id"], UUID(form["operation_id"])
    with last_step():
        await members.message(person_id, text, by=me, operation_id=operation_id)
    await finish(state)
    shown = await card(person_id, me=me, members=members, club=club)
    return shown.with_note(texts.ON_ITS_WAY)


async def ask_delete(
    _query: CallbackQuery,
    callback_data: AskDelete,
    state: FSMContext,
    me: Person,
    privacy: PrivacyService,
) -> Reply:
    shown, loss = await privacy.before_deleting(callback_data.person_id, by=me)
    await begin(state, MembersForm.confirm)
    question = keyboards.ask_delete(shown.person.id, uuid4())
    return show(texts.ask_delete(shown, loss), question)


async def delete(
    _query: CallbackQuery,
    callback_data: DeleteMember,
    state: FSMContext,
    me: Person,
    privacy: PrivacyService,
) -> Reply:
    person_id, operation_id = callback_data.person_id, callback_data.operation_id
    holdings = await privacy.delete(person_id, by=me, operation_id=operation_id)
    await leave(state, MembersForm)
    return show(texts.deleted(holdings), keyboards.deleted())
