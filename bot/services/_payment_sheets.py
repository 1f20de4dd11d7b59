"""The Excel file of a period's payments and refunds. For a thread, not the loop."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.audit import NOBODY
from bot.models.exports import Returned
from bot.models.payments import Method, Payment, RefundKind
from bot.services._money_cells import blank, day
from bot.services._spreadsheet import Cell, Rupees, Spreadsheet

_METHODS: Final = {
    Method.CASH: "Cash",
    Method.UPI: "UPI",
    Method.CARD: "Card",
    Method.BANK: "Bank transfer",
}
_REFUNDS: Final = {RefundKind.REFUND: "Refund", RefundKind.REVERSAL: "Booked back"}
_PAYMENTS: Final = (
    *(("Receipt", 18), ("Date", 12), ("Payer", 28), ("Method", 14), ("Amount", 13)),
    *(("Reference", 22), ("Receipt total", 13), ("For invoices", 40), ("Given back", 12)),
    *(("Left as credit", 13), ("Purpose", 28), ("Recorded by", 24)),
)
_RETURNED: Final = (
    *(("Number", 18), ("Date", 12), ("Kind", 13), ("Whose", 28), ("Method", 14), ("Amount", 13)),
    *(("Reference", 22), ("Of receipts", 30), ("Reason", 36), ("Recorded by", 24)),
)
_DAYS: Final = (
    *(("Day", 12), ("Method", 14)),
    *(("Received", 13), ("Given back", 13), ("Net", 13)),
)


def payments(received: Sequence[Payment], returned: Sequence[Returned], zone: ZoneInfo) -> bytes:
    """Receipts line by line, what was given or booked back, and sums by day and by method.

    What is told of a whole receipt stands in its first line only, so that columns can be summed.
    """
    sheet = Spreadsheet("Payments", _PAYMENTS)
    sheet.write(row for each in received for row in _payment(each, zone))
    whole = Rupees(sum(each.total_paise for each in received))
    back = Rupees(sum(each.refunded_paise for each in received))
    credit = Rupees(sum(each.unused_paise for each in received))
    sheet.write_total(("Total", *blank(3), whole, None, whole, None, back, credit))
    sheet.turn_over("Given back", _RETURNED)
    sheet.write(row for each in returned for row in _refund(each, zone))
    given = Rupees(sum(each.refund.total_paise for each in returned))
    sheet.write_total(("Total", *blank(4), given))
    ins, outs = _moved(received, returned, zone)
    sheet.turn_over("By day and method", _DAYS)
    order = list(Method)
    moved = sorted(ins.keys() | outs.keys(), key=lambda key: (key[0], order.index(key[1])))
    sheet.write((on, _METHODS[way], *_net(ins[on, way], outs[on, way])) for on, way in moved)
    sheet.write_total(("Total", None, *_net(ins.total(), outs.total())))
    sheet.turn_over("By method", _DAYS[1:])
    for way in order:
        by_way = [
            sum(paise for (_, method), paise in moves.items() if method is way)
            for moves in (ins, outs)
        ]
        sheet.write([(_METHODS[way], *_net(*by_way))])
    sheet.write_total(("Total", *_net(ins.total(), outs.total())))
    return sheet.finish()


def _payment(each: Payment, zone: ZoneInfo) -> list[tuple[Cell, ...]]:
    settled = ", ".join(part.number for part in each.settled)
    of_all: tuple[Cell, ...] = (
        *(Rupees(each.total_paise), settled, Rupees(each.refunded_paise)),
        *(Rupees(each.unused_paise), each.purpose, each.recorded_by or NOBODY),
    )
    received_on = day(each.received_at, zone)
    return [
        (
            *(each.number, received_on, each.payer_name or NOBODY, _METHODS[line.method]),
            *(Rupees(line.amount_paise), line.reference),
            *(of_all if number == 0 else ()),
        )
        for number, line in enumerate(each.lines)
    ]


def _refund(each: Returned, zone: ZoneInfo) -> list[tuple[Cell, ...]]:
    refund = each.refund
    returned_on, whose = day(refund.refunded_at, zone), each.payer_name or NOBODY
    return [
        (
            *(refund.number, returned_on, _REFUNDS[refund.kind], whose, _METHODS[line.method]),
            *(Rupees(line.amount_paise), line.reference, ", ".join(each.receipts)),
            *(refund.reason, refund.recorded_by or NOBODY),
        )
        for line in refund.lines
    ]


def _moved(
    received: Sequence[Payment], returned: Sequence[Returned], zone: ZoneInfo
) -> tuple[Counter[tuple[date, Method]], Counter[tuple[date, Method]]]:
    ins, outs = Counter[tuple[date, Method]](), Counter[tuple[date, Method]]()
    for payment in received:
        for line in payment.lines:
            ins[day(payment.received_at, zone), line.method] += line.amount_paise
    for each in returned:
        for line in each.refund.lines:
            outs[day(each.refund.refunded_at, zone), line.method] += line.amount_paise
    return ins, outs


def _net(came: int, went: int) -> tuple[Cell, ...]:
    return Rupees(came), Rupees(went), Rupees(came - went)
