"""/notifications: what the club told a person, to read and tidy; and what is to reach them, when.

Open to whoever wrote to the bot, as a rejected applicant is a visitor again; menus offer it from
``pending`` on.
"""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import notifications as keyboards
from bot.keyboards.notifications import (
    AskQuietHours,
    ChooseDelivery,
    DeleteNotification,
    DeleteReadNotifications,
    KeepQuietHours,
    OpenChoices,
    OpenNotification,
    OpenNotifications,
    PickQuietHours,
    ReadAllNotifications,
)
from bot.models.notifications import Inbox, Preferences, topics_for
from bot.models.people import Person, Role
from bot.notices import Drawing
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._filters import May, Step
from bot.routers._forms import begin, finish, leave
from bot.services.club import ClubService
from bot.services.notifications import NotificationService
from bot.states.notifications import QuietHoursForm
from bot.texts import notifications as texts


def build_router() -> Router:
    router = Router(name="notifications")
    anyone, press = May(Role.VISITOR), router.callback_query.register
    router.message.register(show_newest, Command("notifications"), anyone)
    press(show_page, OpenNotifications.filter(), anyone)
    press(show_one, OpenNotification.filter(), anyone)
    press(delete, DeleteNotification.filter(), anyone)
    press(read_all, ReadAllNotifications.filter(), anyone)
    press(delete_read, DeleteReadNotifications.filter(), anyone)
    press(show_choices, OpenChoices.filter(), anyone)
    press(choose, ChooseDelivery.filter(), anyone)
    press(keep_quiet, KeepQuietHours.filter(), anyone)
    press(ask_hours, AskQuietHours.filter(), anyone)
    press(pick_hours, PickQuietHours.filter(), StateFilter(QuietHoursForm.hours), anyone)
    router.message.register(take_hours, Step(QuietHoursForm.hours), anyone)
    return router


async def show_newest(
    _message: Message, me: Person, notifications: NotificationService, club: ClubService
) -> Reply:
    return await _list(await notifications.inbox(0, me=me), club)


async def show_page(
    _query: CallbackQuery,
    callback_data: OpenNotifications,
    me: Person,
    notifications: NotificationService,
    club: ClubService,
) -> Reply:
    return await _list(await notifications.inbox(callback_data.page, me=me), club)


async def show_one(
    _query: CallbackQuery,
    callback_data: OpenNotification,
    me: Person,
    notifications: NotificationService,
    drawing: Drawing,
    club: ClubService,
) -> Reply:
    found = await notifications.open(callback_data.notice_id, me=me)
    drawn = await drawing.of(found.notice) or show(texts.OVER)
    drawn = drawn.with_note(texts.opened(found, (await club.get()).zone))
    buttons = keyboards.opened(drawn.keyboard, found.notice.id, callback_data.page)
    return replace(drawn, keyboard=buttons, fresh=drawn.attachment is not None)


async def delete(
    _query: CallbackQuery,
    callback_data: DeleteNotification,
    me: Person,
    notifications: NotificationService,
    club: ClubService,
) -> Reply:
    await notifications.delete(callback_data.notice_id, me=me)
    left = await notifications.inbox(callback_data.page, me=me)
    return replace(await _list(left, club), toast=texts.DELETED)


async def read_all(
    _query: CallbackQuery,
    callback_data: ReadAllNotifications,
    me: Person,
    notifications: NotificationService,
    club: ClubService,
) -> Reply:
    await notifications.read_all(callback_data.up_to, me=me)
    return await _list(await notifications.inbox(0, me=me), club)


async def delete_read(
    _query: CallbackQuery,
    callback_data: DeleteReadNotifications,
    me: Person,
    notifications: NotificationService,
    club: ClubService,
) -> Reply:
    many = await notifications.delete_read(callback_data.up_to, me=me)
    left = await notifications.inbox(0, me=me)
    return replace(await _list(left, club), toast=texts.deleted(many))


async def show_choices(
    _query: CallbackQuery,
    me: Person,
    state: FSMContext,
    notifications: NotificationService,
    club: ClubService,
) -> Reply:
    await leave(state, QuietHoursForm)
    return await _choices(await notifications.preferences(me), me, club)


async def choose(
    _query: CallbackQuery,
    callback_data: ChooseDelivery,
    me: Person,
    notifications: NotificationService,
    club: ClubService,
) -> Reply:
    wishes = await notifications.choose(callback_data.topic, callback_data.delivery, me=me)
    return await _choices(wishes, me, club)


async def keep_quiet(
    _query: CallbackQuery,
    callback_data: KeepQuietHours,
    me: Person,
    notifications: NotificationService,
    club: ClubService,
) -> Reply:
    wishes = await notifications.keep_quiet(me, is_quiet=callback_data.on)
    return await _choices(wishes, me, club)


async def ask_hours(
    _query: CallbackQuery, me: Person, state: FSMContext, notifications: NotificationService
) -> Reply:
    kept = (await notifications.preferences(me)).quiet_hours
    await begin(state, QuietHoursForm.hours)
    return show(texts.ask_hours(kept), keyboards.ask_hours(kept))


async def pick_hours(
    _query: CallbackQuery,
    callback_data: PickQuietHours,
    me: Person,
    state: FSMContext,
    notifications: NotificationService,
    club: ClubService,
) -> Reply:
    return await _set_hours(callback_data.hours, me, state, notifications, club)


async def take_hours(
    message: Message,
    me: Person,
    state: FSMContext,
    notifications: NotificationService,
    club: ClubService,
) -> Reply:
    return await _set_hours(message.text, me, state, notifications, club)


async def _set_hours(
    typed: str | None,
    me: Person,
    state: FSMContext,
    notifications: NotificationService,
    club: ClubService,
) -> Reply:
    hours = _parse.quiet_hours(typed)
    await finish(state)
    return await _choices(await notifications.set_quiet_hours(hours, me=me), me, club)


async def _list(shown: Inbox, club: ClubService) -> Reply:
    return show(texts.inbox(shown), keyboards.inbox(shown, (await club.get()).zone))


async def _choices(wishes: Preferences, me: Person, club: ClubService) -> Reply:
    topics, timezone = topics_for(me.role), (await club.get()).timezone
    return show(texts.choices(wishes, topics, timezone), keyboards.choices(wishes, topics))
