"""A person's own birthday: told, changed, forgotten."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import birthdays as keyboards
from bot.keyboards.birthdays import AskBirthday, OpenBirthday, RemoveBirthday
from bot.models.birthdays import Birthday
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers import _dates
from bot.routers._filters import May, Step
from bot.routers._forms import begin, finish, leave
from bot.services.birthdays import BirthdayService
from bot.states.birthdays import BirthdayForm
from bot.texts import birthdays as texts


def build_router() -> Router:
    router = Router(name="birthdays")
    router.callback_query.register(show_mine, OpenBirthday.filter(), May(Role.MEMBER))
    router.callback_query.register(ask_day, AskBirthday.filter(), May(Role.MEMBER))
    router.message.register(take_day, Step(BirthdayForm.day), May(Role.MEMBER))
    router.callback_query.register(remove, RemoveBirthday.filter(), May(Role.MEMBER))
    return router


async def show_mine(
    _query: CallbackQuery, me: Person, state: FSMContext, birthdays: BirthdayService
) -> Reply:
    await leave(state, BirthdayForm)
    return _kept(await birthdays.find(me))


async def ask_day(_query: CallbackQuery, state: FSMContext) -> Reply:
    await begin(state, BirthdayForm.day)
    return show(texts.ASK, keyboards.question())


async def take_day(
    message: Message, me: Person, state: FSMContext, birthdays: BirthdayService
) -> Reply:
    told = _dates.birthday(message.text)
    await finish(state)
    await birthdays.tell(told, me=me)
    return _kept(told).with_note(texts.SAVED)


async def remove(_query: CallbackQuery, me: Person, birthdays: BirthdayService) -> Reply:
    await birthdays.remove(me=me)
    return _kept(None).with_note(texts.REMOVED)


def _kept(birthday: Birthday | None) -> Reply:
    return show(texts.kept(birthday), keyboards.kept(birthday))
