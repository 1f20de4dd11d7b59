"""What happened to one update: filled in on its way, logged in one line at the end."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject


@dataclass(slots=True)
class Trace:
    router: str = "-"
    handler: str = "-"
    state_before: str | None = None
    state_after: str | None = None
    outcome: str = "ok"
    waited_seconds: float = 0
    lost_races: int = 0


class TraceHandler(BaseMiddleware):
    """Notes which handler took the update; sits inside, where aiogram knows it."""

    gives: ClassVar[set[str]] = set()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        trace: Trace = data["trace"]
        trace.router = data["event_router"].name
        trace.handler = data["handler"].callback.__name__
        return await handler(event, data)
