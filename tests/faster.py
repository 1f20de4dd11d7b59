"""Each test opens workers of its own; what these work out anew is the same every time, and dear.

A worker's wiring asks for the signatures of some two thousand handlers and filters, puts them into
routers, checks these, and asks twice for the certificates of the system. Here the first one of a
process does, and the others are told.
"""

import functools
import inspect
import ssl
from collections.abc import Callable, Hashable

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.handler import CallableObject

from bot import app, startup
from bot.routers import Seat

_ask = CallableObject.__post_init__
_check = startup.check
_known: dict[Hashable, tuple[bool, set[str], bool]] = {}
_tables: dict[tuple[Seat, ...], list[startup.Route]] = {}


def remember() -> None:
    """Signatures and certificates, from now on, in this process."""
    CallableObject.__post_init__ = _recall
    ssl.create_default_context = functools.cache(ssl.create_default_context)


def keep_routers() -> None:
    """With the handlers they have: where a handler is to be another, that is not for you."""
    app.ORDER = tuple(seat._replace(build=_again(seat.build)) for seat in app.ORDER)
    _tables[app.ORDER] = []
    startup.check = _recheck


def _again(build: Callable[[], Router]) -> Callable[[], Router]:
    """The same router each time: all that it knows of a worker is whose it is."""
    first = functools.cache(build)

    def built() -> Router:
        router = first()
        router._parent_router = None
        return router

    return built


def _recheck(order: tuple[Seat, ...], dispatcher: Dispatcher) -> list[startup.Route]:
    """As the bot's own, for routers that nobody has checked; tests have some."""
    if order not in _tables:
        return _check(order, dispatcher)
    if not _tables[order]:
        _tables[order] = _check(order, dispatcher)
    return _tables[order]


def _recall(self: CallableObject) -> None:
    callback = inspect.unwrap(self.callback)
    kind = _kind_of(callback)
    if kind not in _known or isinstance(callback, functools.partial):
        _ask(self)
        _known[kind] = self.awaitable, self.params, self.varkw
    self.awaitable, self.params, self.varkw = _known[kind]


def _kind_of(callback: object) -> Hashable:
    """What decides on a signature: the code of a function or method, the class of an object."""
    if inspect.ismethod(callback):
        return "method", callback.__func__.__code__
    return callback.__code__ if inspect.isfunction(callback) else type(callback)
