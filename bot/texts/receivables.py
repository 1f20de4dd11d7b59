"""Every sentence about what the club is owed, by whom, and the reminders of it."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.receivables import (
    AccountGone,
    DuesContested,
    NoBillChosen,
    TooManyLines,
)
from bot.models.invoices import Invoices
from bot.models.receivables import (
    AccountCard,
    Balance,
    Listed,
    OpenInvoice,
    Overview,
    PaymentEntry,
    Reminded,
    Reminder,
)
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, day, esc, moment, shorten

RECORD = "➕ Record payment"
REMIND = "🔔 Remind"
STATEMENT = "📄 Statement"
BILLED = "🧾 All invoices"
DELETED: Final = "someone deleted"
_NAME_ON_A_BUTTON: Final = 20
_NAME_ON_A_SMALL_BUTTON: Final = 12
_BILLS_SHOWN: Final = 20  # a message holds 4,096 characters

REFUSALS: Final[dict[type[Refusal], str]] = {
    AccountGone: "This account is not there.",
    DuesContested: "They have reported a payment for it, or do not accept it. Decide on that "
    "first; then remind them of what is left.",
    NoBillChosen: "Tick a bill first, or tap Oldest first.",
    TooManyLines: "One receipt takes at most {most} lines. Save this one, then begin another.",
}


def overview(shown: Overview) -> str:
    ages = (
        ("0–30 days", shown.up_to_30_paise),
        ("31–60 days", shown.up_to_60_paise),
        ("61–90 days", shown.up_to_90_paise),
        ("over 90 days", shown.over_90_paise),
    )
    owing = _many(shown.debtors, "account owes", "accounts owe")
    late = _many(shown.overdue, "invoice", "invoices")
    held = _many(shown.creditors, "account", "accounts")
    return "\n".join(
        [
            "💰 <b>Receivables</b>",
            f"Outstanding: <b>{rupees(shown.outstanding_paise)}</b>, {owing}",
            f"Overdue: {rupees(shown.overdue_paise)} on {late}",
            f"Credit held: {rupees(shown.credit_paise)} of {held}",
            "",
            "Outstanding by days since the invoice’s date:",
            *(f"• {age}: {rupees(paise)}" for age, paise in ages),
        ]
    )


def who_owes(shown: Overview) -> str:
    return f"👛 Who owes ({shown.debtors})"


def what_is_overdue(shown: Overview) -> str:
    return f"⏰ Overdue ({shown.overdue})"


def who_has_credit(shown: Overview) -> str:
    return f"🎁 Credit ({shown.creditors})"


def debtors(shown: Listed[Balance]) -> str:
    return _accounts(shown, "👛 <b>Who owes</b>", "Nobody owes anything.", "Tap one to see it.")


def creditors(shown: Listed[Balance]) -> str:
    return _accounts(shown, "🎁 <b>Credit</b>", "Nobody has any.", "Tap one to use it on a bill.")


def _accounts(shown: Listed[Balance], title: str, none: str, step: str) -> str:
    head = f"{title}{_of_pages(shown)}"
    if not shown.entries:
        return f"{head}\n{none}"
    total = f"{_many(shown.count, 'account', 'accounts')}, {rupees(shown.total_paise)} together"
    return f"{head}\n{total}, the largest first. {step}"


def overdue(shown: Listed[OpenInvoice]) -> str:
    head = f"⏰ <b>Overdue</b>{_of_pages(shown)}"
    if not shown.entries:
        return f"{head}\nNothing: all that was to be paid by today is paid."
    total = f"{_many(shown.count, 'invoice', 'invoices')}, {rupees(shown.total_paise)}"
    entries = [
        f"• {each.number} · {_name(each.name)} · {rupees(each.due_paise)}, {since(each)}"
        for each in shown.entries
    ]
    return "\n".join([head, f"{total}, the oldest first.", "", *entries])


def balance(entry: Balance) -> str:
    """A button's label: bare text, no HTML."""
    name = shorten(entry.name or DELETED, _NAME_ON_A_BUTTON)
    return f"{name} · {rupees(entry.paise)}"


def credit(entry: Balance) -> str:
    """A button's label: bare text, no HTML."""
    return f"{balance(entry)} · since {calendar_day(entry.since)}"


def remind(entry: OpenInvoice) -> str:
    """A button's label: bare text, no HTML."""
    return f"{REMIND} {shorten(entry.name or DELETED, _NAME_ON_A_SMALL_BUTTON)}"


def open_invoice(entry: OpenInvoice) -> str:
    """A button's label: bare text, no HTML."""
    return f"{entry.number} · {rupees(entry.due_paise)}"


def payment(entry: PaymentEntry) -> str:
    """A button's label: bare text, no HTML."""
    return f"💰 {entry.number} · {rupees(entry.total_paise)}"


def since(entry: OpenInvoice) -> str:
    """Since when it is due, or when it will be."""
    if entry.days > 0:
        return f"due since {calendar_day(entry.due_on)} ({_many(entry.days, 'day', 'days')})"
    return "due today" if entry.days == 0 else f"due {calendar_day(entry.due_on)}"


def card(shown: AccountCard, zone: ZoneInfo) -> str:
    kind = "" if shown.account.person_id is not None else " (walk-in customer)"
    return "\n".join(
        [
            f"👛 <b>{_name(shown.holder.name)}</b>{kind}",
            f"Owes: <b>{rupees(shown.due_paise)}</b>",
            f"Credit: {rupees(shown.credit_paise)}",
            *_invoices(shown.invoices),
            *_payments(shown.payments, zone),
            *([f"\nLast reminded: {moment(shown.reminded_at, zone)}"] if shown.reminded_at else []),
        ]
    )


def billed(shown: Invoices, name: str) -> str:
    """What somebody was ever billed, settled or not."""
    head = f"🧾 <b>Invoices of {_name(name)}</b>{_of_pages(shown)}"
    return f"{head}\n{'Tap one to see it.' if shown.entries else 'There is none.'}"


def use_credit(shown: AccountCard) -> str:
    """A button's label: bare text, no HTML."""
    many = "the oldest bills" if len(shown.invoices) > 1 else "the bill"
    return f"🎁 Use credit on {many} · {rupees(shown.spendable_paise)}"


def credit_used(paise: int) -> str:
    return f"🎁 {rupees(paise)} of the credit used."


def reminded(outcome: Reminded, zone: ZoneInfo) -> str:
    if outcome.is_new:
        return "🔔 The reminder is on its way."
    return f"Reminded already today, at {_clock(outcome.at, zone)}. Once a day is enough."


def due(shown: Reminder) -> str:
    """To whoever owes it."""
    return "\n".join(
        [
            f"🔔 <b>{rupees(shown.due_paise)} to pay</b>",
            *_bills(shown.invoices),
            "",
            "Send /pay to pay, or to tell the club that you have.",
        ]
    )


def _invoices(shown: list[OpenInvoice]) -> list[str]:
    if not shown:
        return ["", "Nothing is due."]
    return ["", "Open invoices, the oldest first:", *_bills(shown)]


def _bills(shown: list[OpenInvoice]) -> list[str]:
    lines = [
        f"• {each.number}: {rupees(each.due_paise)}, {since(each)}" for each in shown[:_BILLS_SHOWN]
    ]
    more = len(shown) - len(lines)
    return [*lines, f"… and {more} more"] if more else lines


def _payments(shown: list[PaymentEntry], zone: ZoneInfo) -> list[str]:
    if not shown:
        return []
    lines = [
        f"• {each.number}: {rupees(each.total_paise)}, {_day(each, zone)}"
        for each in shown[:_BILLS_SHOWN]
    ]
    return ["", "Last payments:", *lines]


def _day(entry: PaymentEntry, zone: ZoneInfo) -> str:
    return day(entry.received_at, zone)


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"


def _name(name: str) -> str:
    return esc(name) if name else DELETED


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _of_pages(shown: Listed[Balance] | Listed[OpenInvoice] | Invoices) -> str:
    return f", page {shown.number + 1} of {shown.pages}" if shown.pages > 1 else ""
