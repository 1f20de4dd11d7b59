"""Each test opens workers of its own; what these work out anew is the same every time, and dear.

A worker's wiring asks for the signatures of some two thousand handlers and filters, and twice for
the certificates of the system. Here the first one asks, and the others are told.
"""

import functools
import inspect
import ssl
from collections.abc import Hashable

from aiogram.dispatcher.event.handler import CallableObject

_ask = CallableObject.__post_init__
_known: dict[Hashable, tuple[bool, set[str], bool]] = {}


def remember() -> None:
    """From now on, in this process."""
    CallableObject.__post_init__ = _recall
    ssl.create_default_context = functools.cache(ssl.create_default_context)


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
