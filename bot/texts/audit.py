"""The audit log in human words."""

from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.audit import AuditAction, AuditEntry, AuditExport, AuditPage
from bot.models.business import BusinessSetting
from bot.models.follow_ups import Occasion
from bot.texts import audit_subscriptions, business, exports, items
from bot.texts._audit import DETAIL, about, subject, value
from bot.texts.amounts import rupees
from bot.texts.follow_ups import name as follow_up_name
from bot.texts.format import esc, moment, shorten
from bot.texts.jobs import job_name

EXPORT = "📥 Export"
_SETTINGS: Final = {
    "name": "the club’s name",
    "timezone": "the time zone",
    "currency": "the currency",
    "welcome_text": "the welcome text",
    "review_registrations": "the review of registrations",
    "at": "its hour",
    "is_on": "switched",
    "html": "the text",
    "interval_days": "the days between two",
}


def page(log: AuditPage, zone: ZoneInfo) -> str:
    head = "📜 <b>Audit log</b>"
    if log.pages > 1:
        head += f", page {log.number + 1} of {log.pages}"
    if not log.entries:
        return f"{head}\nNothing yet: what owners, admins and staff do will stand here."
    return "\n\n".join([head, *(line(entry, zone) for entry in log.entries)])


def line(entry: AuditEntry, zone: ZoneInfo) -> str:
    when = moment(entry.at, zone)
    return f"{when} · <b>{esc(entry.actor)}</b> ({esc(entry.actor_role)}) {did(entry)}"


def did(entry: AuditEntry) -> str:
    """What was done, to whom, from what to what; an action this code does not know by its name."""
    tell = SENTENCES.get(entry.action)
    return tell(entry) if tell else f"{esc(entry.action)}{about(entry)}"


def exported(export: AuditExport, zone: ZoneInfo) -> str:
    many = f"{export.entries:,} entries" if export.entries != 1 else "1 entry"
    if export.of > export.entries:
        many = f"the newest {many} of {export.of:,}"
    return f"📜 Audit log: {many}, as of {moment(export.at, zone)}."


def file_name(export: AuditExport, zone: ZoneInfo) -> str:
    return f"audit-log-{export.at.astimezone(zone):%Y-%m-%d-%H%M}.xlsx"


def _with_reason(verb: str) -> Callable[[AuditEntry], str]:
    def tell(entry: AuditEntry) -> str:
        reason = entry.after.get("reason")
        why = f": {value(reason)}" if reason else ""
        return f"{verb} {subject(entry)}{why}"

    return tell


def _with_day(verb: str) -> Callable[[AuditEntry], str]:
    def tell(entry: AuditEntry) -> str:
        reason = entry.after.get("reason")
        why = f", anyway: {value(reason)}" if reason else ""
        return f"{verb} {subject(entry)}, {esc(entry.after.get('day'))}{why}"

    return tell


def _office(entry: AuditEntry) -> str:
    was, to = entry.before.get("office"), entry.after.get("office")
    whom = "themselves" if entry.subject_id == entry.actor_id else subject(entry)
    return f"changed the office of {whom}: {value(was)} → {value(to)}"


def _settings(entry: AuditEntry) -> str:
    return "changed " + "; ".join(_changes(entry))


def _schedule(entry: AuditEntry) -> str:
    changes = "; ".join(_changes(entry))
    return f"changed the recurring job {job_name(str(entry.before.get('name')))}: {changes}"


def _follow_up(entry: AuditEntry) -> str:
    changes, occasion = "; ".join(_changes(entry)), entry.after.get("occasion")
    which = f"the follow-up “{follow_up_name(Occasion(occasion))}”" if occasion else "follow-ups"
    return f"changed {which}: {changes}"


def _business(entry: AuditEntry) -> str:
    settings = [setting for setting in BusinessSetting if setting in entry.after]
    changes = (
        f"{business.NAMES[each]}: {business.shown(each, entry.before.get(each))} → "
        f"{business.shown(each, entry.after[each])}"
        for each in settings
    )
    return f"changed the business: {'; '.join(changes)}"


def _tax_rate(entry: AuditEntry) -> str:
    after = entry.after
    was = entry.before.get("rate_bps")
    return business.told_rate(after["code"], after["valid_from"], was, after["rate_bps"])


def _with_job(verb: str) -> Callable[[AuditEntry], str]:
    return lambda entry: f"{verb}: {job_name(str(entry.after.get('kind')))}"


def _broadcast(verb: str) -> Callable[[AuditEntry], str]:
    def tell(entry: AuditEntry) -> str:
        number, many, at = (entry.after.get(key) for key in ("broadcast", "recipients", "at"))
        to = f" to {many} people" if many is not None else ""
        when = f" for {esc(at)}" if at else ""
        return f"{verb} broadcast {number}{to}{when}"

    return tell


def _invoice_issued(entry: AuditEntry) -> str:
    total = rupees(int(entry.after.get("total_paise", 0)))
    return f"issued {esc(entry.after.get('numbers'))} to {subject(entry)}, {total}"


def _invoice_sent_again(entry: AuditEntry) -> str:
    return f"sent {esc(entry.after.get('number'))} again to {subject(entry)}"


def _money(verb: str) -> Callable[[AuditEntry], str]:
    """What it was about, whose it was, how much and why; as far as the entry tells."""

    def tell(entry: AuditEntry) -> str:
        number, invoice, reason = (entry.after.get(key) for key in ("number", "invoice", "reason"))
        paise = entry.after.get("total_paise")
        said = [
            f"{verb} {esc(number)}" if number else verb,
            f"on {esc(invoice)}" if invoice else "",
            f"of {subject(entry)}",
        ]
        amount = f", {rupees(int(paise))}" if paise is not None else ""
        why = f": {value(reason)}" if reason else ""
        return " ".join(part for part in said if part) + amount + why

    return tell


def _item_added(entry: AuditEntry) -> str:
    return f"added item {entry.after.get('serial')}, {value(entry.after.get('name'))}"


def _item_changed(entry: AuditEntry) -> str:
    what = f"item {entry.after.get('serial')}, {value(entry.after.get('item'))}"
    return f"changed {what}: {esc(shorten(items.FACTS.changes(entry.before, entry.after), DETAIL))}"


def _items_uploaded(entry: AuditEntry) -> str:
    added, changed = entry.after.get("added"), entry.after.get("changed")
    return f"uploaded items from Excel: {added} added, {changed} changed"


def _set_up(entry: AuditEntry) -> str:
    changes = "; ".join(_changes(entry))
    return f"set up the club: {changes}" if changes else "set up the club as it was"


def _changes(entry: AuditEntry) -> list[str]:
    return [
        f"{_SETTINGS.get(key, esc(key))}: {value(entry.before.get(key))} → {value(to)}"
        for key, to in entry.after.items()
        if to != entry.before.get(key)
    ]


def _exported(entry: AuditEntry) -> str:
    return f"exported the audit log ({entry.after.get('entries', '?')} entries)"


def _money_exported(entry: AuditEntry) -> str:
    of, first, last, rows = (entry.after.get(key) for key in ("export", "from", "to", "rows"))
    days = f" from {esc(first)} to {esc(last)}" if first else ""
    return f"exported {exports.name(of)}{days} ({esc(rows)} rows)"


SENTENCES: Final[dict[AuditAction, Callable[[AuditEntry], str]]] = {
    AuditAction.REGISTRATION_APPROVED: _with_reason("approved the registration of"),
    AuditAction.REGISTRATION_REJECTED: _with_reason("rejected the registration of"),
    AuditAction.MEMBER_BANNED: _with_reason("banned"),
    AuditAction.MEMBER_UNBANNED: _with_reason("unbanned"),
    AuditAction.MEMBER_MESSAGED: _with_reason("wrote to"),
    AuditAction.VISIT_MARKED: _with_day("marked as in"),
    AuditAction.VISIT_UNMARKED: _with_day("took back the visit of"),
    AuditAction.MEMBER_DELETED: _with_reason("deleted the data of"),
    AuditAction.MEMBER_LEFT: lambda _: "deleted their own data",
    AuditAction.OFFICE_GIVEN: _office,
    AuditAction.OFFICE_TAKEN: _office,
    AuditAction.CLUB_SET_UP: _set_up,
    AuditAction.SETTING_CHANGED: _settings,
    AuditAction.SCHEDULE_CHANGED: _schedule,
    AuditAction.FOLLOW_UP_CHANGED: _follow_up,
    AuditAction.BUSINESS_CHANGED: _business,
    AuditAction.TAX_RATE_SET: _tax_rate,
    AuditAction.JOB_RETRIED: _with_job("had a failed job tried again"),
    AuditAction.JOB_FORGOTTEN: _with_job("removed a failed job"),
    AuditAction.BROADCAST_SENT: _broadcast("sent"),
    AuditAction.BROADCAST_SCHEDULED: _broadcast("scheduled"),
    AuditAction.BROADCAST_UNSCHEDULED: _broadcast("called off"),
    AuditAction.BROADCAST_PAUSED: _broadcast("paused"),
    AuditAction.BROADCAST_RESUMED: _broadcast("went on with"),
    AuditAction.BROADCAST_STOPPED: _broadcast("stopped"),
    AuditAction.BROADCAST_RETRIED: _broadcast("tried again to send"),
    AuditAction.BROADCAST_EDITED: _broadcast("edited, where it had arrived,"),
    AuditAction.BROADCAST_RETRACTED: _broadcast("deleted from people’s chats"),
    AuditAction.INVOICE_ISSUED: _invoice_issued,
    AuditAction.INVOICE_SENT_AGAIN: _invoice_sent_again,
    AuditAction.PAYMENT_RECORDED: _money("booked payment"),
    AuditAction.PAYMENT_REVERSED: _money("booked back, as"),
    AuditAction.REFUND_RECORDED: _money("recorded refund"),
    AuditAction.CREDIT_USED: _money("used credit on"),
    AuditAction.CREDIT_NOTE_ISSUED: _money("issued credit note"),
    AuditAction.REWARD_GIVEN: _money("gave referral reward"),
    AuditAction.REWARD_TAKEN_BACK: _money("took back a referral reward, as"),
    AuditAction.REWARD_SPENT: _money("did not take back, as it is spent, referral reward"),
    AuditAction.CLAIM_APPROVED: _money("approved the reported payment"),
    AuditAction.CLAIM_REJECTED: _money("rejected the reported payment"),
    AuditAction.CLAIM_TOO_LATE: _money("came too late to decide on the reported payment"),
    AuditAction.PAYMENT_REQUESTED: _money("asked for a payment"),
    AuditAction.REQUEST_CANCELLED: _money("cancelled the payment request"),
    AuditAction.REJECTION_SETTLED: _money("let stand invoice"),
    AuditAction.DUES_REMINDED: _money("sent a reminder of the dues"),
    **audit_subscriptions.SENTENCES,
    AuditAction.ITEM_ADDED: _item_added,
    AuditAction.ITEM_CHANGED: _item_changed,
    AuditAction.ITEMS_UPLOADED: _items_uploaded,
    AuditAction.AUDIT_EXPORTED: _exported,
    AuditAction.MONEY_EXPORTED: _money_exported,
}
