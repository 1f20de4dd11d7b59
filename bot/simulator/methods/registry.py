"""The table of Bot API methods and what every one of them is given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.simulator.engine import Engine
from bot.simulator.models import Bot
from bot.simulator.params import Params


@dataclass(frozen=True, slots=True)
class Request:
    engine: Engine
    bot: Bot
    params: Params


@dataclass(frozen=True, slots=True)
class Described:
    """A result that comes with a sentence, as the webhook methods' do."""

    result: Any
    description: str


Handler = Callable[[Request], Any | Awaitable[Any]]
_H = TypeVar("_H", bound=Handler)
METHODS: dict[str, Handler] = {}


def method(*names: str) -> Callable[[_H], _H]:
    """Answer to these method names, whatever their case."""

    def register(handler: _H) -> _H:
        METHODS.update({name.lower(): handler for name in names})
        return handler

    return register
