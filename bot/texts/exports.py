"""What owners read about exports."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.exports import (
    NotAPeriod,
    NothingOwed,
    NothingToExport,
    PeriodTooLong,
    TooMuchToExport,
)
from bot.models.exports import Export, ExportKind, Figure, Period, PeriodName
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, esc, moment

TITLE: Final = "export"
OWN_DAYS: Final = "📅 Own dates"
EXAMPLE: Final = "1.4.2026 - 30.6.2026"
KINDS: Final = {
    ExportKind.INVOICES: "🧾 Invoices",
    ExportKind.PAYMENTS: "💵 Payments",
    ExportKind.RECEIVABLES: "💰 Receivables",
    ExportKind.GST: "🧮 GST summary",
    ExportKind.PLANS: "📊 Revenue by plan",
}
PERIODS: Final = {
    PeriodName.THIS_MONTH: "This month",
    PeriodName.LAST_MONTH: "Last month",
    PeriodName.THIS_QUARTER: "This quarter",
    PeriodName.LAST_QUARTER: "Last quarter",
    PeriodName.THIS_YEAR: "This financial year",
    PeriodName.LAST_YEAR: "Last financial year",
}
ASK_KIND: Final = (
    "📤 <b>Exports</b>\nExcel files for you and your accountant. Receivables are as of now, all "
    "others of a period. Who exported what stands in the audit log."
)
_NAMES: Final = {
    ExportKind.INVOICES: "invoices",
    ExportKind.PAYMENTS: "payments",
    ExportKind.RECEIVABLES: "receivables",
    ExportKind.GST: "the GST summary",
    ExportKind.PLANS: "the revenue by plan",
}
_FIGURES: Final = {
    Figure.BILLED: "Billed",
    Figure.CREDITED: "Credit notes",
    Figure.DUE: "Due now",
    Figure.RECEIVED: "Received",
    Figure.RETURNED: "Given back",
    Figure.CREDIT: "Credit of members",
    Figure.TAXABLE: "Taxable, less credit notes",
    Figure.CGST: "CGST",
    Figure.SGST: "SGST/UTGST",
    Figure.IGST: "IGST",
}
REFUSALS: Final[dict[type[Refusal], str]] = {
    NotAPeriod: f"“{{typed}}” is not a period. Send its first and last day, like {EXAMPLE}.",
    PeriodTooLong: "That is too long: at most {limit} days in one file, please.",
    NothingToExport: "There is nothing from {first} to {last}. Choose another period.",
    NothingOwed: "Nobody owes the club anything, and nobody has credit.",
    TooMuchToExport: "That is more than {limit} documents. Choose a shorter period, please.",
}


def name(kind: object) -> str:
    """In a sentence; a kind that this code does not know as it is."""
    return next((said for known, said in _NAMES.items() if known == kind), esc(kind))


def ask_period(kind: ExportKind) -> str:
    return f"<b>{KINDS[kind]}: for which period?</b>\nDays are those of the club’s clock."


def ask_days(kind: ExportKind) -> str:
    return (
        f"<b>{KINDS[kind]}: from which day to which?</b>\n"
        f"Send the first and the last day, like {EXAMPLE}."
    )


def made(export: Export, zone: ZoneInfo) -> str:
    when = days(export.period) if export.period else f"as of {moment(export.at, zone)}"
    noun = "open invoice" if export.kind is ExportKind.RECEIVABLES else "document"
    figures = [f"{_FIGURES[each]}: {rupees(paise)}" for each, paise in export.paise.items()]
    head = f"{KINDS[export.kind]}, {when}"
    return "\n".join([head, f"{export.rows:,} {noun}{'' if export.rows == 1 else 's'}", *figures])


def days(period: Period) -> str:
    return f"{calendar_day(period.first)} to {calendar_day(period.last)}"


def file_name(export: Export, zone: ZoneInfo) -> str:
    if period := export.period:
        return f"{export.kind}-{period.first}-to-{period.last}.xlsx"
    return f"{export.kind}-{export.at.astimezone(zone):%Y-%m-%d-%H%M}.xlsx"
