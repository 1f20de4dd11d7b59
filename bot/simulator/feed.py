"""Live frames for the page: whoever listens gets every frame, in order."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.simulator.models import JsonDict

_MAX_BEHIND = 10_000


class Feed:
    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[JsonDict | None]] = set()

    def publish(self, make: Callable[[], JsonDict]) -> None:
        """Send a frame; it is not even made when nobody listens."""
        if self._listeners:
            self.send(make())

    def send(self, frame: JsonDict) -> None:
        for listener in self._listeners:
            if listener.qsize() < _MAX_BEHIND:
                listener.put_nowait(frame)

    @contextmanager
    def listener(self) -> Iterator[asyncio.Queue[JsonDict | None]]:
        queue: asyncio.Queue[JsonDict | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        for listener in self._listeners:
            listener.put_nowait(None)
