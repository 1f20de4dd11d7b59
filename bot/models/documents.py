"""A person's own documents, whatever kind they are."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PaperKind(StrEnum):
    INVOICE = "invoice"
    RECEIPT = "receipt"
    CREDIT_NOTE = "credit-note"
    REFUND_VOUCHER = "refund-voucher"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """A line of the list; ``due_paise`` is 0 for all but invoices."""

    kind: PaperKind
    id: int
    number: str
    at: datetime
    total_paise: int
    due_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """A page of them, newest first; numbered from 0."""

    number: int
    pages: int
    entries: list[DocumentEntry]
