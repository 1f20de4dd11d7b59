"""What admins decide about a thing, fact by fact: asked for, shown, and told of when it changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.texts.format import esc

Fact = TypeVar("Fact", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class Facts(Generic[Fact]):
    """The value of a fact is its field of the thing.

    ``thing``: what it is called among admins. ``value``: a fact in words, bare text, no HTML.
    """

    thing: str
    names: Mapping[Fact, str]
    questions: Mapping[Fact, str]
    value: Callable[[Fact, Any], str]

    def edit(self, fact: Fact) -> str:
        """A button's label."""
        return f"✏️ {self.names[fact]}"

    def ask_first(self, fact: Fact) -> str:
        """Of a new one."""
        return f"➕ <b>New {self.thing}: {self.names[fact]}</b>\n{self.questions[fact]}"

    def ask(self, fact: Fact, of: Any) -> str:
        """``of``: the thing that is to have another value."""
        now = esc(self.value(fact, getattr(of, fact)))
        return f"✏️ <b>{esc(of.name)}: {self.names[fact]}</b>\nNow: {now}\n{self.questions[fact]}"

    def lines(self, of: Any, shown: Iterable[Fact]) -> list[str]:
        return [f"{self.names[fact]}: {esc(self.value(fact, getattr(of, fact)))}" for fact in shown]

    def change(self, fact: Fact, was: Any, to: Any) -> str:
        """From what to what: bare text, no HTML."""
        return f"{self.names[fact]}: {self.value(fact, was)} → {self.value(fact, to)}"

    def changes(self, was: Mapping[str, Any], to: Mapping[str, Any]) -> str:
        """What an entry of the audit log holds of a change: bare text, no HTML."""
        return "; ".join(
            self.change(fact, was.get(fact), to[fact])
            for fact in self.names
            if fact in to and was.get(fact) != to[fact]
        )
