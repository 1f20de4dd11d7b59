"""Refusals become replies. Everything else is a bug, or a server that is away, and goes on."""

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import ErrorEvent

from bot.errors import Refusal
from bot.replies import Reply
from bot.texts.refusals import sentence


def build_router() -> Router:
    router = Router(name="refusals")
    router.errors.register(say_no, ExceptionTypeFilter(Refusal))
    return router


async def say_no(error: ErrorEvent) -> tuple[Refusal, Reply]:
    """The refusal goes along: it is the outcome in the log, and may end its form."""
    if not isinstance(error.exception, Refusal):
        raise error.exception
    return error.exception, Reply(toast=sentence(error.exception), alert=True)
