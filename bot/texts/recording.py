"""Every sentence about a payment that an admin books, step by step."""

from typing import Final

from bot.models.payments import Due, Method, Payment, PaymentLine
from bot.models.receivables import Bills, Plan, Share
from bot.texts.amounts import rupees
from bot.texts.format import esc
from bot.texts.payments import METHODS, settled
from bot.texts.payments import lines as told_lines
from bot.texts.receivables import DELETED

TITLE: Final = "payment"
ASK_PAYER: Final = (
    "➕ <b>Record payment: from whom?</b>\nSend an id, an @username, a phone number or a part of "
    "the name. A walk-in customer’s is booked on their invoice: see 👛 Who owes."
)
ASK_METHOD: Final = "<b>How was it paid?</b>"
OLDEST: Final = "Oldest first"
ADVANCE: Final = "Advance, as credit"
FITNESS_ADVANCE: Final = "Advance for services at the club"
ADD_LINE: Final = "➕ Add line"
SAVE: Final = "✅ Save"
CHANGED: Final = "It has changed meanwhile. Look at it again, then save."
ACCOUNT: Final = "👛 Account"
_LINES_OF_BILLS: Final = 12


def ask_bills(bills: Bills) -> str:
    head = f"➕ <b>Payment of {_name(bills.name)}: for what?</b>"
    if not bills.dues:
        return f"{head}\nNothing is due. What they pay is kept as credit for their next bill."
    due = sum(each.due_paise for each in bills.dues)
    many = "1 bill" if len(bills.dues) == 1 else f"{len(bills.dues)} bills"
    return f"{head}\n{rupees(due)} is due on {many}. Tick which it is for, or settle the oldest."


def bill(due: Due, *, is_ticked: bool) -> str:
    """A button's label: bare text, no HTML."""
    return f"{'☑️' if is_ticked else '▫️'} {due.number} · {rupees(due.due_paise)}"


def ticked(dues: list[Due]) -> str:
    """A button's label: bare text, no HTML."""
    return f"➡️ Ticked · {rupees(sum(due.due_paise for due in dues))}"


def ask_method(plan: Plan) -> str:
    return "\n".join([_head(plan), *_so_far(plan), "", ASK_METHOD])


def ask_amount(plan: Plan, method: Method) -> str:
    hint = "Tap the rest, or send" if plan.rest_paise else "Send"
    question = f"<b>How much by {METHODS[method]}?</b>\n{hint} an amount like 1500 or 1,500.50."
    return "\n".join([_head(plan), *_so_far(plan), "", question])


def the_rest(paise: int) -> str:
    """A button's label: bare text, no HTML."""
    return f"{rupees(paise)} · the rest"


def ask_reference(method: Method, paise: int) -> str:
    return (
        f"<b>{METHODS[method]}, {rupees(paise)}: which reference?</b>\n"
        "Send the UTR, RRN or transaction id, like 412345678901, or skip it."
    )


def summary(plan: Plan) -> str:
    numbered = [f"{number}. {line}" for number, line in enumerate(told_lines(plan.lines), start=1)]
    return "\n".join(
        [
            _head(plan),
            *numbered,
            f"<b>Total: {rupees(plan.total_paise)}</b>",
            "",
            *_effect(plan),
        ]
    )


def remove(number: int, line: PaymentLine) -> str:
    """A button's label: bare text, no HTML."""
    return f"🗑 {number}. {rupees(line.amount_paise)}"


def correct(number: int) -> str:
    """A button's label: bare text, no HTML."""
    return f"✏️ {number}. Reference"


def booked(payment: Payment) -> str:
    """To the admin who saved it."""
    return "\n".join(
        [
            f"✅ <b>Receipt {payment.number}: {rupees(payment.total_paise)}</b>",
            f"From: {_name(payment.payer_name)}",
            *told_lines(payment.lines),
            "",
            *settled(payment),
        ]
    )


def _head(plan: Plan) -> str:
    return f"➕ <b>Payment of {_name(plan.bills.name)}</b>\n{_purpose(plan)}"


def _purpose(plan: Plan) -> str:
    if plan.is_advance:
        what = "An advance for services at the club" if plan.for_fitness else "An advance"
        return f"{what}: all of it becomes credit."
    if plan.wanted is None:
        return f"For the oldest first; {rupees(plan.due_paise)} is due."
    numbers = ", ".join(due.number for due in plan.dues) or "bills that are settled by now"
    return f"For {numbers}; {rupees(plan.due_paise)} is due."


def _so_far(plan: Plan) -> list[str]:
    return [f"So far: {rupees(plan.total_paise)}"] if plan.lines else []


def _effect(plan: Plan) -> list[str]:
    shares = plan.shares
    told = [_share(each) for each in shares[:_LINES_OF_BILLS]]
    if more := len(shares) - len(told):
        told.append(f"… and {more} more")
    if plan.is_refused:
        told.append(
            f"⚠️ {rupees(plan.credit_paise)} more than is due, and that is not kept as credit here: "
            "remove a line, and take less."
        )
    elif plan.credit_paise:
        told.append(f"Kept as credit: {rupees(plan.credit_paise)}")
    return told


def _share(share: Share) -> str:
    if not share.paise:
        return f"{share.number}: nothing, still due {rupees(share.left_paise)}"
    left = f", still due {rupees(share.left_paise)}" if share.left_paise else ", settled"
    return f"{share.number}: {rupees(share.paise)}{left}"


def _name(name: str) -> str:
    return esc(name) if name else DELETED
