"""Stands in for the form that writes invoices, until that is there."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.keyboards.drafts import BeginInvoice, OpenDraft
from bot.models.people import Role
from bot.replies import Reply, alert
from bot.routers._filters import May
from bot.texts import drafts as texts


def build_router() -> Router:
    router = Router(name="drafts")
    router.callback_query.register(not_yet, BeginInvoice.filter(), May(Role.ADMIN))
    router.callback_query.register(not_yet, OpenDraft.filter(), May(Role.ADMIN))
    return router


async def not_yet(_query: CallbackQuery) -> Reply:
    return alert(texts.NOT_YET)
