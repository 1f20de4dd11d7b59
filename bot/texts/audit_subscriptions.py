"""What was done with plans and subscriptions, in the audit log's words."""

from collections.abc import Callable
from datetime import date
from typing import Final

from bot.models.audit import AuditAction, AuditEntry
from bot.texts import plans, promos, subscription_rules
from bot.texts._audit import DETAIL, subject, value
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, esc, shorten
from bot.texts.subscription_lists import LISTS

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


def _promo_added(entry: AuditEntry) -> str:
    return f"added promo code {value(entry.after.get('code'))}: {promos.logged(entry.after)}"


def _promo_changed(entry: AuditEntry) -> str:
    changes = promos.FACTS.changes(entry.before, entry.after)
    return f"changed promo code {value(entry.after.get('code'))}: {changes}"


def _subscription_changed(entry: AuditEntry) -> str:
    was, after = entry.before.get("last_day"), entry.after
    verb = _CHANGED.get(str(after.get("kind")), "changed")
    verb = "gave over" if after.get("moved") else "upgraded" if after.get("upgraded") else verb
    until = f", last day {_day(after['last_day'])}" if was != after["last_day"] else ""
    why = f": {value(after['reason'])}" if after.get("reason") else ""
    return f"{verb} the subscription of {subject(entry)}{until}{_money(entry)}{why}"


def _money(entry: AuditEntry) -> str:
    credited, paid_out = (
        int(entry.after.get(name, 0)) for name in ("credited_paise", "refunded_paise")
    )
    return (f", {rupees(credited)} credited" if credited else "") + (
        f", {rupees(paid_out)} given back" if paid_out else ""
    )


def _received(entry: AuditEntry) -> str:
    plan, day = value(entry.after.get("plan")), date.fromisoformat(entry.after["last_day"])
    return f"gave another member’s {plan} to {subject(entry)}, until {calendar_day(day)}"


def _list(verb: str) -> Callable[[AuditEntry], str]:
    def tell(entry: AuditEntry) -> str:
        listed, count = entry.after.get("list"), entry.after.get("count")
        name = next((said for which, said in LISTS.items() if which == listed), esc(listed))
        return f"{verb} the list {name}: {esc(count)}"

    return tell


def _subscription_rules(entry: AuditEntry) -> str:
    changes = subscription_rules.changes(entry.before, entry.after)
    return f"changed the rules of subscriptions: {changes}"


def _subscription(verb: str) -> Callable[[AuditEntry], str]:
    def tell(entry: AuditEntry) -> str:
        after = entry.after
        plan, day, reason = (after.get(key) for key in ("plan", "last_day", "reason"))
        code = f", with code {esc(after['code'])}" if after.get("code") else ""
        what = f" {value(plan)}" if plan else ""
        until = f", until {_day(day)}" if day else ""
        why = f": {value(reason)}" if reason else ""
        return f"{verb}{what} of {subject(entry)}{until}{code}{why}"

    return tell


def _approved(entry: AuditEntry) -> str:
    """With what was asked for, where an admin decided otherwise."""
    was, to = entry.before, entry.after
    day = f"; asked for until {_day(was['last_day'])}" if "last_day" in was else ""
    price = ""
    if "total_paise" in was:
        price = f"; {rupees(to['total_paise'])} instead of {rupees(was['total_paise'])}"
    return f"{_subscription('approved subscription')(entry)}{day}{price}"


def _trial_begun(entry: AuditEntry) -> str:
    return f"began their free trial, until {_day(entry.after['last_day'])}"


def _day(kept: str) -> str:
    return calendar_day(date.fromisoformat(kept))


SENTENCES: Final[dict[AuditAction, Callable[[AuditEntry], str]]] = {
    AuditAction.PLAN_ADDED: _plan_added,
    AuditAction.PLAN_CHANGED: _plan_changed,
    AuditAction.PROMO_ADDED: _promo_added,
    AuditAction.PROMO_CHANGED: _promo_changed,
    AuditAction.SUBSCRIPTION_APPROVED: _approved,
    AuditAction.SUBSCRIPTION_REJECTED: _subscription("rejected subscription"),
    AuditAction.SUBSCRIPTION_CHANGED: _subscription_changed,
    AuditAction.SUBSCRIBERS_REMINDED: _list("reminded"),
    AuditAction.SUBSCRIBERS_EXPORTED: _list("exported"),
    AuditAction.SUBSCRIPTION_RECEIVED: _received,
    AuditAction.SUBSCRIPTION_RULES_CHANGED: _subscription_rules,
    AuditAction.TRIAL_BEGUN: _trial_begun,
}
