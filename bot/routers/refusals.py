"""Refusals become replies. Everything else is a bug, or a server that is away, and goes on."""

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import ErrorEvent, InlineKeyboardMarkup

from bot.errors import Refusal
from bot.keyboards import common as keyboards
from bot.replies import Reply
from bot.texts.refusals import sentence


def build_router() -> Router:
    router = Router(name="refusals")
    router.errors.register(say_no, ExceptionTypeFilter(Refusal))
    return router


async def say_no(error: ErrorEvent, raw_state: str | None) -> tuple[Refusal, Reply]:
    """The refusal goes along: it is the outcome in the log, and may end its form."""
    refusal = error.exception
    if not isinstance(refusal, Refusal):
        raise refusal
    form = (raw_state or "").partition(":")[0]
    way_on = keyboards.only_menu() if refusal.closes_form else _way_on(form)
    return refusal, Reply(toast=sentence(refusal), alert=True, keyboard=way_on)


def _way_on(form: str) -> InlineKeyboardMarkup:
    """The question above keeps its buttons, but may be out of sight by now."""
    return keyboards.only_cancel(form) if form else keyboards.only_menu()
