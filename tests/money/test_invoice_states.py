"""The state of an invoice follows from its rows, and from nothing else."""

from datetime import date

import pytest

from bot.models.invoices import Balance, InvoiceState

DUE = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("credited", "allocated", "today", "state"),
    [
        (0, 0, DUE, InvoiceState.OPEN),
        (30, 0, DUE, InvoiceState.OPEN),
        (0, 1, DUE, InvoiceState.PART_PAID),
        (0, 1, date(2026, 11, 29), InvoiceState.OVERDUE),
        (0, 0, date(2026, 11, 29), InvoiceState.OVERDUE),
        (0, 100, date(2027, 11, 29), InvoiceState.PAID),
        (30, 70, date(2027, 11, 29), InvoiceState.PAID),
        (100, 0, date(2027, 11, 29), InvoiceState.CREDITED),
    ],
)
def test_states(credited, allocated, today, state):
    balance = Balance(
        total_paise=100, credited_paise=credited, allocated_paise=allocated, due_on=DUE
    )
    assert balance.state(today) is state


def test_an_invoice_of_nothing_is_paid():
    nothing = Balance(total_paise=0, credited_paise=0, allocated_paise=0, due_on=DUE)
    assert nothing.state(date(2030, 1, 1)) is InvoiceState.PAID
