"""The audit log: paged in chat, exported as a file."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.keyboards import audit as keyboards
from bot.keyboards.audit import ExportAudit, OpenAudit
from bot.models.people import Person, Role
from bot.replies import Reply, document, show
from bot.routers._filters import May
from bot.services.audit import AuditService
from bot.services.club import ClubService
from bot.texts import audit as texts


def build_router() -> Router:
    router = Router(name="audit")
    router.callback_query.register(show_page, OpenAudit.filter(), May(Role.OWNER))
    router.callback_query.register(export, ExportAudit.filter(), May(Role.OWNER))
    return router


async def show_page(
    _query: CallbackQuery, callback_data: OpenAudit, audit: AuditService, club: ClubService
) -> Reply:
    page = await audit.page(callback_data.page)
    zone = (await club.get()).zone
    return show(texts.page(page, zone), keyboards.page(page))


async def export(
    _query: CallbackQuery, me: Person, audit: AuditService, club: ClubService
) -> Reply:
    made = await audit.export(by=me)
    zone = (await club.get()).zone
    return document(texts.file_name(made, zone), made.content, texts.exported(made, zone))
