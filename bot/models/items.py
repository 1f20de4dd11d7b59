"""What the club sells: one catalogue for the store and for invoices."""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Final

NAME_CHARACTERS: Final = 100
MAX_STOCK: Final = 1_000_000
MAX_SERIAL: Final = 2**31 - 1
SERVICES_CHAPTER: Final = "99"  # a SAC begins so; no HSN of goods does
HSN: Final = re.compile(r"[0-9]{4}|[0-9]{6}|[0-9]{8}")


class ItemKind(StrEnum):
    """Decides where a supply takes place; stored."""

    GOODS = "goods"  # the buyer's address decides
    FITNESS = "fitness"  # performed at the club: always the club's State
    ONLINE = "online"  # a service without a place: the buyer's State decides


class ItemField(StrEnum):
    """A fact that admins change one by one; the value is the field of ``ItemFacts``, and stored."""

    NAME = "name"
    HSN = "hsn"
    MRP = "mrp_paise"
    RATE = "rate_bps"
    STOCK = "stock"
    KIND = "kind"
    IS_ACTIVE = "is_active"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """What people decide about an item; ``stock``: pieces left, ``None`` where nobody counts."""

    name: str
    kind: ItemKind
    hsn: str  # or SAC; may be empty
    mrp_paise: int
    rate_bps: int
    stock: int | None
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(ItemFacts):
    """``serial`` is what people type."""

    id: int
    serial: int

    @property
    def facts(self) -> ItemFacts:
        return ItemFacts(**{each.name: getattr(self, each.name) for each in fields(ItemFacts)})


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """A page of the catalogue, what is sold first, then by name; numbered from 0."""

    number: int
    pages: int
    items: list[Item]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItems:
    """What a search found; ``more``: there are others, which only a narrower search shows."""

    items: list[Item]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemExport:
    """The whole catalogue as an Excel file."""

    content: bytes
    items: int
    at: datetime


def likely_kind(hsn: str) -> ItemKind:
    """What an item with this code is, unless somebody says otherwise."""
    return ItemKind.FITNESS if hsn.startswith(SERVICES_CHAPTER) else ItemKind.GOODS


def differences(was: ItemFacts, to: ItemFacts) -> list[ItemField]:
    return [field for field in ItemField if getattr(was, field) != getattr(to, field)]
