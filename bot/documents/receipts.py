"""A receipt as a PDF: from whom, how, for what, and what is left.

Where what is left was taxed, it is a receipt voucher: what Rule 50 asks for.
"""

from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable, Spacer, Table

from bot.documents._advances import Row, advances_table
from bot.documents._foot import signed, total
from bot.documents._head import details, letterhead, parties
from bot.documents._lines import Column, money, table
from bot.documents._look import GAP, HEADING, PLAIN, QUIET, STRONG, texts
from bot.documents._pages import drawn
from bot.models.payments import ReceiptPaper
from bot.texts import paper


def receipt_pdf(receipt: ReceiptPaper) -> bytes:
    """The same bytes for the same receipt. It computes for a while: call it in a thread."""
    return drawn(
        lambda: _story(receipt),
        title=f"{_title(receipt)} {receipt.number}",
        footer=receipt.number,
        author=receipt.seller.legal_name,
    )


def _title(receipt: ReceiptPaper) -> str:
    return paper.RECEIPT_VOUCHER if receipt.advance else paper.RECEIPT


def _story(receipt: ReceiptPaper) -> list[Flowable]:
    seller = receipt.seller
    gstin = paper.gstin(seller.gstin) if seller.gstin else None
    dated = paper.day(receipt.received_at.astimezone(ZoneInfo(seller.timezone)))
    said = [(paper.RECEIVED, dated)]
    if receipt.advance:
        said.append((paper.PLACE, paper.state(receipt.advance.place_of_supply)))
        said.append((paper.REVERSE_CHARGE, paper.NO))
    payer = [*texts(HEADING, paper.RECEIVED_FROM), *texts(STRONG, receipt.payer_name)]
    return [
        *letterhead(seller, gstin, _title(receipt)),
        parties(payer, details(receipt.number, said)),
        Spacer(0, GAP),
        _methods(receipt),
        Spacer(0, GAP / 2),
        total([], paper.TOTAL_RECEIVED, receipt.total_paise),
        Spacer(0, GAP),
        *_purpose(receipt),
        *signed(seller.legal_name),
    ]


def _methods(receipt: ReceiptPaper) -> Table:
    lines = receipt.lines
    how = [paper.method(line) for line in lines]
    return table(
        [
            Column(paper.METHOD, how, paper.TOTAL, is_words=True),
            money(paper.AMOUNT, [line.amount_paise for line in lines], receipt.total_paise),
        ]
    )


def _purpose(receipt: ReceiptPaper) -> list[Flowable]:
    """The invoices that it settles, and what is no invoice's yet."""
    story: list[Flowable] = []
    if receipt.purpose:
        story += [*texts(HEADING, paper.FOR), *texts(PLAIN, receipt.purpose), Spacer(0, GAP / 2)]
    if receipt.settled:
        story += [*texts(HEADING, paper.FOR_INVOICES), Spacer(0, 2), _invoices(receipt)]
    if receipt.unused_paise:
        advance = paper.advance(receipt.unused_paise)
        story += [Spacer(0, GAP / 2), *texts(STRONG, advance)]
    return [*story, *_advance(receipt), Spacer(0, GAP)]


def _advance(receipt: ReceiptPaper) -> list[Flowable]:
    """Its tax, which the amount holds."""
    if (advance := receipt.advance) is None:
        return []
    what = paper.paid_ahead_for(advance, receipt.purpose)
    row = Row(description=what, advance=advance, totals=advance.totals)
    return [
        Spacer(0, GAP / 2),
        advances_table(paper.PAID_AHEAD, [row]),
        Spacer(0, 2),
        *texts(QUIET, None if advance.kind else paper.OPEN_RATE),
    ]


def _invoices(receipt: ReceiptPaper) -> Table:
    settled = receipt.settled
    return table(
        [
            Column(paper.INVOICE, [each.number for each in settled], paper.TOTAL, is_words=True),
            money(
                paper.SETTLED,
                [each.amount_paise for each in settled],
                sum(each.amount_paise for each in settled),
            ),
            money(
                paper.STILL_DUE,
                [each.due_paise for each in settled],
                sum(each.due_paise for each in settled),
            ),
        ]
    )
