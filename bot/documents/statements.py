"""A statement of account as a PDF."""

from dataclasses import replace
from typing import Final

from reportlab.platypus import Flowable, HRFlowable, Spacer, Table

from bot.documents._look import (
    ACCENT,
    GAP,
    HEADING,
    LABEL,
    NAME,
    PLAIN,
    QUIET,
    STRONG,
    TITLE,
    WIDTH,
    columns,
    ledger,
    right,
    texts,
)
from bot.documents._pages import drawn
from bot.documents.text import Style, Text
from bot.models.business import Business
from bot.models.statements import Statement, StatementLine
from bot.texts import paper
from bot.texts import statements as words
from bot.texts.amounts import number

_WIDTHS: Final = (0.13, 0.21, 0.2, 0.15, 0.15, 0.16)  # of the page: date to balance
_PADDING: Final = 5.0


def statement_pdf(shown: Statement) -> bytes:
    """The same bytes for the same statement. It computes for a while: call it in a thread."""
    return drawn(
        lambda: [*_head(shown), _table(shown), Spacer(0, GAP), *_foot(shown)],
        title=f"{words.TITLE} {words.period(shown)}",
        footer=words.period(shown),
        author=shown.business.legal_name,
    )


def _head(shown: Statement) -> list[Flowable]:
    title = texts(TITLE, words.TITLE)
    return [
        columns([[_club(shown.business), title]], [WIDTH * 0.52, WIDTH * 0.48]),
        HRFlowable(width="100%", thickness=1, color=ACCENT, spaceBefore=6, spaceAfter=8),
        columns([[_account(shown), _details(shown)]], [WIDTH * 0.5, WIDTH * 0.5]),
        Spacer(0, GAP),
    ]


def _club(business: Business) -> list[Flowable]:
    name = business.trade_name.strip() or business.legal_name
    registered = paper.gstin(business.gstin) if business.gstin and business.charges_gst else None
    return [
        *texts(NAME, name),
        *texts(STRONG, business.legal_name if business.legal_name != name else None),
        *texts(PLAIN, business.address),
        *texts(STRONG, registered),
    ]


def _account(shown: Statement) -> list[Flowable]:
    return [*texts(HEADING, words.OF), *texts(STRONG, words.name(shown))]


def _details(shown: Statement) -> Table:
    rows = [
        (words.PERIOD, words.period(shown)),
        (words.OPENING, words.balance(shown.opening_paise)),
        (words.CLOSING, words.balance(shown.closing_paise)),
    ]
    cells = [[Text(f"{label}:", LABEL), Text(said, PLAIN)] for label, said in rows]
    return columns(cells, [WIDTH * 0.18, WIDTH * 0.32])


def _table(shown: Statement) -> Table:
    heading = replace(STRONG, colour=ACCENT)
    head = (words.DATE, words.DOCUMENT, words.NUMBER, words.BILLED, words.PAID, words.BALANCE)
    opening = ("", words.OPENING, "", "", "", words.figure(shown.opening_paise))
    closing = (
        *("", words.CLOSING, ""),
        *(
            number(shown.billed_paise),
            number(shown.lessened_paise),
            words.figure(shown.closing_paise),
        ),
    )
    cells = [
        _row(head, heading),
        _row(opening, PLAIN),
        *(_row(_said(line), PLAIN) for line in shown.lines),
        _row(closing, STRONG),
    ]
    return ledger(cells, [WIDTH * each for each in _WIDTHS], _PADDING)


def _said(line: StatementLine) -> tuple[str, ...]:
    amount = number(abs(line.amount_paise))
    charged, paid = (amount, "") if line.amount_paise > 0 else ("", amount)
    kind = words.KINDS[line.kind]
    return paper.day(line.on), kind, line.number, charged, paid, words.figure(line.balance_paise)


def _row(said: tuple[str, ...], style: Style) -> list[Text]:
    """The first three are words, the others figures."""
    return [Text(word, style if at < 3 else right(style)) for at, word in enumerate(said)]  # noqa: PLR2004


def _foot(shown: Statement) -> list[Text]:
    note = words.NOTE if shown.lines or shown.opening_paise else None
    return texts(QUIET, note, paper.GENERATED)
