"""What is printed on every document. They are in English, as the tax office reads them."""

from datetime import date
from typing import Final

from bot.models.advances import Advance
from bot.models.gstin import STATES
from bot.models.invoices import DocumentKind
from bot.models.payments import Method, PaymentLine
from bot.texts.amounts import percent, rupees

TITLES: Final = {
    DocumentKind.TAX_INVOICE: "Tax invoice",
    DocumentKind.BILL_OF_SUPPLY: "Bill of supply",
    DocumentKind.INVOICE_CUM_BILL: "Invoice-cum-bill of supply",
    DocumentKind.INVOICE: "Invoice",
}
COMPOSITION: Final = "Composition taxable person, not eligible to collect tax on supplies"  # Rule 5

BILLED_TO: Final = "Billed to"
NUMBER: Final = "Number"
ISSUED: Final = "Date of issue"
SUPPLIED: Final = "Date of supply"
DUE: Final = "Due date"
PLACE: Final = "Place of supply"
REVERSE_CHARGE: Final = "Tax payable on reverse charge"
NO: Final = "No"

DESCRIPTION: Final = "Description"
CODE: Final = "HSN/SAC"
QUANTITY: Final = "Qty"
RATE: Final = "Rate"
DISCOUNT: Final = "Discount"
TAXABLE: Final = "Taxable"
TAX: Final = "Tax"
AMOUNT: Final = "Amount"
TOTAL: Final = "Total"
INCLUSIVE: Final = "Rates and discounts include tax."
EXEMPT: Final = "Exempt"

SUBTOTAL: Final = "Subtotal"
TAXABLE_VALUE: Final = "Taxable value"
EXEMPT_VALUE: Final = "Exempt value"
ROUND_OFF: Final = "Round-off"
GRAND_TOTAL: Final = "Total payable"
IN_WORDS: Final = "Amount in words"
SUMMARY: Final = "Tax by HSN/SAC"
TAX_RATE: Final = "Tax rate"
TOTAL_TAX: Final = "Total tax"

PAY_BY_UPI: Final = "Pay by UPI"
BANK: Final = "Bank details"
TERMS: Final = "Terms"
SIGNATORY: Final = "Authorised signatory"
GENERATED: Final = "This is a computer-generated document."
EMPTY: Final = "–"

CREDIT_NOTE: Final = "Credit note"
OF_INVOICE: Final = "Original invoice"
OF_DATE: Final = "Its date of issue"
REASON: Final = "Reason"
TOTAL_CREDITED: Final = "Total credited"

RECEIPT: Final = "Receipt"
RECEIVED: Final = "Date of receipt"
RECEIVED_FROM: Final = "Received from"
TOTAL_RECEIVED: Final = "Total received"
METHOD: Final = "Method and reference"
_METHODS: Final = {
    Method.CASH: "Cash",
    Method.UPI: "UPI",
    Method.CARD: "Card",
    Method.BANK: "Bank transfer",
}
RECEIPT_VOUCHER: Final = "Receipt voucher"
PAID_AHEAD: Final = "Advance for"
OPEN_RATE: Final = (  # CGST Rule 50
    "What it is for cannot be told yet: it is taxed at 18 % and as an inter-State supply until it "
    "is adjusted."
)
_FITNESS: Final = "Fitness services at the club"
_OPEN: Final = "Goods or services to be named"
REFUND_VOUCHER: Final = "Refund voucher"
REFUNDED_TO: Final = "Refunded to"
OF_VOUCHERS: Final = "Advance of receipt voucher"
TOTAL_REFUNDED: Final = "Total refunded"
FOR: Final = "For"
FOR_INVOICES: Final = "For these invoices"
INVOICE: Final = "Invoice"
SETTLED: Final = "Settled by this"
STILL_DUE: Final = "Due after it"

_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def day(when: date) -> str:
    """As 25 Nov 2026, which no country reads otherwise."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def state(code: str) -> str:
    return f"{STATES[code]} ({code})"


def state_line(code: str) -> str:
    return f"State: {state(code)}"


def gstin(number: str) -> str:
    return f"GSTIN: {number}"


def phone(number: str) -> str:
    return f"Phone: {number}"


def pieces(quantity: int) -> str:
    """Of goods; a service has no unit."""
    return f"{quantity} pcs"


def tax_rate(basis_points: int, *, is_exempt: bool) -> str:
    return EXEMPT if is_exempt else percent(basis_points)


def signed_for(name: str) -> str:
    return f"For {name}"


def page(number: int, of: int, document: str) -> str:
    return f"{document} · Page {number} of {of}"


def method(line: PaymentLine) -> str:
    """How it came, and the bank's number or what stands on the slip."""
    how = _METHODS[line.method]
    return f"{how} · {line.reference}" if line.reference else how


def advance(paise: int) -> str:
    return f"Advance, to be adjusted against a future invoice: {rupees(paise)}"


def paid_ahead_for(advance: Advance, purpose: str) -> str:
    return purpose or (_FITNESS if advance.kind else _OPEN)


def of_date(number: str, day: str) -> str:
    return f"{number} of {day}"


def other_credit(paise: int) -> str:
    return f"And other credit, on which no tax was charged as an advance: {rupees(paise)}"


def too_late(last: date) -> str:
    """CGST Act s. 34(2)."""
    return (
        f"Issued after {day(last)}, the last day on which the tax of this invoice could be taken "
        "back (CGST Act, section 34): the supplier's output tax is not reduced by it."
    )


def upi_note(number: str) -> str:
    """What the payer's bank shows."""
    return f"Inv {number}"


def upi_amount(paise: int) -> str:
    return f"Amount: {rupees(paise)}"


def upi_too_much(ceiling_paise: int) -> str:
    return (
        f"One UPI payment usually carries at most {rupees(ceiling_paise)}."
        " Please pay in parts or by bank transfer."
    )
