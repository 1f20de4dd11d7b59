"""Every sentence about the store's items."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.items import (
    ItemExists,
    ItemGone,
    ItemNotFound,
    ItemOffSale,
    ItemSearchTooShort,
    NotAnAmount,
    NotAnHsn,
    NotAnItemName,
    NotAPercent,
    NotAStock,
)
from bot.models.items import FoundItems, Item, ItemExport, ItemFacts, ItemField, ItemKind, ItemPage
from bot.texts._facts import Facts
from bot.texts.amounts import percent, rupees
from bot.texts.format import esc, moment, shorten

SEARCH: Final = "🔍 Search"
ADD: Final = "➕ Add item"
EXPORT: Final = "📤 Export"
SAVE: Final = "✅ Save"
DEACTIVATE: Final = "🚫 Deactivate"
ACTIVATE: Final = "♻️ Activate"
NO_HSN: Final = "⏭ No code"
NO_STOCK: Final = "⏭ Not counted"
TITLE: Final = "new item"

KINDS: Final = {
    ItemKind.GOODS: "📦 Goods",
    ItemKind.FITNESS: "🏋️ Fitness at the club",
    ItemKind.ONLINE: "💻 Online",
}
_NAMES: Final = {
    ItemField.NAME: "Name",
    ItemField.HSN: "HSN/SAC",
    ItemField.MRP: "MRP",
    ItemField.RATE: "GST %",
    ItemField.STOCK: "Stock",
    ItemField.KIND: "Kind",
    ItemField.IS_ACTIVE: "On sale",
}
ASK_SEARCH: Final = (
    "🔍 <b>Search the store</b>\nSend the serial number, or at least 2 letters of the name."
)
SAVED: Final = "✅ Saved."
_ASK: Final = {
    ItemField.NAME: "What is it called? Send the name as it is to stand on bills.",
    ItemField.HSN: "What is its HSN or SAC code? Send 4, 6 or 8 digits, like 2106.",
    ItemField.MRP: "What is its MRP in rupees? Send an amount like 1,500 or 1500.50.",
    ItemField.RATE: "How much GST is on it? Tap one, or send a percentage like 18.",
    ItemField.STOCK: "How many pieces are there? Send a number like 12.",
}
_SHOWN: Final = (ItemField.KIND, ItemField.HSN, ItemField.MRP, ItemField.RATE, ItemField.STOCK)
_NAME_ON_A_BUTTON: Final = 30
_PIECES: Final = "pieces"

REFUSALS: Final[dict[type[Refusal], str]] = {
    NotAnAmount: "“{typed}” is not an amount. Send rupees like 1500, 1,500 or ₹1500.50: more than "
    "0, at most 99,99,999.99, at most two decimals.",
    NotAPercent: "“{typed}” is not a percentage. Send one from 0 to 100, like 18 or 2.5.",
    NotAnItemName: "Please send a name with letters or digits, at most {limit} characters.",
    NotAnHsn: "“{typed}” is not an HSN or SAC code. Send 4, 6 or 8 digits, like 2106 or 999723.",
    NotAStock: "“{typed}” is not a number of pieces. Send digits like 12, at most 10,00,000.",
    ItemExists: "“{name}” with this code is on sale already, as item {serial}. Change the name or "
    "the code, or edit that item.",
    ItemOffSale: "“{name}” is not on sale any more. See 🛒 Store.",
    ItemGone: "This item is not there any more.",
    ItemNotFound: "No item found for “{typed}”. Send a serial number like 12, or at least 2 "
    "letters of the name.",
    ItemSearchTooShort: "Please send a serial number, or at least 2 letters of the name.",
}


def page(shown: ItemPage) -> str:
    head = "🛒 <b>Store items</b>"
    if not shown.total:
        return f"{head}\nNothing here yet. Add an item, or upload a list from Excel."
    if shown.pages > 1:
        head += f", page {shown.number + 1} of {shown.pages}"
    many = "1 item" if shown.total == 1 else f"{shown.total:,} items"
    return f"{head}\n{many}. Tap one to see or change it."


def several(found: FoundItems) -> str:
    if found.more:
        return f"🔍 The first {len(found.items)} of more. Choose, or send more of the name."
    return f"🔍 {len(found.items)} items fit. Choose, or send another search."


def hit(item: Item) -> str:
    """A button's label: bare text, no HTML."""
    mark = "" if item.is_active else "🚫 "
    return f"{mark}{item.serial} · {shorten(item.name, _NAME_ON_A_BUTTON)} · " + rupees(
        item.mrp_paise
    )


def card(item: Item) -> str:
    on_sale = "on sale" if item.is_active else "🚫 not on sale"
    return "\n".join(
        [
            f"🏷 <b>{esc(item.name)}</b>",
            f"Serial <code>{item.serial}</code>, {on_sale}",
            *FACTS.lines(item, _SHOWN),
        ]
    )


def review(facts: ItemFacts) -> str:
    lines = [f"🏷 <b>{esc(facts.name)}</b>", *FACTS.lines(facts, _SHOWN)]
    return "\n".join([*lines, "", "Is that right? Choose its kind if another fits, then save."])


def kind(this: ItemKind, *, is_chosen: bool) -> str:
    return f"✔️ {KINDS[this]}" if is_chosen else KINDS[this]


def _value(field: ItemField, what: Any) -> str:
    match field:
        case ItemField.MRP:
            return rupees(what)
        case ItemField.RATE:
            return percent(what)
        case ItemField.STOCK:
            return "not counted" if what is None else f"{what:,} {_PIECES}"
        case ItemField.KIND:
            return KINDS[ItemKind(what)]
        case ItemField.IS_ACTIVE:
            return "yes" if what else "no"
        case _:
            return str(what) or "none"


def exported(export: ItemExport, zone: ZoneInfo) -> str:
    many = "1 item" if export.items == 1 else f"{export.items:,} items"
    return (
        f"🛒 Store: {many}, as of {moment(export.at, zone)}.\n"
        "Change it in Excel and send it back with 📥 Upload Excel."
    )


def file_name(at: datetime, zone: ZoneInfo) -> str:
    return f"store-items-{at.astimezone(zone):%Y-%m-%d-%H%M}.xlsx"


FACTS: Final = Facts(thing="item", names=_NAMES, questions=_ASK, value=_value)
