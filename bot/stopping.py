"""Waiting that ends early when the process is asked to stop."""

import asyncio
import signal
from asyncio import Future
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def on_signals(*also: Callable[[], None]) -> asyncio.Event:
    """Set at Ctrl+C and SIGTERM, after ``also`` has been called."""
    stopping = asyncio.Event()

    def stop() -> None:
        for call in also:
            call()
        stopping.set()

    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop)
    return stopping


async def until(stopping: asyncio.Event, wanted: Coroutine[Any, Any, T]) -> T | None:
    """What ``wanted`` gives; ``None``, and ``wanted`` cancelled, when the stop comes first."""
    stop = asyncio.ensure_future(stopping.wait())
    try:
        return await first(wanted, stop)
    finally:
        stop.cancel()


async def first(wanted: Coroutine[Any, Any, T], *ends: Future[Any]) -> T | None:
    """What ``wanted`` gives; ``None``, and ``wanted`` cancelled, when an end comes first."""
    work = asyncio.ensure_future(wanted)
    try:
        await asyncio.wait({work, *ends}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        work.cancel()


async def pause(stopping: asyncio.Event, seconds: float) -> None:
    """Sleep, or less when the stop comes."""
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
