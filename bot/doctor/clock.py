"""Two clocks compared."""

from collections.abc import Callable
from typing import Final

from bot.doctor import sentences
from bot.doctor.findings import Finding

Clock = Callable[[], float]

_DOUBTFUL_SECONDS: Final = 3  # a Date header has whole seconds, and the way takes a moment
_BAD_SECONDS: Final = 30


def compared(ours: float, theirs: float, *, whose: str) -> Finding:
    skew = ours - theirs
    if abs(skew) <= _DOUBTFUL_SECONDS:
        return sentences.clock_good(whose)
    return sentences.clock_differs(whose, skew, badly=abs(skew) > _BAD_SECONDS)
