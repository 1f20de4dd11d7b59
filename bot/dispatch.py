"""Straight to whoever may take an update, so that two hundred handlers cost what ten do.

aiogram asks every filter of every router from the top. Most handlers say plainly what they want: a
command, a button's prefix, a state. From the routing table we know, for each such combination, the
few that can match at all, and ask only those: with aiogram's own filters, in the same order. What
is not understood here counts as a possible match, so the table can only be slower, never wrong.
"""

from collections.abc import Iterable
from inspect import isclass
from itertools import groupby
from typing import Any, Final, NamedTuple

from aiogram import Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.startup import Route

_UNKNOWN: Final = "?"  # stands for any command, prefix or state that no handler names


class Clue(NamedTuple):
    """What tells whose an update may be; ``None`` where it has no such thing."""

    event: str
    state: str | None = None
    command: str | None = None
    button: str | None = None


class TableDispatcher(Dispatcher):
    """A dispatcher of flat routers; until ``use`` is called it walks the tree like any other."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._routes: list[Route] = []
        self._named: set[str] = set()
        self._found: dict[Clue, list[TelegramEventObserver]] = {}  # filled as updates come

    def use(self, routes: Iterable[Route]) -> None:
        self._routes = list(routes)
        self._named = {name for route in self._routes for f in route.filters for name in _names(f)}
        self._found.clear()

    async def _propagate_event(  # private: tests/test_dispatch.py compares it with the tree
        self,
        observer: TelegramEventObserver | None,
        update_type: str,
        event: TelegramObject,
        **kwargs: Any,
    ) -> Any:
        clue = self._clue(update_type, event, kwargs.get("raw_state"))
        for candidate in self._candidates(clue):
            kwargs["event_router"] = candidate.router
            response = await candidate.trigger(event, **kwargs)
            if response is not UNHANDLED:
                return response
        return await super()._propagate_event(observer, update_type, event, **kwargs)

    def _candidates(self, clue: Clue) -> list[TelegramEventObserver]:
        if (found := self._found.get(clue)) is None:
            found = self._found[clue] = self._search(clue)
        return found

    def _search(self, clue: Clue) -> list[TelegramEventObserver]:
        """Observers like aiogram's, one per router, holding only the handlers that may match."""
        routers = {router.name: router for router in self.sub_routers}
        possible = [route for route in self._routes if _may_take(route, clue)]
        candidates = []
        for name, routes in groupby(possible, key=lambda route: route.router):
            candidate = TelegramEventObserver(router=routers[name], event_name=clue.event)
            candidate.handlers = [route.handler for route in routes]
            candidates.append(candidate)
        return candidates

    def _clue(self, event_name: str, event: TelegramObject, state: str | None) -> Clue:
        command = button = None
        if isinstance(event, Message):
            command = _command(event.text or event.caption or "")
        elif isinstance(event, CallbackQuery):
            button = (event.data or "").partition(":")[0]
        return Clue(event_name, *map(self._if_named, (state, command, button)))

    def _if_named(self, name: str | None) -> str | None:
        """So that what strangers type does not fill the memory."""
        return name if name is None or name in self._named else _UNKNOWN


def _command(text: str) -> str | None:
    first = (text.split(maxsplit=1) or [""])[0]
    return first[1:].partition("@")[0] if first.startswith("/") else None


def _may_take(route: Route, clue: Clue) -> bool:
    return route.event == clue.event and all(_may_match(f, clue) for f in route.filters)


def _may_match(found: object, clue: Clue) -> bool:
    names = _names(found)
    if not names:
        return True
    if isinstance(found, Command):
        return clue.command in names
    if isinstance(found, CallbackQueryFilter):
        return clue.button in names
    return clue.state in names


def _names(found: object) -> set[str]:
    """The commands, prefix or states this filter insists on; none if it may match others too."""
    names: list[object]
    if isinstance(found, Command) and found.prefix == "/" and not found.ignore_case:
        names = list(found.commands)
    elif isinstance(found, CallbackQueryFilter) and found.callback_data.__separator__ == ":":
        names = [found.callback_data.__prefix__]
    elif isinstance(found, StateFilter):
        names = [name for state in found.states for name in _state_names(state)]
    else:
        return set()
    plain = {name for name in names if isinstance(name, str) and name != "*"}
    return plain if len(plain) == len(set(names)) else set()


def _state_names(state: object) -> tuple[object, ...]:
    if isinstance(state, State):
        return (state.state,)
    if isclass(state) and issubclass(state, StatesGroup):
        return state.__all_states_names__
    return (state,)
