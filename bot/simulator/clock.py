"""The simulator's time: the real clock plus whatever a test has skipped."""

import time
from collections.abc import Callable


class Clock:
    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._skipped = 0.0

    def now(self) -> float:
        return self._source() + self._skipped

    def timestamp(self) -> int:
        return int(self.now())

    def advance(self, seconds: float) -> None:
        """Move on without waiting: callbacks age, updates expire, flood buckets refill."""
        self._skipped += seconds
