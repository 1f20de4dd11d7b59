"""Words that every kind of audit entry shares."""

from typing import Any, Final

from bot.models.audit import AuditEntry
from bot.texts.format import esc, shorten

DETAIL: Final = 120  # characters of a reason or a value; the export has all of it


def subject(entry: AuditEntry) -> str:
    return f"<b>{esc(entry.subject)}</b>" if entry.subject else "someone"


def about(entry: AuditEntry) -> str:
    return f": {subject(entry)}" if entry.subject else ""


def value(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if value is None:
        return "none"
    return f"“{esc(shorten(str(value), DETAIL))}”"
