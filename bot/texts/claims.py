"""Every sentence about payments that members report, and what the club asks them for."""

from typing import Final

from bot.errors import Refusal
from bot.errors.claims import (
    ClaimGone,
    ClaimWaiting,
    MoreThanDue,
    NotAPart,
    NotAProof,
    PaymentClosed,
    RejectionGone,
    RequestGone,
    WayGone,
)
from bot.models.claims import ClaimCard, ClaimStatus, PaymentRequest, Rejection, RequestStatus
from bot.models.dues import Owed, OwnClaim, Payable, PayableKind
from bot.models.payments import Due
from bot.models.upi import CEILING_PAISE, UpiRequest
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, esc, shorten
from bot.texts.payments import BANK, CASH, UPI
from bot.texts.purchases import summary

TITLE = "payment"
REJECTION_TITLE = "rejection of an invoice"
DUES = "💰 What I owe"
PAY = "💳 Pay"
PAY_AGAIN = "💳 Pay again"
REJECT = "❌ Reject"
SPLIT = "🔀 Split"
ASK = "➕ Request payment"
WITHDRAW = "↩️ Withdraw"
CASH_YES = "✅ Yes, tell the club"
COPY_ADDRESS = "📋 UPI address"
COPY_AMOUNT = "📋 Amount"
COPY_REFERENCE = "📋 Reference"
UPI_FILE = "upi.png"
WITHDRAWN = "↩️ Withdrawn. The club will not look at it."
DECIDED = "The club has decided on it already."
CHANGED = "Something else is due by now. Look at it again."
ASK_AMOUNT = (
    "➕ How much have you paid, or will you pay? Send the amount, like 500."
    "\nThis is for what no invoice asks for; the club keeps it as your credit."
)
_NAME_ON_A_BUTTON: Final = 20
_NAME_IN_A_LIST: Final = 60
_LINES: Final = 10  # of each kind; a message holds 4,096 characters
_TYPED: Final = (
    "Then send the bank’s reference (your app calls it UTR, RRN or transaction id), or a "
    "screenshot of the payment."
)

REFUSALS: Final[dict[type[Refusal], str]] = {
    ClaimGone: "This payment is not there.",
    ClaimWaiting: "You have reported a payment for this already. The club will look at it soon.",
    MoreThanDue: "Only {due_paise} is due by now. Open /pay to pay that. If you have sent more "
    "already, report it there with ➕ Request payment, and the club keeps it as your credit.",
    RequestGone: "This is paid or no longer asked for. See /pay.",
    NotAProof: "Please send the bank’s reference as text, or a screenshot of the payment.",
    NotAPart: "All in all {due_paise} is to be paid. Send less than that: the rest is cash.",
    WayGone: "The club does not take payments in this way now. Go ⬅️ Back to choose another.",
    PaymentClosed: "This payment is closed. See /pay or /subscribe.",
    RejectionGone: "That has been settled already.",
}


def rejected(card: ClaimCard) -> str:
    """To whoever reported it."""
    claim = card.claim
    name = card.number or claim.purpose or (card.request.purpose if card.request else "")
    what = f" for {esc(name)}" if name else ""
    return (
        f"❌ The club could not confirm your payment of {rupees(claim.total_paise)}{what}.\n"
        f"Reason: {esc(claim.reason or '')}"
    )


def asked(request: PaymentRequest) -> str:
    return f"💳 The club asks you for {rupees(request.amount_paise)}\nFor: {esc(request.purpose)}"


def asked_no_longer(request: PaymentRequest) -> str:
    paid, what = rupees(request.amount_paise), esc(request.purpose)
    if request.status is RequestStatus.PAID:
        return f"✅ Paid: what the club asked you for, {paid}\nFor: {what}"
    return f"💳 The club no longer asks you for {paid}\nFor: {what}"


def stands(rejection: Rejection) -> str:
    """To whoever did not accept it."""
    return f"🧾 The club has looked at {rejection.number} again: it stands. See /pay."


def withdraw(claim: OwnClaim) -> str:
    """A button's label: bare text, no HTML."""
    return f"{WITHDRAW} {_on_a_button(claim.name, claim.amount_paise)}"


def pay(name: str, paise: int) -> str:
    """A button's label: bare text, no HTML."""
    return f"{PAY} {_on_a_button(name, paise)}"


def use_credit(paise: int) -> str:
    """A button's label: bare text, no HTML."""
    return f"🎁 Use credit {rupees(paise)}"


def owed(shown: Owed) -> str:
    told = [
        *(_due(due, shown) for due in shown.dues[:_LINES]),
        *_more(len(shown.dues)),
        *(_request(request) for request in shown.requests[:_LINES]),
        *_more(len(shown.requests)),
    ]
    total = [f"<b>Total: {rupees(shown.total_paise)}</b>"] if told else ["You owe nothing."]
    credit = [f"🎁 Your credit: {rupees(shown.credit_paise)}"] if shown.credit_paise else []
    waiting = [_waits(claim) for claim in shown.waiting[:_LINES]]
    return "\n".join(["💰 <b>What I owe</b>", *told, *total, *credit, *waiting])


def ways(payable: Payable) -> str:
    """What is to be paid, and how it can be."""
    means = payable.means
    told = [f"💳 <b>{rupees(payable.due_paise)}</b> for {esc(payable.name)}"]
    if payable.choice:
        told = [summary(payable.choice)]
    if payable.usable_credit_paise:
        told.append(f"🎁 Credit that you can use: {rupees(payable.usable_credit_paise)}")
    if not means.upi_id:
        told.append("The club has not set up UPI.")
    elif payable.due_paise > CEILING_PAISE:
        told.append(_too_much())
    if payable.due_paise > CEILING_PAISE and means.bank_details:
        told.append(f"Bank details:\n{esc(means.bank_details)}")
    return "\n".join([*told, "How would you like to pay?"])


def upi_note(payable: Payable) -> str:
    """What the payer's bank shows."""
    is_invoice = payable.kind is PayableKind.INVOICE
    return f"Inv {payable.name}" if is_invoice else payable.name


def pay_by_upi(request: UpiRequest, cash_paise: int) -> str:
    """Said with the QR code, which carries the same."""
    paise = request.amount_paise or 0
    rest = [f"{CASH} for the rest: {rupees(cash_paise)}"] if cash_paise else []
    too_much = [_too_much()] if request.is_over_ceiling else []
    return "\n".join(
        [
            f"{UPI}: <b>{rupees(paise)}</b> to {esc(request.name)}",
            f"Address: <code>{esc(request.payee)}</code>",
            f"Amount: <code>{request.amount}</code>",
            f"Reference: <code>{request.reference}</code>",
            *rest,
            *too_much,
            "",
            f"Scan the code or copy the address, and pay. {_TYPED}",
        ]
    )


def pay_by_bank(payable: Payable) -> str:
    details = esc(payable.means.bank_details)
    amount = rupees(payable.due_paise)
    return f"{BANK}: transfer <b>{amount}</b> for {esc(payable.name)}\n{details}\n\n{_TYPED}"


def confirm_cash(payable: Payable) -> str:
    amount = rupees(payable.due_paise)
    return (
        f"{CASH}: have you paid, or will you pay <b>{amount}</b> for {esc(payable.name)} at the "
        "desk?\nThe club will confirm it once it has the money."
    )


def ask_part(payable: Payable) -> str:
    amount = rupees(payable.due_paise)
    return (
        f"{SPLIT}: <b>{amount}</b> for {esc(payable.name)}\n"
        "How much of it by UPI? Send the amount; the rest is cash."
    )


def ask_purpose(amount_paise: int) -> str:
    return f"{rupees(amount_paise)}: what is it for? For example: locker deposit."


def reported(claim: OwnClaim) -> str:
    amount, name = rupees(claim.amount_paise), esc(claim.name)
    match claim.status:
        case ClaimStatus.WAITING:
            return (
                f"⏳ <b>You have reported {amount}</b> for {name}\n"
                "The club will look at it and tell you here."
            )
        case ClaimStatus.APPROVED:
            return f"✅ The club has confirmed your payment of {amount} for {name}."
        case ClaimStatus.REJECTED:
            return f"❌ The club could not confirm your payment of {amount} for {name}. See /pay."
        case ClaimStatus.WITHDRAWN:
            return f"↩️ You have withdrawn your payment of {amount} for {name}."


def credit_used(paise: int) -> str:
    return f"🎁 {rupees(paise)} of your credit is used."


def ask_reason(number: str) -> str:
    return f"❌ Why do you not accept {number}? Tell the club in a few words, up to 300 characters."


def rejection_sent(rejection: Rejection) -> str:
    """To whoever does not accept it, now or some time ago."""
    return (
        f"❌ <b>You do not accept {rejection.number}</b>\nReason: {esc(rejection.reason)}\n"
        "The club will look at it: it cancels the invoice, or tells you that it stands."
    )


def _on_a_button(name: str, paise: int) -> str:
    return f"{shorten(name, _NAME_ON_A_BUTTON)} · {rupees(paise)}"


def _due(due: Due, shown: Owed) -> str:
    waits = shown.waits_for(PayableKind.INVOICE, due.invoice_id)
    when = calendar_day(due.due_on)
    if due.due_on < shown.today and not waits:
        return f"⏰ {due.number}: {rupees(due.due_paise)}, overdue since {when}"
    return f"🧾 {due.number}: {rupees(due.due_paise)}, due {when}"


def _request(request: PaymentRequest) -> str:
    return f"💳 {_in_a_list(request.purpose)}: {rupees(request.amount_paise)}"


def _waits(claim: OwnClaim) -> str:
    amount = rupees(claim.amount_paise)
    return f"⏳ Reported: {amount} for {_in_a_list(claim.name)}. The club looks at it."


def _in_a_list(name: str) -> str:
    return esc(shorten(name, _NAME_IN_A_LIST))


def _more(many: int) -> list[str]:
    return [f"… and {many - _LINES} more"] if many > _LINES else []


def _too_much() -> str:
    return (
        f"One UPI payment usually carries at most {rupees(CEILING_PAISE)}. You may need to split "
        "it, or to transfer it to the bank."
    )
