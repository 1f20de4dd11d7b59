"""What is owed, by whom, since when: from the balances, and by hand for a worked example."""

import asyncio
from datetime import datetime
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.errors import NotAllowed
from bot.errors.payments import DuesChanged, NoCredit, NothingDue
from bot.errors.receivables import AccountGone
from bot.models.payments import Account, Receipt
from bot.models.people import Office
from bot.models.receivables import account_at, ref_of
from bot.models.statements import Period
from bot.services.credit_notes import CreditNoteService
from bot.services.payments import PaymentService
from bot.services.receivables import ReceivableService
from tests.postgres import connected
from tests.services.test_bans import known
from tests.services.test_payments import cash, received, upi
from tests.stories.invoicing import billed, registered, services_at


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await known(db, 7)


@pytest.fixture(autouse=True)
async def books_balance(db, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


def at(moment: str) -> datetime:
    """UTC; 18:30 is midnight in Kolkata."""
    return datetime.fromisoformat(f"{moment}+00:00")


async def bill(db, admin, buyer, moment, rupees=1_000) -> object:
    (entry,) = await billed(services_at(db, at(moment)), admin, buyer, rupees=rupees)
    return entry


def looked(db, moment) -> ReceivableService:
    return ReceivableService(db, now=lambda: at(moment))


async def pay(db, admin, receipt, moment) -> object:
    payments = PaymentService(db, now=lambda: at(moment))
    return await payments.record(receipt, by=admin, operation_id=uuid4())


def of_walk_in(entry, *lines) -> Receipt:
    return Receipt(account=Account(walk_in_id=entry.id), lines=lines)


@pytest.mark.parametrize(
    ("issued", "seen", "age"),
    [
        ("2026-10-25T03:00", "2026-11-24T18:29", "up_to_30"),  # 23:59 on the 30th day
        ("2026-10-25T03:00", "2026-11-24T18:30", "up_to_60"),  # midnight: the 31st
        ("2026-10-24T18:29", "2026-11-23T18:30", "up_to_60"),  # 24 October, until 24 November
        ("2026-10-24T18:30", "2026-11-23T18:30", "up_to_30"),  # 25 October
        ("2026-09-25T06:00", "2026-11-24T06:00", "up_to_60"),
        ("2026-09-24T06:00", "2026-11-24T06:00", "up_to_90"),
        ("2026-08-26T06:00", "2026-11-24T06:00", "up_to_90"),
        ("2026-08-25T06:00", "2026-11-24T06:00", "over_90"),
        ("2026-11-24T06:00", "2026-11-24T06:01", "up_to_30"),
    ],
)
async def test_its_age_is_counted_in_days_of_the_club(db, asha, anna, issued, seen, age):
    await bill(db, asha, anna, issued)
    shown = await looked(db, seen).overview()
    ages = ("up_to_30", "up_to_60", "up_to_90", "over_90")
    assert {each: getattr(shown, f"{each}_paise") for each in ages} == {
        each: 1_050_00 * (each == age) for each in ages
    }


@pytest.mark.parametrize(("seen", "overdue"), [("2026-12-01T18:29", 0), ("2026-12-01T18:30", 1)])
async def test_overdue_begins_with_the_day_after_the_due_day(db, asha, anna, seen, overdue):
    await bill(db, asha, anna, "2026-11-24T06:00")  # due on 1 December
    shown = await looked(db, seen).overview()
    assert (shown.overdue, shown.overdue_paise) == (overdue, 1_050_00 * overdue)
    assert (await looked(db, seen).overdue(0)).count == overdue


async def test_every_list_adds_up_to_the_totals(db, asha, anna):
    people = [anna, *[await known(db, number) for number in range(20, 28)]]
    for number, person in enumerate(people):
        await bill(db, asha, person, "2026-11-01T06:00", rupees=1_000 + number)
        await bill(db, asha, person, "2026-08-01T06:00", rupees=500)
    guest = await bill(db, asha, "Ravi", "2026-10-01T06:00", rupees=9_000)
    settled = await bill(db, asha, "Settled", "2026-10-01T06:00", rupees=100)
    await pay(db, asha, of_walk_in(settled, cash(105_00)), "2026-10-02T06:00")
    await pay(db, asha, of_walk_in(guest, cash(450_00)), "2026-10-02T06:00")
    for person in people[:2]:
        await pay(db, asha, received(person, cash(5_000_00)), "2026-11-02T06:00")
    desk = looked(db, "2026-11-24T06:00")
    shown = await desk.overview()
    debtors = [each for page in range(2) for each in (await desk.debtors(page)).entries]
    overdue = [each for page in range(3) for each in (await desk.overdue(page)).entries]
    held = (await desk.creditors(0)).entries
    cards = [await desk.card(each.account) for each in debtors]
    assert (len(debtors), shown.debtors, (await desk.debtors(0)).pages) == (8, 8, 2)
    assert sum(each.paise for each in debtors) == shown.outstanding_paise
    assert (await desk.debtors(0)).total_paise == shown.outstanding_paise
    assert sum(card.due_paise for card in cards) == shown.outstanding_paise
    assert sum(each.due_paise for each in overdue) == shown.overdue_paise
    assert (await desk.overdue(9)).total_paise == shown.overdue_paise
    assert sum(each.paise for each in held) == shown.credit_paise == 6_849_00
    assert [each.paise for each in debtors] == sorted((d.paise for d in debtors), reverse=True)
    assert [each.due_on for each in overdue] == sorted(each.due_on for each in overdue)
    assert debtors[0].name == "Ravi"
    ages = ("up_to_30_paise", "up_to_60_paise", "up_to_90_paise", "over_90_paise")
    assert sum(getattr(shown, age) for age in ages) == shown.outstanding_paise
    assert shown.up_to_60_paise == 9_000_00


async def test_credit_settles_the_oldest_as_much_as_was_seen(db, asha, anna):
    desk, account = looked(db, "2026-11-24T06:00"), Account(person_id=anna.id)
    with pytest.raises(NothingDue):
        await desk.use_credit(account, seen_paise=1, by=asha)
    old = await bill(db, asha, anna, "2026-11-01T06:00")
    with pytest.raises(NoCredit):
        await desk.use_credit(account, seen_paise=1, by=asha)
    await pay(db, asha, received(anna, cash(1_500_00), on=()), "2026-11-02T06:00")
    new = await bill(db, asha, anna, "2026-11-03T06:00")
    assert (await desk.card(account)).spendable_paise == 1_500_00
    with pytest.raises(DuesChanged):
        await desk.use_credit(account, seen_paise=1_499_99, by=asha)
    presses = (desk.use_credit(account, seen_paise=1_500_00, by=asha) for _ in range(3))
    made = await asyncio.gather(*presses, return_exceptions=True)
    assert sorted(map(str, (type(each).__name__ for each in made))) == ["NoCredit"] * 2 + ["int"]
    assert [(each.invoice_id, each.due_paise) for each in (await desk.card(account)).invoices] == [
        (new.id, 600_00)
    ]
    assert old.id != new.id


async def test_only_admins_spend_an_account_s_credit(db, asha, anna):
    await bill(db, asha, anna, "2026-11-01T06:00")
    await pay(db, asha, received(anna, cash(100_00), on=()), "2026-11-02T06:00")
    for by in (anna, await known(db, 30, Office.STAFF)):
        with pytest.raises(NotAllowed):
            await looked(db, "2026-11-24T06:00").use_credit(
                Account(person_id=anna.id), seen_paise=100_00, by=by
            )


@pytest.mark.parametrize("kind", ["person_id", "walk_in_id"])
async def test_an_account_that_is_not_there_has_nothing(db, asha, anna, kind):
    theirs = await bill(db, asha, anna, "2026-11-01T06:00")
    desk = looked(db, "2026-11-24T06:00")
    for number in (987_654, 10**18 - 1, theirs.id if kind == "walk_in_id" else 987_655):
        account = Account(**{kind: number})
        assert account_at(ref_of(account)) == account
        for asked in (desk.card(account), desk.bills(account)):
            with pytest.raises(AccountGone):
                await asked
        gone = Receipt(account=account, lines=(cash(1),))
        with pytest.raises(AccountGone):
            await desk.save(gone, by=asha, operation_id=uuid4())


@pytest.mark.parametrize("ref", ["", "p", "p0", "p-1", "x1", "p1 ", "w01", "p١", "p1" + "0" * 18])
def test_what_names_no_account(ref):
    with pytest.raises(ValueError, match=ref.strip() or "^$"):
        account_at(ref)


async def test_three_who_save_the_same_at_once_make_one_receipt(db, asha, anna):
    due = await bill(db, asha, anna, "2026-11-01T06:00")
    staff = [asha, await known(db, 2, Office.ADMIN), await known(db, 3, Office.ADMIN)]
    desk = looked(db, "2026-11-24T06:00")
    seen = received(anna, cash(1_050_00), on=(due.id,), seen=1_050_00)
    made = await asyncio.gather(*(desk.save(seen, by=each, operation_id=uuid4()) for each in staff))
    assert sorted(each is None for each in made) == [False, True, True]
    assert (await desk.card(Account(person_id=anna.id))).credit_paise == 0


@pytest.fixture
async def history(db, asha, anna):
    """By hand: 1,050 − 300 − 50 | − 100 + 2,100 − 210 − 3,000 + 110 − 40 + 40 = −400."""
    await bill(db, asha, anna, "2026-03-28T10:00")
    await pay(db, asha, received(anna, cash(300_00)), "2026-03-30T10:00")
    await pay(db, asha, received(anna, cash(50_00)), "2026-03-31T18:29")  # 23:59 on 31 March
    await pay(db, asha, received(anna, cash(100_00)), "2026-03-31T18:30")  # 1 April
    second = await bill(db, asha, anna, "2026-04-10T10:00", rupees=2_000)
    notes = CreditNoteService(db, now=lambda: at("2026-04-12T10:00"))
    less = {"position": 1, "paise": 210_00, "reason": "less", "by": asha}
    await notes.reduce(second.id, operation_id=uuid4(), **less)
    await pay(db, asha, received(anna, upi(3_000_00, "412345678901")), "2026-04-15T10:00")
    refunds = PaymentService(db, now=lambda: at("2026-04-20T10:00"))
    account = Account(person_id=anna.id)
    await refunds.refund(account, cash(110_00), reason="asked", by=asha, operation_id=uuid4())
    wrong = await pay(db, asha, received(anna, cash(40_00)), "2026-04-22T10:00")
    undone = PaymentService(db, now=lambda: at("2026-04-23T10:00"))
    await undone.reverse(wrong.id, reason="wrong", by=asha, operation_id=uuid4())
    return account


LINES = [  # day, kind, what it adds, balance
    ("2026-03-28", "invoice", 1_050_00, 1_050_00),
    ("2026-03-30", "payment", -300_00, 750_00),
    ("2026-03-31", "payment", -50_00, 700_00),
    ("2026-04-01", "payment", -100_00, 600_00),
    ("2026-04-10", "invoice", 2_100_00, 2_700_00),
    ("2026-04-12", "credit-note", -210_00, 2_490_00),
    ("2026-04-15", "payment", -3_000_00, -510_00),
    ("2026-04-20", "refund", 110_00, -400_00),
    ("2026-04-22", "payment", -40_00, -440_00),
    ("2026-04-23", "reversal", 40_00, -400_00),
]


@pytest.mark.parametrize(
    ("period", "seen", "begins", "opening", "first"),
    [
        ("all", "2026-06-28T10:00", None, 0, 0),
        ("year", "2026-06-28T10:00", "2026-04-01", 700_00, 3),
        ("90", "2026-06-28T10:00", "2026-03-31", 750_00, 2),
        ("90", "2026-06-28T18:29", "2026-03-31", 750_00, 2),
        ("90", "2026-06-28T18:30", "2026-04-01", 700_00, 3),
        ("year", "2027-03-31T18:29", "2026-04-01", 700_00, 3),
        ("year", "2027-03-31T18:30", "2027-04-01", -400_00, 10),
    ],
)
async def test_a_statement_against_one_worked_by_hand(
    db, asha, history, period, seen, begins, opening, first
):
    shown = await looked(db, seen).statement(history, Period(period), me=asha)
    said = [(str(x.on), str(x.kind), x.amount_paise, x.balance_paise) for x in shown.lines]
    assert said == LINES[first:]
    assert (shown.begins and str(shown.begins), shown.opening_paise) == (begins, opening)
    assert shown.closing_paise == -400_00
    assert shown.opening_paise + shown.billed_paise - shown.lessened_paise == -400_00
    card = await looked(db, seen).card(history)
    assert shown.closing_paise == card.due_paise - card.credit_paise


async def test_a_statement_tells_what_was_known_then(db, asha, history):
    shown = await looked(db, "2026-04-12T09:59").statement(history, Period("all"), me=asha)
    assert shown.closing_paise == 2_700_00


async def test_one_s_own_statement_is_for_oneself(db, asha, anna, history):
    desk, meera = looked(db, "2026-06-28T10:00"), await known(db, 40)
    assert (await desk.statement(history, Period("all"), me=anna)).closing_paise == -400_00
    guest = await bill(db, asha, "Ravi", "2026-06-01T06:00")
    for account in (history, Account(walk_in_id=guest.id), Account(person_id=987_654)):
        with pytest.raises(AccountGone):
            await desk.statement(account, Period("all"), me=meera)
    theirs = await desk.statement(Account(walk_in_id=guest.id), Period("all"), me=asha)
    assert (theirs.name, theirs.closing_paise) == ("Ravi", 1_050_00)


async def test_no_setting_lets_a_walk_in_customer_keep_credit(db, asha, anna):
    guest = await bill(db, asha, "Ravi", "2026-06-01T06:00")
    for keeps in (True, False):
        await registered(db, credits_overpayment=keeps)
        desk = looked(db, "2026-06-28T10:00")
        assert not (await desk.bills(Account(walk_in_id=guest.id))).may_keep
        assert (await desk.bills(Account(person_id=anna.id))).may_keep is keeps
