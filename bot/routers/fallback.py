"""Nothing else wanted it: say so, never stay silent."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.keyboards import forms
from bot.keyboards import menu as keyboards
from bot.models.people import Person, Role
from bot.replies import Reply, alert, say
from bot.routers._filters import May, SlashCommand
from bot.routers._forms import form_named
from bot.services.menu import MenuService
from bot.services.people import PeopleService
from bot.texts import common as texts


def build_router() -> Router:
    router = Router(name="fallback")
    router.message.register(unknown_command, SlashCommand(), May(Role.VISITOR))
    router.message.register(not_an_answer, StateFilter(None), May(Role.VISITOR))
    router.message.register(misplaced, May(Role.VISITOR))
    router.callback_query.register(old_button, May(Role.VISITOR))
    router.my_chat_member.register(changed_reachability)
    router.edited_message.register(ignore_edit)
    return router


async def unknown_command(_message: Message, me: Person, menu: MenuService) -> Reply:
    return say(texts.UNKNOWN_COMMAND, keyboards.menu(me, await menu.of(me)))


async def not_an_answer(
    _message: Message, me: Person, expired: str | None, menu: MenuService
) -> Reply:
    """Free text. If a form ran out just before, or was lost, it was most likely meant for that."""
    if form := form_named(expired):
        return say(texts.expired_late(form.title), forms.start_again(form.title, form.again))
    said = texts.FORM_LOST if expired else texts.NOT_AN_ANSWER
    return say(said, keyboards.menu(me, await menu.of(me)))


async def misplaced(_message: Message, raw_state: str) -> Reply:
    """A form is open whose step this code no longer knows: an older version's."""
    name = raw_state.partition(":")[0]
    if form := form_named(name):
        return say(texts.expired_late(form.title), forms.start_again(form.title, form.again))
    return say(texts.OLD_BUTTON)


async def old_button(_query: CallbackQuery, expired: str | None) -> Reply:
    lost = expired and not form_named(expired)
    return alert(texts.FORM_LOST if lost else texts.OLD_BUTTON)


async def changed_reachability(event: ChatMemberUpdated, people: PeopleService) -> None:
    """They blocked the bot, or let it in again."""
    reachable = event.new_chat_member.status not in ("kicked", "left")
    await people.changed_reachability(event.from_user.id, reachable=reachable)


async def ignore_edit(_message: Message) -> None:
    """An answer counts as it was first sent; the next step shows what was kept."""
