"""Counts every call to the Bot API, by method and result."""

from time import perf_counter
from typing import Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.metrics.instruments import Metrics

_RESULTS: Final[tuple[tuple[type[Exception], str], ...]] = (  # the first that fits
    (TelegramRetryAfter, "429"),
    (TelegramBadRequest, "400"),
    (TelegramUnauthorizedError, "401"),
    (TelegramForbiddenError, "403"),
    (TelegramNotFound, "404"),
    (TelegramConflictError, "409"),
    (TelegramEntityTooLarge, "413"),  # also a network error, to aiogram
    (TelegramServerError, "5xx"),
    (ClientDecodeError, "garbled"),  # a proxy's page instead of JSON
    (TelegramNetworkError, "network"),
)


class CountCalls(BaseRequestMiddleware):
    """A session middleware: ``bot.session.middleware(CountCalls(metrics))``."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        started, result = perf_counter(), "cancelled"
        try:
            response = await make_request(bot, method)
            result = "ok"
        except Exception as error:
            result = next((word for kind, word in _RESULTS if isinstance(error, kind)), "other")
            raise
        finally:
            self._metrics.telegram_called(
                method.__api_method__, result=result, seconds=perf_counter() - started
            )
        return response
