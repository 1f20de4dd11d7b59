"""Every sentence of a payment's card, and of what admins do with it."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.models.advances import Advance, Voucher
from bot.models.audit import NOBODY
from bot.models.payments import Method, Payment, PaymentLine, Refund, Settled
from bot.models.tax import TaxType
from bot.texts.amounts import percent, rupees
from bot.texts.format import esc, moment
from bot.texts.payments import METHODS, lines, settled

RECEIPT: Final = "📄 Receipt"
UNDO: Final = "↩️ Book back"
UNDO_YES: Final = "↩️ Yes, book it back"
GIVE: Final = "💸 Give back"
GIVE_YES: Final = "✅ Yes, it is given back"
REVERSAL_TITLE: Final = "payment to book back"
REFUND_TITLE: Final = "refund"
ASK_METHOD: Final = "💸 <b>Give back</b>\nHow do they get it?"
_HEADS: Final = {False: "💰 <b>Payment", True: "🤝 <b>Referral reward"}
_WHOSE: Final = {False: "From", True: "To"}
_SHOWN: Final = 12  # invoices; a message holds 4,096 characters


def card(payment: Payment, zone: ZoneInfo) -> str:
    by = f" by {esc(payment.recorded_by)}" if payment.recorded_by else ""
    back = payment.refunded_paise
    return "\n".join(
        [
            f"{_HEADS[payment.is_reward]} {payment.number}</b>: {rupees(payment.total_paise)}",
            f"{_WHOSE[payment.is_reward]}: <b>{esc(payment.payer_name or NOBODY)}</b>",
            f"Booked: {moment(payment.received_at, zone)}{by}",
            "",
            *([*lines(payment.lines), ""] if payment.lines else []),
            *settled(payment),
            *([_taxed(payment.advance)] if payment.advance else []),
            *([f"↩️ Given or booked back: {rupees(back)}"] if back else []),
        ]
    )


def _taxed(advance: Advance) -> str:
    """What was paid ahead is taxed when it comes."""
    halves = f"CGST and {advance.second_half}"
    heads = halves if advance.tax_type is TaxType.INTRA else "IGST"
    paise = advance.totals.total_paise
    return f"Taxed as an advance: {rupees(paise)}, {heads} of {percent(advance.rate_bps)} within"


def voucher(shown: Voucher) -> str:
    """A button's label: bare text, no HTML."""
    return f"💸 Refund voucher {shown.number}"


def ask_reversal(payment: Payment) -> str:
    return (
        f"↩️ <b>Book back {payment.number}</b>, {rupees(payment.total_paise)}\n"
        "For a payment that never came or was booked wrongly. Why? The payer reads the reason, at "
        "most 300 characters."
    )


def review_reversal(payment: Payment, reason: str) -> str:
    return "\n".join(
        [
            f"↩️ <b>Book back {payment.number}</b>, {rupees(payment.total_paise)}",
            f"From: {esc(payment.payer_name)}",
            *(_open_again(each) for each in payment.settled[:_SHOWN]),
            f"Reason: {esc(reason)}",
            "",
            f"Is that right? Tap {UNDO_YES}. The receipt keeps its number.",
        ]
    )


def reversed_(refund: Refund) -> str:
    return f"↩️ Booked back as <b>{refund.number}</b>."


def ask_amount(payment: Payment, credit_paise: int) -> str:
    return (
        f"💸 <b>Give back</b>\n{esc(payment.payer_name)} has a credit of {rupees(credit_paise)}. "
        "How much do they get back? Send an amount like 500, at most that much."
    )


def ask_reference(method: Method) -> str:
    return (
        f"💸 <b>Give back</b> by {METHODS[method].partition(' ')[2]}\n"
        "Which reference does it have? Send the bank’s number (UTR), or what stands on the slip."
    )


def ask_reason(paise: int) -> str:
    return (
        f"💸 <b>Give back {rupees(paise)}</b>\nWhy? They read the reason, at most 300 characters."
    )


def review_refund(payment: Payment, line: PaymentLine, reason: str, credit_paise: int) -> str:
    left = credit_paise - line.amount_paise
    return "\n".join(
        [
            f"💸 <b>Give back {rupees(line.amount_paise)}</b>",
            f"To: {esc(payment.payer_name)}",
            *lines((line,)),
            f"Reason: {esc(reason)}",
            f"Credit then: {rupees(left)}",
            "",
            f"Hand it over, then tap {GIVE_YES}. It cannot be taken back.",
        ]
    )


def given(refund: Refund) -> str:
    return f"💸 Given back: {rupees(refund.total_paise)}, as <b>{refund.number}</b>."


def _open_again(each: Settled) -> str:
    return f"{each.number} then asks for {rupees(each.due_paise + each.amount_paise)}"
