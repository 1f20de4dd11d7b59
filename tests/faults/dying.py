"""Death at the n-th await of one update: no crash points in the bot, the test counts for itself.

A coroutine can only be left at an await, and from one await to the next nothing can be seen from
outside. So killing at every await leaves every half-done state there can be.
"""

import os
import signal
from collections.abc import Callable, Coroutine, Generator
from typing import Any, NamedTuple

from aiogram.types import Update

from bot.jobs.outbox import Outbox
from bot.stopping import pause


class Death(NamedTuple):
    """Die at the ``at``-th await of the update whose text or button data starts with ``of``.

    ``spares``: not of the first of these, which another has left.
    """

    of: str
    at: int
    spares: bool = False

    def meets(self, update: Update) -> bool:
        query, message = update.callback_query, update.message
        said = query.data if query else message.text if message else None
        return bool(said) and said.startswith(self.of)


class Stepped:
    """Drives a coroutine as ``await`` would, and calls ``at_await`` whenever it has to wait."""

    def __init__(self, work: Coroutine[Any, Any, Any], at_await: Callable[[], None]) -> None:
        self._work = work
        self._at_await = at_await

    def __await__(self) -> Generator[Any, Any, Any]:
        step, value = self._work.send, None
        while True:
            try:
                awaited = step(value)
            except StopIteration as done:
                return done.value
            self._at_await()
            try:
                step, value = self._work.send, (yield awaited)
            except BaseException as thrown:  # noqa: BLE001 -- whatever it is, it is for the work
                step, value = self._work.throw, thrown


class Countdown:
    def __init__(self, number: int) -> None:
        self._left = number

    def __call__(self) -> None:
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)


def dies(once_class: type, death: Death) -> None:
    """In this process, let ``Once`` die so when it handles that update."""
    handle, spared = once_class._handle, set()

    async def handle_and_die(self, update, *rest):
        if death.meets(update) and death.spares and not spared:
            spared.add(update.update_id)
        if not death.meets(update) or update.update_id in spared:
            return await handle(self, update, *rest)
        return await Stepped(handle(self, update, *rest), Countdown(death.at))

    once_class._handle = handle_and_die


def dies_sending(sender_class: type, death: Death) -> None:
    """As ``dies``, for the sending of a notice of the kind ``death.of``."""
    send = sender_class._send

    async def send_and_die(self, notice):
        if notice.kind != death.of:
            return await send(self, notice)
        return await Stepped(send(self, notice), Countdown(death.at))

    sender_class._send = send_and_die


def outbox_rests() -> None:
    """In this process: the death of a sender has a test of its own."""

    async def rest(_self, stopping):
        await pause(stopping, 3600)

    Outbox.run = rest
