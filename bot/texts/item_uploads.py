"""Every sentence about sending the catalogue as an Excel file."""

from typing import Final

from bot.errors import Refusal
from bot.errors.items import (
    ColumnsMissing,
    ColumnTwice,
    ItemFileExpected,
    NoItemRows,
    NotAWorkbook,
    SheetTooLarge,
    TooManyRows,
    UploadGone,
)
from bot.models.item_uploads import Applied, Fault, JudgedRow, Preview, Problem, Verdict
from bot.models.items import ItemFacts, differences
from bot.texts import items
from bot.texts.amounts import percent, rupees
from bot.texts.format import esc, shorten

UPLOAD: Final = "📥 Upload Excel"
TEMPLATE: Final = "📄 Template"
APPLY: Final = "✅ Apply"
ALL_ROWS: Final = "📄 All rows"
TITLE: Final = "upload of items"
TEMPLATE_FILE: Final = "store-items-template.xlsx"
VERDICTS_FILE: Final = "store-items-check.xlsx"

ASK_FILE: Final = (
    "📥 <b>Upload Excel</b>\nSend me the list as an .xlsx file. I will show what each row would do "
    "before anything changes.\nStart from the template, or from 📤 Export of what there is."
)
TEMPLATE_CAPTION: Final = (
    "📄 Put your items in place of the example and send the file back here. The second sheet says "
    "what goes where."
)
VERDICTS_CAPTION: Final = "📄 Every row of your file, with what comes of it and why."
STALE: Final = (
    "⚠️ The store has changed since I showed you this, so nothing was applied. This is how it "
    "looks now:"
)
_KINDS: Final = (
    "goods, fitness (at the club) or online. Blank leaves what there is; a new item with a code "
    "that begins with 99 is fitness, any other goods."
)
EXPLAINED: Final = (
    ("Serial", "The number of an item that is in the store already. Leave it blank for a new one."),
    ("Name", "Needed. As it is to stand on bills, at most 100 characters."),
    (
        "HSN/SAC",
        "4, 6 or 8 digits, or blank. Without a serial, the same name and code means that item.",
    ),
    ("MRP", "Needed. In rupees, like 1500 or 1500.50, at most two decimals."),
    ("GST %", "Needed. A plain number like 18, not a cell formatted as percent."),
    ("Stock", "Whole pieces. Blank leaves what there is; for a new item it means not counted."),
    ("Kind", _KINDS),
    ("Active", "yes or no: whether it is on sale. Blank leaves what there is; a new item is."),
    ("", "The order of the columns does not matter, and blank lines are skipped."),
)

REFUSALS: Final[dict[type[Refusal], str]] = {
    ItemFileExpected: "Please send the list as a file, an Excel workbook (.xlsx).",
    NotAWorkbook: "I cannot read that as an Excel workbook. Save it in Excel as .xlsx, without a "
    "password, and send it again.",
    SheetTooLarge: "The first sheet is far larger than a list of items. Copy only the list into a "
    "new workbook and send that.",
    NoItemRows: "There is no item in the first sheet: headings in the first row, then a row for "
    "each item, please. 📄 Template shows how.",
    TooManyRows: "That is more than {limit} rows. Please split the file.",
    ColumnsMissing: "I miss these columns: {columns}. The first row must hold the headings, as in "
    "📄 Template.",
    ColumnTwice: "The column “{column}” is there twice. Keep one of them and send the file again.",
    UploadGone: "I no longer have this file. Please send it again.",
}

VERDICTS: Final = {
    Verdict.ADD: "add",
    Verdict.CHANGE: "change",
    Verdict.LEAVE: "as it is",
    Verdict.REFUSE: "refused",
}
_PROBLEMS: Final = {
    Problem.SERIAL: "“{said}” is not a serial number; leave it blank for a new item",
    Problem.NAME_MISSING: "the name is missing",
    Problem.NAME_LONG: "the name is longer than 100 characters",
    Problem.HSN: "“{said}” is not an HSN or SAC code of 4, 6 or 8 digits",
    Problem.MRP: "“{said}” is not an MRP: rupees like 1500 or 1500.50, more than 0",
    Problem.RATE: "“{said}” is not a GST %: a number from 0 to 100, like 18",
    Problem.RATE_BELOW_ONE: "GST is {said}: the cell is formatted as percent; write 18 for 18 %",
    Problem.STOCK: "“{said}” is not a stock: whole pieces, like 12",
    Problem.KIND: "“{said}” is not a kind: goods, fitness or online",
    Problem.IS_ACTIVE: "“{said}” is neither yes nor no",
    Problem.UNKNOWN_SERIAL: "there is no item with serial {said}; leave it blank for a new item",
    Problem.TWICE: "row {said} is about the same item",
    Problem.TAKEN: "item {said} has this name and code",
}
# Of a long file chat shows so much that any names fit a message; 📄 All rows has the rest.
_REFUSED_LISTED: Final = 10
_OTHERS_LISTED: Final = 5
_NAME: Final = 30
_REASON: Final = 110


def preview(shown: Preview) -> str:
    """Refused rows if there are any, else what changes; the first of many."""
    counts = shown.counts
    totals = " · ".join(f"{counts[each]:,} {VERDICTS[each]}" for each in Verdict)
    return "\n".join(
        [
            f"📥 <b>{len(shown.rows):,} rows</b>: {totals}",
            *_ignored(shown),
            "",
            *_listed(shown, Verdict.REFUSE),
            *([] if counts[Verdict.REFUSE] else _listed(shown, Verdict.CHANGE)),
            *([] if counts[Verdict.REFUSE] else _listed(shown, Verdict.ADD)),
            _next_step(shown),
        ]
    )


def applied(done: Applied) -> str:
    return f"✅ Applied: {done.added:,} added, {done.changed:,} changed."


def told(each: JudgedRow) -> tuple[str, str]:
    """Verdict and reason of a row: bare text, no HTML."""
    return VERDICTS[each.verdict], _reason(each)


def _reason(each: JudgedRow) -> str:
    facts = each.facts
    if facts is None:
        return "; ".join(map(_problem, each.faults))
    if each.was is None:
        return _described(facts)
    was = each.was
    return "; ".join(
        items.FACTS.change(field, getattr(was, field), getattr(facts, field))
        for field in differences(was, facts)
    )


def _problem(fault: Fault) -> str:
    return _PROBLEMS[fault.problem].format(said=fault.said)


def _described(facts: ItemFacts) -> str:
    code = facts.hsn or "no code"
    pieces = "" if facts.stock is None else f", {facts.stock:,} pieces"
    price, tax = rupees(facts.mrp_paise), percent(facts.rate_bps)
    return f"{items.KINDS[facts.kind]}, {code}, {price}, GST {tax}{pieces}"


def _listed(shown: Preview, verdict: Verdict) -> list[str]:
    rows = [each for each in shown.rows if each.verdict is verdict]
    listed = _REFUSED_LISTED if verdict is Verdict.REFUSE else _OTHERS_LISTED
    lines = [_line(each) for each in rows[:listed]]
    if len(rows) > listed:
        lines.append(f"… and {len(rows) - listed:,} more like these: see 📄 All rows.")
    return lines


_MARKS: Final = {Verdict.ADD: "➕", Verdict.CHANGE: "✏️", Verdict.REFUSE: "❌", Verdict.LEAVE: "▫️"}


def _line(each: JudgedRow) -> str:
    name = shorten(each.row.name, _NAME) or "no name"
    mark, reason = _MARKS[each.verdict], shorten(_reason(each), _REASON)
    return f"{mark} Row {each.row.number}, <b>{esc(name)}</b>: {esc(reason)}"


def _ignored(shown: Preview) -> list[str]:
    if not shown.ignored:
        return []
    return [f"Columns I do not use: {esc(shorten(', '.join(shown.ignored), _REASON))}"]


def _next_step(shown: Preview) -> str:
    if shown.counts[Verdict.REFUSE]:
        return "\nNothing can be applied while a row is refused. Mend the file and send it again."
    if not shown.can_be_applied:
        return "\nThe store is like this already: there is nothing to apply."
    return "\nTap ✅ Apply to do all of it, or send another file."
