"""A catalogue sent as an Excel file: what each row asks for, and what is to come of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.models.items import Item, ItemFacts, ItemKind, likely_kind

UPLOAD_BYTES: Final = 2_000_000
UPLOAD_ROWS: Final = 5_000


class Column(StrEnum):
    """What a column holds, however its heading is spelt."""

    SERIAL = "serial"
    NAME = "name"
    HSN = "hsn"
    MRP = "mrp"
    RATE = "rate"
    STOCK = "stock"
    KIND = "kind"
    IS_ACTIVE = "is_active"


NEEDED: Final = (Column.NAME, Column.HSN, Column.MRP, Column.RATE)


class Verdict(StrEnum):
    """What comes of a row; stored."""

    ADD = "add"
    CHANGE = "change"
    LEAVE = "leave"
    REFUSE = "refuse"


class Problem(StrEnum):
    """Why a row is refused; stored."""

    SERIAL = "serial"
    NAME_MISSING = "name missing"
    NAME_LONG = "name long"
    HSN = "hsn"
    MRP = "mrp"
    RATE = "rate"
    RATE_BELOW_ONE = "rate below one"  # 0.18, which is 18 % in a cell formatted as percent
    STOCK = "stock"
    KIND = "kind"
    IS_ACTIVE = "is active"
    UNKNOWN_SERIAL = "unknown serial"
    TWICE = "twice"  # an earlier row is about the same item
    TAKEN = "taken"  # another item has this name and code


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """``said``: what stands in the cell, or the row or serial that is in the way."""

    problem: Problem
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A row that can be understood; ``None`` leaves what there is."""

    serial: int | None
    name: str
    hsn: str
    mrp_paise: int
    rate_bps: int
    stock: int | None
    kind: ItemKind | None
    is_active: bool | None

    def facts(self, was: ItemFacts | None) -> ItemFacts:
        """The item as it is to be."""
        kind = was.kind if was else likely_kind(self.hsn)
        stock = was.stock if was else None
        is_active = was.is_active if was else True
        return ItemFacts(
            name=self.name,
            hsn=self.hsn,
            mrp_paise=self.mrp_paise,
            rate_bps=self.rate_bps,
            stock=stock if self.stock is None else self.stock,
            kind=self.kind or kind,
            is_active=is_active if self.is_active is None else self.is_active,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row of the file, ``number`` as Excel counts; without a wish it has ``faults``."""

    number: int
    name: str
    wish: Wish | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """A row beside the catalogue: ``was`` is the item it is about, if there is one."""

    row: ReadRow
    verdict: Verdict
    was: Item | None
    faults: tuple[Fault, ...] = ()

    @property
    def facts(self) -> ItemFacts | None:
        """What is to be; ``None``: the row is refused."""
        if self.verdict is Verdict.REFUSE or self.row.wish is None:
            return None
        return self.row.wish.facts(self.was)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """``ignored``: headings that mean nothing to us."""

    rows: tuple[ReadRow, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What applying the upload would do."""

    operation_id: UUID
    rows: tuple[JudgedRow, ...]
    ignored: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Verdict, int]:
        return Counter(row.verdict for row in self.rows)

    @property
    def can_be_applied(self) -> bool:
        """All or nothing, and something."""
        counts = self.counts
        return not counts[Verdict.REFUSE] and bool(counts[Verdict.ADD] + counts[Verdict.CHANGE])


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    added: int
    changed: int
