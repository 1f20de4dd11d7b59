"""Every sentence about writing an invoice."""

from collections.abc import Sequence
from typing import Final

from bot.models.billing import BillLine
from bot.models.drafts import Draft, DraftEntry, DraftLine, Review
from bot.models.gstin import STATES
from bot.models.invoices import Buyer, Document, InvoiceEntry, InvoiceLine
from bot.models.items import ItemKind
from bot.models.tax import TaxType
from bot.texts.amounts import percent, rupees
from bot.texts.format import esc, shorten
from bot.texts.invoices import KINDS

BUYER_TITLE: Final = "new invoice"
TITLE: Final = "change of an invoice draft"
NEW: Final = "➕ New invoice"
WALK_IN: Final = "🚶 Walk-in customer"
STORE_ITEM: Final = "🔍 Store item"
CUSTOM_ITEM: Final = "✍️ Custom item"
REMOVE: Final = "🗑 Remove a line"
ADDRESS: Final = "🏠 Address"
GSTIN: Final = "🏢 GSTIN"
NO_GSTIN: Final = "🗑 No GSTIN"
ADD_ANOTHER: Final = "➕ Add another"
FINISH: Final = "➡️ Finish items"
NO_SHIPPING: Final = "⏭ No shipping"
SEND: Final = "📤 Send invoice"
DROP: Final = "❌ Drop the draft"
LINE_KINDS: Final = {
    ItemKind.FITNESS: "🏋️ Service at the club",
    ItemKind.GOODS: "📦 Goods",
    ItemKind.ONLINE: "💻 Online service",
}

ASK_BUYER: Final = (
    "🧾 <b>New invoice</b>\nWho is it for? Send a Telegram id, an @username, a phone number or "
    "part of the name. A forwarded message or a shared contact works too."
)
ASK_WALK_IN: Final = (
    "🚶 <b>Walk-in customer</b>\nWhat is their name, as it is to stand on the bill?"
)
ASK_ITEM: Final = "🔍 <b>Store item</b>\nSend the serial number, or at least 2 letters of the name."
ASK_NAME: Final = "✍️ <b>Custom item</b>\nWhat is it called? Send the name as it is to stand there."
ASK_MORE: Final = "➕ <b>What else goes on it?</b>"
ASK_REMOVE: Final = "🗑 <b>Which line goes?</b>"
ASK_SHIPPING: Final = (
    "🚚 <b>Shipping</b>\nWhat does it cost to bring it, in rupees? Send an amount like 50, or tap "
    f"{NO_SHIPPING}."
)
WHICH: Final = "🧾 <b>Invoices being written</b>\nTap one to go on with it."
NO_DRAFTS: Final = f"🧾 <b>Invoices being written</b>\nYou have none. Tap {NEW} to begin one."
DROPPED: Final = "❌ The draft is gone. Nothing was sent."
REMOVED: Final = "🗑 Removed."
SAVED: Final = "✅ Saved."
CHANGED: Final = "Somebody has changed it meanwhile. This is the newest."
SENT_ALREADY: Final = "This invoice has been sent already. See 🧾 Invoices."
_NEEDS_ADDRESS: Final = (
    f"⚠️ From ₹50,000 on the law wants the buyer’s address and State. Tap {ADDRESS} before you "
    "send it."
)
_FIRM_NEEDS_ADDRESS: Final = (
    f"⚠️ On the bill of a buyer with a GSTIN the law wants their address. Tap {ADDRESS} first."
)
_FIRM_NEEDS_HSN: Final = (
    "⚠️ For a buyer with a GSTIN goods need their HSN: put the item into 🛒 Store with it, and take "
    "it from there."
)
_LINES_SHOWN: Final = 24  # so that the longest names stay within one message
_NAME: Final = 40  # characters of a line's name
_NAME_ON_A_BUTTON: Final = 28


def draft(shown: Review) -> str:
    """What is on it so far, and what it comes to."""
    this = shown.draft
    lines = [_line(at, each.line) for at, each in enumerate(this.lines, 1)]
    if this.shipping_paise:
        lines.append(f"🚚 Shipping: {rupees(this.shipping_paise)}")
    nothing = [f"Nothing on it yet. Tap {STORE_ITEM} or {CUSTOM_ITEM}."]
    return "\n".join(
        [
            f"🧾 <b>Draft for {esc(this.buyer.name)}</b>",
            *_buyer(this.buyer),
            "",
            *(_some(lines) or nothing),
            *(f"\n{_head(each)}\n{_totals(each)}" for each in shown.documents),
            *_remarks(shown),
        ]
    )


def added(line: BillLine, shown: Review) -> str:
    return f"✅ Added {_told(line.name, line)}\n\n{draft(shown)}"


def review(shown: Review) -> str:
    """Everything as the buyer will read it."""
    buyer = shown.draft.buyer
    room = _LINES_SHOWN // len(shown.documents)
    documents = [
        "\n".join(["", _head(each), *_some([_billed(line, each) for line in each.lines], room)])
        + f"\n{_totals(each)}"
        for each in shown.documents
    ]
    return "\n".join(
        [
            f"🧾 <b>Invoice for {esc(buyer.name)}</b>",
            *_buyer(buyer),
            *documents,
            *_remarks(shown),
            "",
            f"Is that right? Tap {SEND}.",
        ]
    )


def sent(of: Draft, entries: Sequence[InvoiceEntry], *, is_reachable: bool) -> str:
    told = "\nand ".join(f"<b>{each.number}</b>, {rupees(each.total_paise)}" for each in entries)
    if of.person_id is None:
        reaches = "A walk-in customer has no chat with us: fetch the PDF from 🧾 Invoices."
    elif is_reachable:
        reaches = f"{esc(of.buyer.name)} gets it as a PDF."
    else:
        reaches = f"{esc(of.buyer.name)} cannot be reached: fetch the PDF from 🧾 Invoices."
    return f"📤 Sent as {told}.\n{reaches}"


def entry(one: DraftEntry) -> str:
    """A button's label: bare text, no HTML."""
    many = "1 line" if one.lines == 1 else f"{one.lines} lines"
    return f"📝 {shorten(one.buyer_name, _NAME_ON_A_BUTTON)} · {many}"


def remove(one: DraftLine) -> str:
    """A button's label: bare text, no HTML."""
    return f"🗑 {shorten(one.line.name, _NAME_ON_A_BUTTON)} · {_sum(one.line)}"


def ask_price(name: str) -> str:
    return (
        f"✍️ <b>{esc(name)}</b>\nWhat does one cost in rupees? Send an amount like 1,500 or 1500.50."
    )


def ask_kind(name: str) -> str:
    return f"✍️ <b>{esc(name)}</b>\nWhat is it? That decides in which State it is taxed."


def ask_quantity(name: str, price_paise: int) -> str:
    return (
        f"🔢 <b>{esc(name)}</b>, {rupees(price_paise)}\nHow many? Tap a number, or send one from 1 "
        "to 9999."
    )


def ask_discount(name: str, price_paise: int, quantity: int) -> str:
    return (
        f"🏷 <b>{esc(name)}</b>, {quantity} × {rupees(price_paise)}\nHow much discount? Tap one, or "
        "send a percentage from 0 to 80, like 7.5."
    )


def ask_address(buyer: Buyer) -> str:
    now = f"\nNow: {esc(buyer.address)}" if buyer.address else ""
    return (
        f"🏠 <b>Address of {esc(buyer.name)}</b>\nSend it with the PIN code, up to 300 "
        f"characters.{now}"
    )


def ask_state(address: str) -> str:
    return (
        f"🏠 {esc(address)}\n<b>Which State is that in?</b> Tap one, or send its name or code, "
        "like Maharashtra or 27."
    )


def ask_gstin(buyer: Buyer) -> str:
    now = f"\nNow: <code>{buyer.gstin}</code>" if buyer.gstin else ""
    return (
        f"🏢 <b>GSTIN of {esc(buyer.name)}</b>\nSend its 15 characters, like 27ABCDE1234F1Z0. Its "
        f"State decides where goods are taxed.{now}"
    )


def _buyer(buyer: Buyer) -> list[str]:
    state = f"{buyer.state_code} {STATES.get(buyer.state_code or '', '')}".strip()
    place = [buyer.address, state if buyer.state_code else None]
    where = ", ".join(filter(None, place))
    return [
        *([f"🏠 {esc(where)}"] if where else []),
        *([f"🏢 <code>{buyer.gstin}</code>"] if buyer.gstin else []),
    ]


def _line(at: int, line: BillLine) -> str:
    return f"{at}. {_told(line.name, line)}"


def _told(name: str, line: BillLine | InvoiceLine) -> str:
    return f"{esc(shorten(name, _NAME))}: {_sum(line)}"


def _sum(line: BillLine | InvoiceLine) -> str:
    """Bare text: 2 × ₹499.00 − 10 % = ₹898.20."""
    less = f" − {percent(line.discount_bps)}" if line.discount_bps else ""
    if isinstance(line, BillLine):
        net = line.net_paise
    else:
        net = line.taxed.base_paise - line.taxed.discount_paise
    return f"{line.quantity} × {rupees(line.price_paise)}{less} = {rupees(net)}"


def _billed(line: InvoiceLine, of: Document) -> str:
    tax = f", GST {percent(line.rate_bps)}" if of.tax_type is not TaxType.NONE else ""
    return f"• {_told(line.name, line)}{tax}"


def _head(document: Document) -> str:
    place = STATES[document.place_of_supply]
    taxed = f", place of supply {place}" if document.tax_type is not TaxType.NONE else ""
    return f"📄 <b>{KINDS[document.kind]}</b>{taxed}"


def _totals(document: Document) -> str:
    sums, half = document.totals, document.second_half
    taxes = {
        TaxType.INTRA: f"CGST {rupees(sums.cgst_paise)}, {half} {rupees(sums.sgst_paise)}",
        TaxType.INTER: f"IGST {rupees(sums.igst_paise)}",
    }
    tax = taxes.get(document.tax_type)
    rounded = sums.round_off_paise
    return "\n".join(
        [
            *([f"Taxable {rupees(sums.taxable_paise)}\n{tax}"] if tax else []),
            *([f"Round-off {rupees(rounded)}"] if rounded else []),
            f"<b>Total {rupees(sums.total_paise)}</b>",
        ]
    )


def _remarks(shown: Review) -> list[str]:
    remarks = [_why_several(shown.documents)] if len(shown.documents) > 1 else []
    if shown.needs_address:
        remarks.append(_NEEDS_ADDRESS)
    return [f"\n{each}" for each in [*remarks, *_of_firms(shown)]]


def _of_firms(shown: Review) -> list[str]:
    """Rule 46 (d), and Notification 78/2020: said, and left to who sends it."""
    is_taxed = any(each.tax_type is not TaxType.NONE for each in shown.documents)
    if not (is_taxed and shown.draft.buyer.gstin):
        return []
    goods = [each.line for each in shown.draft.lines if each.line.kind is ItemKind.GOODS]
    return [
        *([] if shown.draft.buyer.address else [_FIRM_NEEDS_ADDRESS]),
        *([_FIRM_NEEDS_HSN] if any(not line.code for line in goods) else []),
    ]


def _why_several(documents: Sequence[Document]) -> str:
    places = list(dict.fromkeys(STATES[each.place_of_supply] for each in documents))
    reasons = []
    if len(places) > 1:
        reasons.append(
            f"What happens at the club is taxed in {places[0]}, the rest in {places[1]}, where "
            "the buyer is."
        )
    if len(documents) > len(places):
        reasons.append("For a buyer with a GSTIN, taxed and exempt lines may not share one.")
    return f"ℹ️ It becomes {len(documents)} documents. {' '.join(reasons)}"


def _some(lines: Sequence[str], room: int = _LINES_SHOWN) -> list[str]:
    if len(lines) <= room:
        return list(lines)
    return [*lines[:room], f"… and {len(lines) - room} more"]
