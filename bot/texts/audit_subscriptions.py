"""What was done with plans and subscriptions, in the audit log's words."""

from collections.abc import Callable
from datetime import date
from typing import Final

from bot.models.audit import AuditAction, AuditEntry
from bot.texts import plans, subscription_rules
from bot.texts._audit import DETAIL, subject, value
from bot.texts.format import calendar_day, esc, shorten

_CHANGED: Final = {
    "extend": "changed the last day of",
    "freeze": "froze",
    "unfreeze": "let run again",
    "cancel": "cancelled",
    "undo": "took back the last change of",
}


def _plan_added(entry: AuditEntry) -> str:
    return f"added plan {value(entry.after.get('name'))}"


def _plan_changed(entry: AuditEntry) -> str:
    changes = esc(shorten(plans.FACTS.changes(entry.before, entry.after), DETAIL))
    return f"changed plan {value(entry.before.get('name'))}: {changes}"


def _subscription_changed(entry: AuditEntry) -> str:
    was, after = entry.before.get("last_day"), entry.after
    verb = _CHANGED.get(str(after.get("kind")), "changed")
    day = calendar_day(date.fromisoformat(after["last_day"]))
    until = f", last day {day}" if was != after["last_day"] else ""
    why = f": {value(after['reason'])}" if after.get("reason") else ""
    return f"{verb} the subscription of {subject(entry)}{until}{why}"


def _subscription_rules(entry: AuditEntry) -> str:
    changes = subscription_rules.changes(entry.before, entry.after)
    return f"changed the rules of subscriptions: {changes}"


def _subscription(verb: str) -> Callable[[AuditEntry], str]:
    def tell(entry: AuditEntry) -> str:
        after = entry.after
        plan, day, reason = (after.get(key) for key in ("plan", "last_day", "reason"))
        what = f" {value(plan)}" if plan else ""
        until = f", until {calendar_day(date.fromisoformat(day))}" if day else ""
        why = f": {value(reason)}" if reason else ""
        return f"{verb}{what} of {subject(entry)}{until}{why}"

    return tell


SENTENCES: Final[dict[AuditAction, Callable[[AuditEntry], str]]] = {
    AuditAction.PLAN_ADDED: _plan_added,
    AuditAction.PLAN_CHANGED: _plan_changed,
    AuditAction.SUBSCRIPTION_APPROVED: _subscription("approved subscription"),
    AuditAction.SUBSCRIPTION_REJECTED: _subscription("rejected subscription"),
    AuditAction.SUBSCRIPTION_CHANGED: _subscription_changed,
    AuditAction.SUBSCRIPTION_RULES_CHANGED: _subscription_rules,
}
