"""What ten handlers cost an update, and two hundred, with the table and with the plain tree."""

import asyncio
from statistics import median
from time import process_time

from aiogram import Bot, Dispatcher, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Update

from bot import startup
from bot.dispatch import TableDispatcher
from bot.models.people import Role
from bot.routers import Seat, Tier
from bot.routers._filters import May, Step

_PER_ROUTER = 8  # half of them buttons, half of them steps
_UPDATES = 300
_ROUNDS = 5
_USER = {"id": 7, "is_bot": False, "first_name": "Anna"}
_CHAT = {"id": 7, "type": "private", "first_name": "Anna"}


class Anybody:
    role = Role.OWNER


async def answer(event):
    return True


def table_and_tree(handlers: int) -> dict[str, float]:
    """CPU in microseconds per update for the last feature of so many handlers."""
    return {kind.__name__: _microseconds(kind, handlers) for kind in (TableDispatcher, Dispatcher)}


def _microseconds(kind: type[Dispatcher], handlers: int) -> float:
    features = [_Feature(number) for number in range(max(1, handlers // _PER_ROUTER))]
    order = tuple(Seat(Tier.FEATURE, feature.build_router, "") for feature in features)
    dispatcher = kind(disable_fsm=True)
    dispatcher.include_routers(*(seat.build() for seat in order))
    if isinstance(dispatcher, TableDispatcher):
        dispatcher.use(startup.routes(order, dispatcher))
    return median(asyncio.run(_feed(dispatcher, features[-1])) for _ in range(_ROUNDS))


async def _feed(dispatcher: Dispatcher, last: "_Feature") -> float:
    bot = Bot("42:BENCH")
    updates = [Update.model_validate(raw, context={"bot": bot}) for raw in last.updates()]
    started = process_time()
    for update in updates * (_UPDATES // len(updates)):
        taken = await dispatcher.feed_update(bot, update, raw_state=last.state, me=Anybody())
        if taken is not True:
            raise RuntimeError("an update was not answered")
    return (process_time() - started) / _UPDATES * 1e6


class _Feature:
    def __init__(self, number: int) -> None:
        half = range(_PER_ROUTER // 2)
        self._name = f"feature{number}"
        states = {f"step{n}": State() for n in half}
        self._form = type(f"Form{number}", (StatesGroup,), states)
        self._buttons = [
            type(f"Button{n}", (CallbackData,), {}, prefix=f"b{number}-{n}") for n in half
        ]
        self.state = self._form.__all_states__[-1].state

    def build_router(self) -> Router:
        router = Router(name=self._name)
        for button in self._buttons:
            router.callback_query.register(answer, button.filter(), May(Role.VISITOR))
        for state in self._form.__all_states__:
            router.message.register(answer, Step(state), May(Role.VISITOR))
        return router

    def updates(self) -> list[dict]:
        message = {"message_id": 1, "date": 1, "chat": _CHAT, "from": _USER, "text": "28"}
        query = {"id": "1", "from": _USER, "chat_instance": "1", "data": self._buttons[-1]().pack()}
        return [{"update_id": 1, "message": message}, {"update_id": 2, "callback_query": query}]
