"""What the club sells: one catalogue for the store and for invoices."""

from dataclasses import dataclass
from enum import StrEnum


class ItemKind(StrEnum):
    """Decides where a supply takes place; stored."""

    GOODS = "goods"  # the buyer's address decides
    FITNESS = "fitness"  # performed at the club: always the club's State
    ONLINE = "online"  # a service without a place: the buyer's State decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``serial`` is what people type; ``stock``: pieces left, ``None`` where nobody counts."""

    id: int
    serial: int
    name: str
    kind: ItemKind
    hsn: str  # or SAC; may be empty
    mrp_paise: int
    rate_bps: int
    stock: int | None
    is_active: bool
