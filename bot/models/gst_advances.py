"""What is paid ahead, in the tables of GSTR-1: which goes where is told in ``gst_summary``."""

from collections.abc import Iterable, Sequence

from bot.models.advances import Advance
from bot.models.exports import AheadUse, TakenAhead, UsedAhead
from bot.models.gst_tables import (
    AdvanceRow,
    AdvanceTables,
    Nature,
    SeriesRow,
    Sums,
    series_rows,
    total,
)
from bot.models.tax import TaxType, Totals


def advance_tables(taken: Sequence[TakenAhead], used: Sequence[UsedAhead]) -> AdvanceTables:
    """Of all that was paid ahead in a period, and of all that became of any in it."""
    of_now = {each.payment_id for each in taken}
    received = [(each.advance, of_totals(each.advance.totals)) for each in taken]
    received += [
        (each.advance, -of_totals(each.totals)) for each in used if each.payment_id in of_now
    ]
    earlier = [each for each in used if each.payment_id not in of_now]
    adjusted = [each for each in earlier if each.use is AheadUse.ADJUSTED]
    back = [each for each in earlier if each.use is not AheadUse.ADJUSTED]
    whole = total(of_totals(each.advance.totals) for each in taken if each.advance.rate_bps)
    gone = total(of_totals(each.totals) for each in used if each.advance.rate_bps)
    return AdvanceTables(
        received=_rows(received),
        adjusted=_rows((each.advance, of_totals(each.totals)) for each in adjusted),
        back=_rows((each.advance, of_totals(each.totals)) for each in back),
        returned=[each for each in used if each.use is not AheadUse.ADJUSTED],
        documents=whole + -gone,
    )


def voucher_series(taken: Sequence[TakenAhead], used: Sequence[UsedAhead]) -> list[SeriesRow]:
    """Receipt vouchers share their series with receipts of nothing ahead: only they are counted."""
    void = {each.number for each in taken if each.is_void}
    refunds = dict.fromkeys(each.number for each in used if each.use is AheadUse.REFUNDED)
    receipts = [each.number for each in taken]
    return [
        *series_rows(Nature.RECEIPT_VOUCHERS, receipts, cancelled=void),
        *series_rows(Nature.REFUND_VOUCHERS, refunds),
    ]


def of_totals(totals: Totals) -> Sums:
    return Sums(totals.taxable_paise, totals.igst_paise, totals.cgst_paise, totals.sgst_paise)


def _rows(parts: Iterable[tuple[Advance, Sums]]) -> list[AdvanceRow]:
    """By place and rate, those within the State first; without what is not taxed, or is none."""
    found: dict[tuple[bool, str, int], Sums] = {}
    for advance, sums in parts:
        if advance.rate_bps:
            is_inter = advance.tax_type is TaxType.INTER
            key = (is_inter, advance.place_of_supply, advance.rate_bps)
            found[key] = found.get(key, Sums()) + sums
    return [
        AdvanceRow(is_inter=is_inter, place=place, rate_bps=rate, sums=sums)
        for (is_inter, place, rate), sums in sorted(found.items(), key=lambda each: each[0])
        if sums != Sums()
    ]
