"""Every sentence about money that came in, was given back, or is not booked."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.payments import (
    AlreadyReversed,
    CreditChanged,
    DuesChanged,
    NoCredit,
    NotAReference,
    NothingDue,
    NotMoney,
    Overpaid,
    PaymentChanged,
    PaymentGone,
    ReferenceUsed,
    TooMuchToRefund,
)
from bot.models.payments import (
    Method,
    Payment,
    PaymentLine,
    ReceiptPaper,
    Refund,
    RefundKind,
    RefundPaper,
)
from bot.texts.amounts import rupees
from bot.texts.format import day, esc

CASH: Final = "💵 Cash"
UPI: Final = "📱 UPI"
BANK: Final = "🏦 Bank"
METHODS: Final = {
    Method.CASH: CASH,
    Method.UPI: UPI,
    Method.CARD: "💳 Card",
    Method.BANK: BANK,
}
_SHOWN: Final = 5  # rows of a kind: a file’s caption holds 1,024 characters
REFUSALS: Final[dict[type[Refusal], str]] = {
    NotAReference: "“{typed}” is not a bank’s reference. It has 6 to 40 letters and digits, like "
    "412345678901; your app shows it as UTR, RRN or transaction id.",
    ReferenceUsed: "The reference {reference} has been used for another payment. Look it up in "
    "the app once more, and send the one of this payment.",
    Overpaid: "Only {due_paise} is due. Send that much or less.",
    DuesChanged: "By now {due_paise} is due: somebody has booked something meanwhile. Look at it "
    "again.",
    NothingDue: "This invoice is settled. Nothing is due on it.",
    NoCredit: "There is no credit to use.",
    CreditChanged: "By now {credit_paise} of credit can be used: somebody has booked something "
    "meanwhile. Look at it again.",
    PaymentGone: "This payment is not there.",
    TooMuchToRefund: "Only {credit_paise} can be given back. Send that much or less.",
    NotMoney: "This is a referral reward, not money that came in. It goes back by itself when the "
    "friend’s payment does.",
    PaymentChanged: "This payment settles something else by now. Look at it again.",
    AlreadyReversed: "Some of this payment has been given back already, so it stands.",
}


def booked(receipt: ReceiptPaper) -> str:
    """To its payer, with the receipt."""
    head = f"✅ <b>Received: {rupees(receipt.total_paise)}</b>, thank you."
    zone = ZoneInfo(receipt.seller.timezone)
    what = "Receipt voucher" if receipt.advance else "Receipt"
    dated = f"{what} {receipt.number} of {day(receipt.received_at, zone)}"
    return "\n".join([head, dated, *_some(lines(receipt.lines)), *settled(receipt)])


def file_name(paper: ReceiptPaper | RefundPaper) -> str:
    return f"{paper.number.replace('/', '-')}.pdf"


def lines(shown: tuple[PaymentLine, ...]) -> list[str]:
    """All of them: a receipt has ten at most."""
    return [
        f"{METHODS[line.method]}: {rupees(line.amount_paise)}"
        + (f" · {esc(line.reference)}" if line.reference else "")
        for line in shown
    ]


def settled(payment: Payment | ReceiptPaper) -> list[str]:
    """What it was for, and what is left."""
    told = _some(
        [
            f"{each.number}: {rupees(each.amount_paise)}"
            + (f", still due {rupees(each.due_paise)}" if each.due_paise else ", settled")
            for each in payment.settled
        ]
    )
    if payment.purpose:
        told.insert(0, f"For: {esc(payment.purpose)}")
    if payment.unused_paise:
        told.append(f"Kept as credit: {rupees(payment.unused_paise)}")
    return told


def given_back(refund: Refund, zone: ZoneInfo) -> str:
    """To whoever gets it."""
    dated = f"{refund.number} of {day(refund.refunded_at, zone)}"
    if refund.kind is RefundKind.REVERSAL:
        head = f"↩️ <b>A payment of {rupees(refund.total_paise)} was booked back.</b>"
    else:
        head = f"↩️ <b>Given back: {rupees(refund.total_paise)}</b>"
    return "\n".join([head, dated, *lines(refund.lines), f"Reason: {esc(refund.reason)}"])


def refunded(voucher: RefundPaper) -> str:
    """To whoever gets it, with the voucher."""
    zone = ZoneInfo(voucher.seller.timezone)
    return "\n".join(
        [
            f"↩️ <b>Given back: {rupees(voucher.total_paise)}</b>",
            f"Refund voucher {voucher.number} of {day(voucher.refunded_at, zone)}",
            *lines(voucher.lines),
            f"Reason: {esc(voucher.reason)}",
        ]
    )


def _some(rows: list[str]) -> list[str]:
    more = len(rows) - _SHOWN
    return [*rows[:_SHOWN], f"… and {more} more"] if more > 0 else rows
