"""A form that asks for one fact after the other, each in a step of its own."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Generic, TypeVar

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State

from bot.errors import StaleButton
from bot.routers._forms import advance

Fact = TypeVar("Fact", bound=StrEnum)


class Questions(Generic[Fact]):
    """Which step asks for which fact, in the order in which they are asked."""

    def __init__(self, steps: Mapping[Fact, State]) -> None:
        self._steps = steps

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._steps)

    @property
    def steps(self) -> list[State]:
        return list(self._steps.values())

    def asked(self, raw_state: str) -> Fact:
        """What the open step asks for."""
        return next(fact for fact, step in self._steps.items() if step.state == raw_state)

    def require(self, fact: Fact, raw_state: str) -> None:
        """Raises StaleButton: something else is asked for by now."""
        if self._steps[fact].state != raw_state:
            raise StaleButton

    async def go_on(self, state: FSMContext, answered: Fact, **answers: Any) -> Fact | None:
        """Keep the answers and wait for the next; returns for what, ``None`` after the last."""
        facts = list(self._steps)
        following = next(iter(facts[facts.index(answered) + 1 :]), None)
        await advance(state, self._steps[following or answered], **answers)
        return following
