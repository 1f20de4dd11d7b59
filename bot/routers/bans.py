"""Ban and unban, from a person's card."""

from typing import Final

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import members as keyboards
from bot.keyboards.members import AskBan, Unban
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._cards import card
from bot.routers._filters import May, Step
from bot.routers._forms import answers, begin, finish, last_step
from bot.services.bans import BanService
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.states.bans import BanForm
from bot.texts import bans as texts

REASON_CHARACTERS: Final = 300


def build_router() -> Router:
    router = Router(name="bans")
    router.callback_query.register(ask_reason, AskBan.filter(), May(Role.ADMIN))
    router.message.register(take_reason, Step(BanForm.reason), May(Role.ADMIN))
    router.callback_query.register(unban, Unban.filter(), May(Role.ADMIN))
    return router


async def ask_reason(
    _query: CallbackQuery, callback_data: AskBan, state: FSMContext, me: Person, bans: BanService
) -> Reply:
    person = await bans.check(callback_data.person_id, by=me)
    await begin(state, BanForm.reason, person_id=person.id)
    return show(texts.ask_reason(person), keyboards.ask("BanForm", person.id))


async def take_reason(  # noqa: PLR0913, PLR0917 -- aiogram hands over by name; the card needs two services
    message: Message,
    state: FSMContext,
    me: Person,
    bans: BanService,
    members: MemberService,
    club: ClubService,
) -> Reply:
    reason = _parse.words(message.text, limit=REASON_CHARACTERS)
    person_id = (await answers(state, "person_id"))["person_id"]
    with last_step():
        await bans.ban(person_id, reason=reason, by=me)
    await finish(state)
    shown = await card(person_id, me=me, members=members, club=club)
    return shown.with_note(texts.DONE)


async def unban(
    _query: CallbackQuery,
    callback_data: Unban,
    me: Person,
    bans: BanService,
    members: MemberService,
    club: ClubService,
) -> Reply:
    await bans.unban(callback_data.person_id, by=me)
    shown = await card(callback_data.person_id, me=me, members=members, club=club)
    return shown.with_note(texts.UNDONE)
