"""Money as Excel files: what, for which days, and there it comes."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import exports as keyboards
from bot.keyboards.exports import (
    AskDays,
    ChoosePeriod,
    ExportPeriod,
    ExportReceivables,
    OpenExports,
)
from bot.models.exports import Export, ExportKind
from bot.models.people import Person, Role
from bot.replies import Reply, document, show
from bot.routers import _dates
from bot.routers._filters import May, Step
from bot.routers._forms import begin, finish, leave
from bot.services.club import ClubService
from bot.services.exports import ExportService
from bot.states.exports import ExportForm
from bot.texts import exports as texts


def build_router() -> Router:
    router = Router(name="exports")
    router.callback_query.register(show_kinds, OpenExports.filter(), May(Role.OWNER))
    router.callback_query.register(show_periods, ChoosePeriod.filter(), May(Role.OWNER))
    router.callback_query.register(export_period, ExportPeriod.filter(), May(Role.OWNER))
    router.callback_query.register(export_receivables, ExportReceivables.filter(), May(Role.OWNER))
    router.callback_query.register(ask_days, AskDays.filter(), May(Role.OWNER))
    router.message.register(take_days, Step(ExportForm.days), May(Role.OWNER))
    return router


async def show_kinds(_query: CallbackQuery, state: FSMContext) -> Reply:
    await leave(state, ExportForm)
    return show(texts.ASK_KIND, keyboards.kinds())


async def show_periods(
    _query: CallbackQuery, callback_data: ChoosePeriod, state: FSMContext
) -> Reply:
    await leave(state, ExportForm)
    return show(texts.ask_period(callback_data.kind), keyboards.periods(callback_data.kind))


async def export_period(
    _query: CallbackQuery,
    callback_data: ExportPeriod,
    me: Person,
    exports: ExportService,
    club: ClubService,
) -> Reply:
    made = await exports.of_period(callback_data.kind, callback_data.period, by=me)
    return await _file(made, club)


async def export_receivables(
    _query: CallbackQuery, me: Person, exports: ExportService, club: ClubService
) -> Reply:
    return await _file(await exports.receivables(by=me), club)


async def ask_days(_query: CallbackQuery, callback_data: AskDays, state: FSMContext) -> Reply:
    kind = callback_data.kind
    await begin(state, ExportForm.days, kind=kind.value)
    return show(texts.ask_days(kind), keyboards.days_question(kind))


async def take_days(
    message: Message, me: Person, state: FSMContext, exports: ExportService, club: ClubService
) -> Reply:
    kind = ExportKind((await finish(state, "kind"))["kind"])
    made = await exports.of_period(kind, _dates.period(message.text), by=me)
    return await _file(made, club)


async def _file(made: Export, club: ClubService) -> Reply:
    zone = (await club.get()).zone
    return document(texts.file_name(made, zone), made.content, texts.made(made, zone))
