"""One at a time per key, in the order of arrival, within this process."""

from asyncio import Lock
from collections import Counter
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class Turns:
    """A lock per key that exists only while somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: dict[Hashable, Lock] = {}
        self._waiting: Counter[Hashable] = Counter()

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncIterator[None]:
        lock = self._locks.setdefault(key, Lock())
        self._waiting[key] += 1
        try:
            async with lock:  # asyncio's lock serves in the order of asking
                yield
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._locks[key]

    def __len__(self) -> int:
        return len(self._locks)
