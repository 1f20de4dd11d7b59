"""What a credit note would be, as things stand."""

from collections.abc import Sequence

from bot.db.database import Repos
from bot.errors.credit_notes import InvoiceChanged, NotCreditable, NothingToCredit
from bot.models.credit_notes import (
    CreditedLine,
    CreditNote,
    CreditPlan,
    Seen,
    left_of_invoice,
    reduce,
    totals_of,
)
from bot.models.invoices import Invoice
from bot.models.tax import Totals


async def left(repos: Repos, invoice: Invoice) -> list[CreditedLine]:
    """What of its lines may still be credited."""
    notes = await repos.credit_notes.list_of_invoice(invoice.id)
    return left_of_invoice(invoice, _credited(notes))


async def cancellation(repos: Repos, invoice: Invoice) -> CreditPlan:
    """All that is left of it.

    Raises:
        NothingToCredit.
    """
    notes = await repos.credit_notes.list_of_invoice(invoice.id)
    lines = left_of_invoice(invoice, _credited(notes))
    if not lines:
        raise NothingToCredit
    return await _plan(repos, invoice, lines, notes)


async def reduction(repos: Repos, invoice: Invoice, *, position: int, paise: int) -> CreditPlan:
    """So much of one line, its tax included.

    Raises:
        NotCreditable: more than is left of that line.
    """
    notes = await repos.credit_notes.list_of_invoice(invoice.id)
    line = _reduced(invoice, _credited(notes), position=position, paise=paise)
    return await _plan(repos, invoice, [line], notes)


def check(plan: CreditPlan, seen: Seen | None) -> None:
    """Nothing was booked on its invoice since it was looked at.

    Raises:
        InvoiceChanged.
    """
    if seen is not None and seen != plan.seen:
        raise InvoiceChanged


async def _plan(
    repos: Repos, invoice: Invoice, lines: Sequence[CreditedLine], notes: Sequence[CreditNote]
) -> CreditPlan:
    return CreditPlan(
        invoice=invoice,
        lines=tuple(lines),
        totals=_totals(invoice, lines, notes),
        balance=await repos.balances.get(invoice.id),
    )


def _credited(notes: Sequence[CreditNote]) -> list[CreditedLine]:
    return [line for note in notes for line in note.lines]


def _reduced(
    invoice: Invoice, credited: Sequence[CreditedLine], *, position: int, paise: int
) -> CreditedLine:
    open_lines = {each.position: each for each in left_of_invoice(invoice, credited)}
    if position not in open_lines:
        raise NotCreditable(left_paise=0)
    line, rate_bps = open_lines[position], invoice.lines[position - 1].rate_bps
    try:
        return reduce(line, paise, rate_bps=rate_bps, tax=invoice.tax_type)
    except ValueError:
        raise NotCreditable(left_paise=line.total_paise) from None


def _totals(
    invoice: Invoice, lines: Sequence[CreditedLine], earlier: Sequence[CreditNote]
) -> Totals:
    """The invoice's own round-off goes back with the last of it; never more than its total."""
    before = sum(note.totals.before_round_paise for note in earlier)
    credited = sum(line.total_paise for line in lines)
    rest = invoice.totals.total_paise - sum(note.totals.total_paise for note in earlier) - credited
    is_last = before + credited == invoice.totals.before_round_paise
    return totals_of(lines, round_off_paise=rest if is_last else min(0, rest))
