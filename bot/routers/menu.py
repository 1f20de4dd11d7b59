"""The ways in: welcome, menus, help, who-am-I, the admin and owner panels."""

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, Message

from bot.keyboards import common
from bot.keyboards import menu as keyboards
from bot.keyboards.common import OpenAdmin, OpenOwner
from bot.keyboards.menu import OpenHelp
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers._filters import May
from bot.services.approvals import ApprovalService
from bot.services.jobs import JobService
from bot.services.menu import MenuService
from bot.texts import menu as texts


def build_router() -> Router:
    router = Router(name="menu")
    router.message.register(start, CommandStart(), May(Role.VISITOR))
    router.message.register(show_menu, Command("menu"), May(Role.VISITOR))
    router.message.register(show_help, Command("help"), May(Role.VISITOR))
    router.message.register(who_am_i, Command("whoami"), May(Role.VISITOR))
    router.message.register(show_admin_panel, Command("admin"), May(Role.ADMIN))
    router.message.register(show_owner_panel, Command("owner"), May(Role.OWNER))
    router.callback_query.register(show_menu, common.OpenMenu.filter(), May(Role.VISITOR))
    router.callback_query.register(show_help, OpenHelp.filter(), May(Role.VISITOR))
    router.callback_query.register(show_admin_panel, OpenAdmin.filter(), May(Role.ADMIN))
    router.callback_query.register(show_owner_panel, OpenOwner.filter(), May(Role.OWNER))
    return router


async def start(_message: Message, me: Person, menu: MenuService) -> Reply:
    shown = await menu.of(me)
    return show(texts.welcome(shown, me), keyboards.menu(me, shown))


async def show_menu(_event: Message | CallbackQuery, me: Person, menu: MenuService) -> Reply:
    shown = await menu.of(me)
    return show(texts.menu(shown, me), keyboards.menu(me, shown))


async def show_help(_event: Message | CallbackQuery, me: Person) -> Reply:
    return show(texts.help_text(texts.commands_of(me.role)), keyboards.help_page())


async def who_am_i(_message: Message, me: Person) -> Reply:
    return show(texts.whoami(me), common.only_menu())


async def show_admin_panel(_event: Message | CallbackQuery, approvals: ApprovalService) -> Reply:
    pending = (await approvals.waiting()).total
    return show(texts.ADMIN_PANEL, keyboards.admin_panel(pending=pending))


async def show_owner_panel(_event: Message | CallbackQuery, jobs: JobService) -> Reply:
    return show(texts.OWNER_PANEL, keyboards.owner_panel(dead_jobs=await jobs.count_dead()))
