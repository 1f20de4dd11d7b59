"""A line credited bit by bit: no head of tax below nothing or beyond its bill, exact at last."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.credit_notes import CreditedLine, reduce
from bot.models.tax import TaxType

RATES = st.sampled_from([0, 25, 300, 500, 1_200, 1_800, 2_800, 4_000, 10_000])


@st.composite
def billed(draw):
    """A line as it may be billed: its halves are equal, and it has one kind of tax."""
    tax, rate_bps = draw(st.sampled_from(TaxType)), draw(RATES)
    taxable = draw(st.integers(0, 9_999_999))
    exact = taxable * rate_bps
    nudge = draw(st.integers(-1, 1))  # prices that hold their tax: a paisa either way
    half = max(0, (exact + 10_000) // 20_000 + nudge) if tax is TaxType.INTRA and rate_bps else 0
    igst = max(0, (exact + 5_000) // 10_000 + nudge) if tax is TaxType.INTER and rate_bps else 0
    line = CreditedLine(
        position=1, taxable_paise=taxable, cgst_paise=half, sgst_paise=half, igst_paise=igst
    )
    return line, rate_bps if tax is not TaxType.NONE else 0, tax


def minus(left: CreditedLine, taken: CreditedLine) -> CreditedLine:
    return CreditedLine(
        position=1,
        taxable_paise=left.taxable_paise - taken.taxable_paise,
        cgst_paise=left.cgst_paise - taken.cgst_paise,
        sgst_paise=left.sgst_paise - taken.sgst_paise,
        igst_paise=left.igst_paise - taken.igst_paise,
    )


def heads(line: CreditedLine) -> tuple[int, ...]:
    return line.taxable_paise, line.cgst_paise, line.sgst_paise, line.igst_paise


@settings(max_examples=150, deadline=None)
@given(billed(), st.data())
def test_whatever_is_taken_back_is_never_more_than_is_left(case, data):
    left, rate_bps, tax = case
    for _ in range(12):
        if not left.total_paise:
            break
        paise = data.draw(st.integers(1, left.total_paise))
        try:
            taken = reduce(left, paise, rate_bps=rate_bps, tax=tax)
        except ValueError:  # an odd paisa of tax alone; all of it always goes
            assert left.taxable_paise < paise
            taken = reduce(left, left.total_paise, rate_bps=rate_bps, tax=tax)
            paise = left.total_paise
        assert taken.total_paise == paise
        assert taken.cgst_paise == taken.sgst_paise
        assert min(heads(taken)) >= 0
        left = minus(left, taken)
        assert min(heads(left)) >= 0
    if left.total_paise:
        left = minus(left, reduce(left, left.total_paise, rate_bps=rate_bps, tax=tax))
    assert heads(left) == (0, 0, 0, 0)


@settings(max_examples=150, deadline=None)
@given(billed(), st.data())
def test_a_first_reduction_is_taxed_at_the_rate_of_its_bill(case, data):
    """To the paisa of rounding, and of the bill's own rounding."""
    left, rate_bps, tax = case
    if left.total_paise < 2:
        return
    paise = data.draw(st.integers(1, left.total_paise - 1))
    try:
        taken = reduce(left, paise, rate_bps=rate_bps, tax=tax)
    except ValueError:
        assert left.taxable_paise < paise
        return
    due = paise * rate_bps / (10_000 + rate_bps)
    off = taken.cgst_paise + taken.sgst_paise + taken.igst_paise - due
    assert abs(off) <= 3
