"""A statement of an account in words: in the chat, and on paper."""

from typing import Final

from bot.models.payments import Account
from bot.models.statements import DocumentType, Period, Statement, StatementLine
from bot.texts import paper
from bot.texts.amounts import number, rupees
from bot.texts.format import calendar_day, esc
from bot.texts.receivables import DELETED

PDF: Final = "📄 PDF"
OWN: Final = "📄 My statement"
TITLE: Final = "Statement of account"
OF: Final = "Account of"
PERIOD: Final = "Period"
DATE: Final = "Date"
DOCUMENT: Final = "Document"
NUMBER: Final = "Number"
BILLED: Final = "Charged"
PAID: Final = "Paid or credited"
BALANCE: Final = "Balance"
OPENING: Final = "Opening balance"
CLOSING: Final = "Closing balance"
NOTE: Final = "A balance is owed to us, unless it says Cr: then it is credit that we hold."
_SHOWN: Final = 15  # lines in the chat; the PDF has them all

KINDS: Final = {
    DocumentType.INVOICE: "Invoice",
    DocumentType.CREDIT_NOTE: "Credit note",
    DocumentType.PAYMENT: "Payment",
    DocumentType.REWARD: "Referral reward",
    DocumentType.REFUND: "Refund",
    DocumentType.REVERSAL: "Payment booked back",
    DocumentType.TAKEN_BACK: "Reward taken back",
}
PERIODS: Final = {
    Period.YEAR: "This financial year",
    Period.DAYS_90: "Last 90 days",
    Period.ALL: "All",
}


def summary(shown: Statement) -> str:
    lines = [_line(each) for each in shown.lines[-_SHOWN:]]
    earlier = len(shown.lines) - len(lines)
    return "\n".join(
        [
            f"📄 <b>{TITLE}: {_name(shown)}</b>",
            f"{PERIODS[shown.period]}: {period(shown)}",
            f"{OPENING}: {balance(shown.opening_paise)}",
            "",
            *([f"… {earlier} earlier ones, see the PDF"] if earlier else []),
            *(lines or ["No documents in this time."]),
            "",
            f"<b>{CLOSING}: {balance(shown.closing_paise)}</b>",
        ]
    )


def choice(period: Period, *, is_chosen: bool) -> str:
    """A button's label: bare text, no HTML."""
    return f"✔️ {PERIODS[period]}" if is_chosen else PERIODS[period]


def balance(paise: int) -> str:
    """Whose it is, in a word."""
    if paise < 0:
        return f"{rupees(-paise)} credit"
    return f"{rupees(paise)} due" if paise else rupees(0)


def figure(paise: int) -> str:
    """As ``balance``, in a column of a table."""
    return f"{number(-paise)} Cr" if paise < 0 else number(paise)


def period(shown: Statement) -> str:
    """From when until when."""
    until = paper.day(shown.ends)
    return f"{paper.day(shown.begins)} – {until}" if shown.begins else f"until {until}"


def name(shown: Statement) -> str:
    return shown.name or DELETED


def caption(shown: Statement) -> str:
    """Said with the file."""
    return (
        f"📄 {TITLE}, {period(shown)}\n{_name(shown)}: {CLOSING.lower()} "
        f"{balance(shown.closing_paise)}"
    )


def file_name(shown: Statement) -> str:
    return f"statement-{_whose(shown.account)}-{shown.period}-{shown.ends.isoformat()}.pdf"


def _whose(account: Account) -> str:
    if account.person_id is not None:
        return f"{account.person_id}"
    return f"walk-in-{account.walk_in_id}"


def _line(each: StatementLine) -> str:
    sign = "+" if each.amount_paise > 0 else ""
    return (
        f"{calendar_day(each.on)} · {KINDS[each.kind]} {each.number}\n"
        f"{sign}{rupees(each.amount_paise)} → {balance(each.balance_paise)}"
    )


def _name(shown: Statement) -> str:
    return esc(shown.name) if shown.name else DELETED
