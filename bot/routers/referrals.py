"""A member's own link for friends, and what happens when one opens it."""

from aiogram import Bot, Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, Message

from bot.keyboards import menu as menus
from bot.keyboards import referrals as keyboards
from bot.keyboards.common import OpenInvitation
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers import _links
from bot.routers._filters import Invited, May
from bot.routers._links import Link, LinkKind
from bot.services.club import ClubService
from bot.services.menu import MenuService
from bot.services.referrals import ReferralService
from bot.texts import referrals as texts


def build_router() -> Router:
    router = Router(name="referrals")
    router.message.register(arrive, CommandStart(deep_link=True), Invited(), May(Role.VISITOR))
    router.message.register(show_invitation, Command("invite"), May(Role.MEMBER))
    router.callback_query.register(show_invitation, OpenInvitation.filter(), May(Role.MEMBER))
    return router


async def arrive(
    _message: Message, me: Person, referrer_id: int, referrals: ReferralService, menu: MenuService
) -> Reply:
    """What a /start shows, and who has sent them."""
    arrival = await referrals.arrive(referrer_id, me=me)
    shown = await menu.of(me)
    return show(texts.welcome(shown, me, arrival), menus.menu(me, shown))


async def show_invitation(
    _event: Message | CallbackQuery,
    me: Person,
    bot: Bot,
    referrals: ReferralService,
    club: ClubService,
) -> Reply:
    shown = await referrals.invitations(me=me)
    if not shown.reward_paise:
        return show(texts.no_reward(shown), keyboards.no_reward())
    link = await _links.address(Link(kind=LinkKind.INVITATION, subject_id=me.id), bot)
    return show(texts.screen(shown, link), keyboards.screen(link, await club.get()))
