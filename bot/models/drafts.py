"""Invoices that are being written."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.models.billing import Bill, BillLine
from bot.models.invoices import Buyer, Document


class DraftStatus(StrEnum):
    OPEN = "open"
    ISSUED = "issued"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    id: int
    line: BillLine


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """``operation_id`` was made when it was asked for: a repeated answer adds no second line."""

    operation_id: UUID
    line: BillLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """``revision`` goes up with each change: what was looked at is what is issued."""

    id: int
    created_by: int
    person_id: int | None
    buyer: Buyer
    lines: tuple[DraftLine, ...]
    shipping_paise: int
    revision: int
    status: DraftStatus

    @property
    def bill(self) -> Bill:
        lines = tuple(each.line for each in self.lines)
        return Bill(buyer=self.buyer, lines=lines, shipping_paise=self.shipping_paise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A draft, and the documents that it makes as things stand; none as long as it has no line.

    ``needs_address``: the law wants the buyer's address before they may be issued.
    """

    draft: Draft
    documents: tuple[Document, ...]
    needs_address: bool = False

    @property
    def total_paise(self) -> int:
        return sum(document.totals.total_paise for document in self.documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEntry:
    """A line of the list of one's own drafts."""

    id: int
    buyer_name: str
    lines: int
