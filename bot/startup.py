"""What must be true before the bot may start. No network; run at start and in a test."""

import pkgutil
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.filters.exception import ExceptionTypeFilter
from aiogram.fsm.state import StatesGroup

from bot import errors, routers
from bot.middleware import WhoIsTalking
from bot.models.notifications import SHOWN
from bot.notices import RENDERERS
from bot.routers import Seat, Tier
from bot.routers._filters import CancelLabel, May, When
from bot.routers._forms import FORMS
from bot.texts.menu import COMMANDS
from bot.texts.notifications import SUBJECTS
from bot.texts.refusals import SENTENCES

FROM_AIOGRAM = {"bot", "state", "raw_state", "event_update"}
FROM_ONCE = {"expired", "trace"}
FROM_STOCK_FILTERS: dict[type[object], set[str]] = {
    CallbackQueryFilter: {"callback_data"},
    Command: {"command"},
}
T = TypeVar("T")
WHEN = " when "
PERSONAL_EVENTS = {"message", "callback_query"}  # where a handler must say who may


class BadWiring(RuntimeError):
    """The bot would start and then quietly not answer. So it does not start."""


class Route(NamedTuple):
    """One line of the routing table."""

    tier: Tier
    router: str
    event: str
    handler: HandlerObject

    @property
    def name(self) -> str:
        return f"{self.router}.{self.handler.callback.__name__}"

    @property
    def filters(self) -> list[object]:
        return [f.callback for f in self.handler.filters or ()]

    @property
    def may(self) -> str:
        return next((str(f) for f in self.filters if isinstance(f, May)), "-")


def routes(order: Iterable[Seat], dispatcher: Dispatcher) -> list[Route]:
    """The routing table, in the order aiogram tries it."""
    return [
        Route(seat.tier, router.name, event, handler)
        for seat, router in zip(order, dispatcher.sub_routers, strict=True)
        for event, observer in router.observers.items()
        for handler in observer.handlers
    ]


def check(order: tuple[Seat, ...], dispatcher: Dispatcher) -> list[Route]:
    """Raise every problem at once, or return the routing table.

    Raises:
        BadWiring: one line per problem.
    """
    table = routes(order, dispatcher)
    problems = [
        *_seats(order, dispatcher.sub_routers),
        *_greedy(table),
        *_undeclared(table),
        *_blocking(table),
        *_arguments(table, dispatcher),
        *_owners(table),
        *_loose_ends(table),
    ]
    if problems:
        raise BadWiring("\n".join(problems))
    return table


def _seats(order: tuple[Seat, ...], seated: list[Router]) -> Iterator[str]:
    tiers = [seat.tier for seat in order]
    if tiers != sorted(tiers):
        yield f"routers.ORDER is out of order: {[tier.name for tier in tiers]}"
    listed = Counter(router.name for router in seated)
    on_disk = Counter(m.name for m in pkgutil.iter_modules(routers.__path__) if m.name[0] != "_")
    if listed != on_disk:
        yield f"routers.ORDER and bot/routers differ: {listed - on_disk or on_disk - listed}"
    for router in seated:
        if router.sub_routers:
            yield f"{router.name} includes other routers; ORDER must be flat"
        for observer in router.observers.values():
            if observer.outer_middleware or observer._handler.filters:  # noqa: SLF001 -- no other way
                yield f"{router.name} stands guard over all its handlers; the table skips that"


def _greedy(table: list[Route]) -> Iterator[str]:
    for route in table:
        if route.tier is Tier.FALLBACK:
            continue
        narrowing = [f for f in route.filters if not isinstance(f, May)]
        if not narrowing:
            yield f"{route.name} takes everything; only a FALLBACK may"
        elif route.event == "message" and not any(map(_is_explicit, narrowing)):
            yield f"{route.name} needs a command or a state"
        elif route.event == "callback_query" and not any(
            isinstance(f, CallbackQueryFilter) for f in narrowing
        ):
            yield f"{route.name} needs a CallbackData class"


def _is_explicit(found: object) -> bool:
    if isinstance(found, StateFilter):
        return None not in found.states and "*" not in found.states
    return isinstance(found, Command | CancelLabel)


def _undeclared(table: list[Route]) -> Iterator[str]:
    """Deny by default: whoever forgets to say who may, does not start."""
    for route in table:
        declared = [f for f in route.filters if isinstance(f, May)]
        if route.event in PERSONAL_EVENTS and len(declared) != 1:
            yield f"{route.name} must say once who may"
        elif declared and declared[0] is not route.filters[-1]:
            yield f"{route.name} asks who may before it knows that the update is its own"


def _blocking(table: list[Route]) -> Iterator[str]:
    """What is not a coroutine would run in a thread: slow, and a race."""
    for route in table:
        for called in (route.handler, *(route.handler.filters or ())):
            if not called.awaitable:
                yield f"{route.name} is not all coroutines: {called.callback!r}"


def _arguments(table: list[Route], dispatcher: Dispatcher) -> Iterator[str]:
    always = FROM_AIOGRAM | FROM_ONCE | WhoIsTalking.gives | set(dispatcher.workflow_data)
    for route in table:
        event, *_ = route.handler.callback.__code__.co_varnames
        given = {name for f in route.filters for name in _gives(f)}
        for name in sorted(route.handler.params - always - given - {event}):
            yield f"{route.name} asks for {name!r}, which nobody gives"


def _gives(found: object) -> set[str]:
    gives: set[str] | None = getattr(found, "gives", None)
    if gives is not None:
        return gives
    return next(
        (names for kind, names in FROM_STOCK_FILTERS.items() if isinstance(found, kind)), set()
    )


def _owners(table: list[Route]) -> Iterator[str]:
    """Every callback class, command and (state, event) pair has exactly one owner.

    A command may have one more for a moment (``When``), as long as that one is asked first.
    """
    owned = Counter(key for route in table for key in _keys(route))
    seen: set[str] = set()
    for route in table:
        for key in _keys(route):
            always = key.partition(WHEN)[0]
            if key != always and always in seen:
                yield f"{route.name} is never reached: another handler takes {always} first"
            seen.add(key)
    for key, times in owned.items():
        if times > 1:
            who = [route.name for route in table if key in _keys(route)]
            yield f"{key} is answered {times} times: {', '.join(who)}"


def _keys(route: Route) -> list[str]:
    keys: list[str] = []
    moment = "".join(f"{WHEN}{type(f).__name__}" for f in route.filters if isinstance(f, When))
    states = [s for f in route.filters if isinstance(f, StateFilter) for s in f.states]
    if route.event == "message" and route.tier is not Tier.FALLBACK:
        keys += [f"state {state}" for state in map(_state_name, states)]
    for found in route.filters:
        if isinstance(found, Command):
            keys += [f"command /{command}{moment}" for command in found.commands]
        elif isinstance(found, CallbackQueryFilter):
            keys.append(f"button {found.callback_data.__name__}")
        elif isinstance(found, ExceptionTypeFilter):
            keys += [f"exception {kind.__name__}" for kind in found.exceptions]
    return keys


def _state_name(state: object) -> str:
    return str(getattr(state, "state", state))


def _loose_ends(table: list[Route]) -> Iterator[str]:
    owned = {key for route in table for key in _keys(route)}
    yield from _loose_forms(owned)
    yield from _loose_buttons(owned)
    for name in COMMANDS:
        if f"command /{name}" not in owned:
            yield f"the menu shows /{name}, which nobody answers"
    for kind in SHOWN:
        if kind not in RENDERERS or kind not in SUBJECTS:
            yield f"the notice {kind} has no renderer, or no subject in texts/notifications.py"
    for refusal in _ours(errors.Refusal):
        if refusal not in SENTENCES:
            yield f"{refusal.__name__} has no sentence in texts/refusals.py"


def _loose_forms(owned: set[str]) -> Iterator[str]:
    for form in _ours(StatesGroup):
        for state in form:
            if f"state {state.state}" not in owned:
                yield f"nobody waits in {state.state}"
        if form not in {known.group for known in FORMS}:
            yield f"{form.__name__} has no title and no way to start again in routers/_forms.py"


def _loose_buttons(owned: set[str]) -> Iterator[str]:
    buttons = _ours(CallbackData)
    for found in buttons:
        if f"button {found.__name__}" not in owned:
            yield f"nobody answers {found.__name__}"
    for prefix, times in Counter(found.__prefix__ for found in buttons).items():
        if times > 1:
            yield f"callback prefix {prefix!r} is used {times} times"


def _ours(base: type[T]) -> list[type[T]]:
    """Subclasses written in this project."""
    return [found for found in base.__subclasses__() if found.__module__.startswith("bot.")]


def describe(route: Route) -> str:
    """The filters of a route in words, for the table."""
    return " ".join(filter(None, (_words(f) for f in route.filters)))


def _words(found: object) -> str:
    if isinstance(found, May):
        return ""  # has a column of its own
    if isinstance(found, CallbackQueryFilter):
        return f"[{found.callback_data.__prefix__}]"
    if isinstance(found, Command):
        return " ".join(f"/{command}" for command in found.commands)
    if isinstance(found, StateFilter):
        return " ".join(map(_state_name, found.states))
    return type(found).__name__
