"""A refund voucher as a PDF: what Rule 51 asks for, where nothing was supplied for the money."""

from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable, Spacer, Table

from bot.documents._advances import Row, advances_table
from bot.documents._foot import signed, total
from bot.documents._head import details, letterhead, parties
from bot.documents._lines import Column, money, table
from bot.documents._look import GAP, HEADING, PLAIN, STRONG, texts
from bot.documents._pages import drawn
from bot.models.advances import RefundedAdvance
from bot.models.payments import RefundPaper
from bot.texts import paper


def refund_voucher_pdf(voucher: RefundPaper) -> bytes:
    """The same bytes for the same voucher. It computes for a while: call it in a thread."""
    return drawn(
        lambda: _story(voucher),
        title=f"{paper.REFUND_VOUCHER} {voucher.number}",
        footer=voucher.number,
        author=voucher.seller.legal_name,
    )


def _story(voucher: RefundPaper) -> list[Flowable]:
    seller, zone = voucher.seller, ZoneInfo(voucher.seller.timezone)
    gstin = paper.gstin(seller.gstin) if seller.gstin else None
    payee = [*texts(HEADING, paper.REFUNDED_TO), *texts(STRONG, voucher.payer_name)]
    places = {each.advance.place_of_supply: None for each in voucher.advances}
    said = [
        (paper.ISSUED, paper.day(voucher.refunded_at.astimezone(zone))),
        (paper.PLACE, ", ".join(map(paper.state, places))),
        (paper.REVERSE_CHARGE, paper.NO),
    ]
    rows = [_row(each, zone) for each in voucher.advances]
    other = voucher.other_paise
    return [
        *letterhead(seller, gstin, paper.REFUND_VOUCHER),
        parties(payee, details(voucher.number, said)),
        Spacer(0, GAP),
        advances_table(paper.OF_VOUCHERS, rows),
        Spacer(0, GAP / 2),
        *texts(PLAIN, paper.other_credit(other) if other else None),
        Spacer(0, GAP),
        _methods(voucher),
        Spacer(0, GAP / 2),
        total([], paper.TOTAL_REFUNDED, voucher.total_paise),
        Spacer(0, GAP),
        *texts(HEADING, paper.REASON),
        *texts(PLAIN, voucher.reason),
        Spacer(0, GAP),
        *signed(seller.legal_name),
    ]


def _row(each: RefundedAdvance, zone: ZoneInfo) -> Row:
    dated = paper.day(each.received_at.astimezone(zone))
    what = paper.paid_ahead_for(each.advance, each.purpose)
    return Row(
        description=f"{paper.of_date(each.number, dated)}\n{what}",
        advance=each.advance,
        totals=each.totals,
    )


def _methods(voucher: RefundPaper) -> Table:
    lines = voucher.lines
    how = [paper.method(line) for line in lines]
    return table(
        [
            Column(paper.METHOD, how, paper.TOTAL, is_words=True),
            money(paper.AMOUNT, [line.amount_paise for line in lines], voucher.total_paise),
        ]
    )
