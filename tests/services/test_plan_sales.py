"""Revenue by plan: figures worked by hand, months by the club's clock."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from bot.errors.exports import NothingToExport
from bot.models.claims import NewClaim
from bot.models.exports import ExportKind, Figure, Period
from bot.models.payments import Account
from bot.models.plan_sales import PlanSales, Sales, total
from bot.models.purchases import Decision, NewPurchase, Starts
from bot.services.credit_notes import CreditNoteService
from bot.services.exports import ExportService
from bot.services.plan_sales import PlanSalesService
from tests.services.exporting import pay, sheets
from tests.services.test_subscriptions import Desk, cash, member
from tests.stories.subscribing import subscribed

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
LAST_SECOND = datetime(2026, 10, 31, 18, 29, 59, tzinfo=UTC)  # 23:59:59 in India
MIDNIGHT = datetime(2026, 10, 31, 18, 30, tzinfo=UTC)
LATER = datetime(2026, 12, 5, 9, tzinfo=UTC)


async def sold(db, admin, number, *, plan_id, rupees, paid, at):
    """Returns the bill's id and whose it is."""
    desk, person = Desk(db, at), await member(db, number)
    new = NewPurchase(
        plan_id=plan_id,
        starts=Starts.TODAY,
        total_paise=rupees * 100,
        payment=NewClaim(lines=(cash(rupees * 100),)),
    )
    purchase = await desk.purchases.submit(new, me=person, operation_id=uuid4())
    decision = Decision(price_paise=rupees * 100, last_day=date(2027, 2, 1), cash_paise=paid * 100)
    await desk.activations.approve(purchase.id, by=admin, decision=decision)
    (bought,) = await desk.subscriptions.list_of(person.id)
    return (await desk.activations.deal(bought.id)).invoice_id, person


def sales(sold, billed, received, credited) -> Sales:
    return Sales(
        sold=sold,
        billed_paise=billed * 100,
        received_paise=received * 100,
        credited_paise=credited * 100,
    )


@pytest.fixture
async def autumn(db, vera) -> None:
    """One bill of October's last second; three of November, one paid in two parts, one credited."""
    await sold(db, vera, 21, plan_id=1, rupees=2_500, paid=2_500, at=LAST_SECOND)
    _, bina = await sold(db, vera, 22, plan_id=1, rupees=2_500, paid=1_000, at=MIDNIGHT)
    await pay(db, vera, Account(person_id=bina.id), ("cash", 500, None), at=LATER)
    await sold(db, vera, 23, plan_id=1, rupees=2_500, paid=0, at=MIDNIGHT)
    bill, _ = await sold(db, vera, 24, plan_id=2, rupees=7_000, paid=7_000, at=MIDNIGHT)
    await CreditNoteService(db, now=lambda: LATER).reduce(
        bill, position=1, paise=2_000_00, reason="ill", by=vera, operation_id=uuid4()
    )
    await subscribed(db, await member(db, 25), vera)  # a gift: no bill, nothing sold


async def test_a_month_by_plan_is_what_its_bills_came_to(db, autumn):
    service = PlanSalesService(db, now=lambda: LATER)
    november = await service.month(NOVEMBER)
    # 1,000 and 500 of 2,500 came in, of the other 2,500 nothing; of 7,000 less 2,000 all 5,000
    assert november.plans == [
        PlanSales(month=NOVEMBER, name="30 Days", sales=sales(2, 5_000, 1_500, 0)),
        PlanSales(month=NOVEMBER, name="90 Days", sales=sales(1, 7_000, 5_000, 2_000)),
    ]
    assert total(november.plans) == sales(3, 12_000, 6_500, 2_000)
    assert total(november.plans).due_paise == 3_500_00
    assert (november.earlier, november.later) == (OCTOBER, None)
    october = await service.month(OCTOBER)
    assert [each.sales for each in october.plans] == [sales(1, 2_500, 2_500, 0)]
    assert (october.earlier, october.later) == (None, NOVEMBER)
    now = await service.month()
    assert (now.month, now.plans, now.earlier) == (date(2026, 12, 1), [], NOVEMBER)


async def test_an_owner_takes_the_same_figures_out_as_a_file(db, vera, autumn):
    async with db.transaction() as tx:
        await tx.plans._conn.execute("UPDATE plans SET name = '=1+1' WHERE id = 1")
    exports = ExportService(db, now=lambda: LATER)
    period = Period(first=OCTOBER, last=date(2026, 11, 30))
    made = await exports.of_period(ExportKind.PLANS, period, by=vera)
    assert (made.rows, made.paise[Figure.RECEIVED]) == (4, 9_000_00)
    found = sheets(made.content)
    assert [list(row.values()) for row in found["By plan"]] == [
        ["=1+1", 3, 7_500, 4_000, 0, 3_500],
        ["90 Days", 1, 7_000, 5_000, 2_000, 0],
        ["Total", 4, 14_500, 9_000, 2_000, 3_500],
    ]
    assert [row["Billed"] for row in found["By month"]] == [2_500, 12_000, 14_500]
    assert [row["Sold"] for row in found["By month and plan"]] == [1, 2, 1, 4]
    with pytest.raises(NothingToExport):
        nothing = Period(first=date(2026, 9, 1), last=date(2026, 9, 30))
        await exports.of_period(ExportKind.PLANS, nothing, by=vera)
