"""Exports: figures against documents reckoned by hand, and the books."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from bot.models.exports import ExportKind, Figure, PeriodName
from bot.models.payments import Account, Method, PaymentLine
from bot.services.payments import PaymentService
from tests.services.exporting import (
    LLP,
    NOVEMBER,
    NOW,
    RAVI,
    cancel,
    column,
    issue,
    line,
    month,
    pay,
    sheets,
)
from tests.services.test_bans import known
from tests.stories.invoicing import registered, services_at


async def test_e08_and_e14_line_by_line(db, desk, asha, vera, exports):
    anna = await known(db, 7)
    (e08,) = await issue(
        desk, asha, anna, month(), line("Bottle", 299, quantity=2), line("Shoes", 2_799)
    )
    (e14,) = await issue(desk, asha, "Ravi", month(1_500), line("Bread", 200, 0, code="1905"))
    await pay(db, asha, anna, ("cash", 2_000, None))
    made = await exports.of_period(ExportKind.INVOICES, NOVEMBER, by=vera)
    assert (made.rows, made.paise) == (
        2,
        {Figure.BILLED: 7_883_00, Figure.CREDITED: 0, Figure.DUE: 5_883_00},
    )
    found = sheets(made.content)
    first, second, totals = found["Invoices"]
    assert first == {
        "Number": e08.number,
        "Date": date(2026, 11, 24),
        "Kind": "Tax invoice",
        "Buyer": "X",
        "GSTIN": "",
        "Place of supply": "27-Maharashtra",
        "Tax": "CGST + SGST",
        "Taxable": 5397.00,
        "CGST": 355.73,
        "SGST/UTGST": 355.73,
        "IGST": 0,
        "Round-off": -0.46,
        "Total": 6108,
        "Credited": 0,
        "Paid": 2000,
        "Due": 4108,
        "Due date": date(2026, 12, 1),
        "State": "Part-paid",
    }
    assert (second["Kind"], second["State"]) == ("Invoice-cum-bill of supply", "Open")
    assert (second["Taxable"], second["CGST"], second["Total"]) == (1700, 37.5, 1775)
    assert (totals["Taxable"], totals["Total"], totals["Due"]) == (7097, 7883, 5883)
    assert [(row["Line"], row["Taxable"], row["GST %"], row["CGST"]) for row in found["Lines"]] == [
        (1, 2000, 5, 50),
        (2, 598, 18, 53.82),
        (3, 2799, 18, 251.91),
        (1, 1500, 5, 37.5),
        (2, 200, 0, 0),
        ("", 7097, "", 393.23),
    ]
    assert e14.number == second["Number"]
    assert found["Credit notes"][0]["Number"] == "Total"


async def test_credit_notes_stand_in_the_period_of_their_own(db, asha, vera, exports, notes):
    october = services_at(db, datetime(2026, 10, 5, tzinfo=UTC))
    (bill,) = await issue(october, asha, RAVI, line("Bottle", 299))
    await cancel(notes, bill, asha)
    await issue(october, asha, "Ravi", month())
    made = await exports.of_period(ExportKind.INVOICES, PeriodName.LAST_MONTH, by=vera)
    found = sheets(made.content)
    row = found["Invoices"][0]
    assert [row[key] for key in ("IGST", "Round-off", "Total", "Credited", "Due")] == [
        *(53.82, 0.18, 353, 353, 0)
    ]
    assert column(found["Invoices"], "State") == ["Credited", "Overdue", ""]  # as on the cards
    assert len(found["Credit notes"]) == 1
    made = await exports.of_period(ExportKind.INVOICES, PeriodName.THIS_MONTH, by=vera)
    found = sheets(made.content)
    assert len(found["Invoices"]) == 1
    note, totals = found["Credit notes"]
    assert (note["Invoice"], note["Invoice date"]) == (bill.number, date(2026, 10, 5))
    assert (note["Reason"], note["Total"], totals["Total"]) == ("never came", 353, 353)


async def test_e28_and_a_company_in_the_gst_summary(db, desk, asha, vera, exports, notes):
    await issue(desk, asha, RAVI, month(), line("Bottle", 299))
    (gym, bottle) = await issue(desk, asha, LLP, month(), line("Bottle", 299))
    (large,) = await issue(desk, asha, RAVI, line("Rack", 90_000))
    await cancel(notes, bottle, asha)
    made = await exports.of_period(ExportKind.GST, NOVEMBER, by=vera)
    assert made.rows == 6
    found = sheets(made.content)
    assert list(found) == [
        *("Summary", "B2B", "B2CL", "B2CS", "CDNR", "CDNUR", "Exempt"),
        *("HSN (B2B)", "HSN (B2C)", "Advances (11A)", "Adjusted (11B)", "Earlier, given back"),
        *("Refund vouchers", "Late notes", "Documents"),
    ]
    assert found["B2B"][0] == {
        "GSTIN": "29ABCDE1234F1ZW",
        "Receiver": "Iron LLP",
        "Invoice number": gym.number,
        "Invoice date": date(2026, 11, 24),
        "Invoice value": 2100,
        "Place of supply": "27-Maharashtra",
        "Reverse charge": "N",
        "Invoice type": "Regular B2B",
        "Rate %": 5,
        "Taxable": 2000,
        "IGST": 0,
        "CGST": 50,
        "SGST/UTGST": 50,
    }
    assert found["B2B"][1]["IGST"] == 53.82
    assert column(found["B2B"], "Invoice value") == [2100, 353, 2453]
    assert column(found["B2CL"], "Invoice number") == [large.number, "Total"]
    assert [tuple(row.values()) for row in found["B2CS"]] == [
        ("OE", "27-Maharashtra", 5, 2000, 0, 50, 50),
        ("OE", "29-Karnataka", 18, 299, 53.82, 0, 0),
        ("Total", "", "", 2299, 53.82, 50, 50),
    ]
    assert found["CDNR"][0]["Note value"] == 353
    assert found["CDNR"][0]["Invoice number"] == bottle.number
    assert column(found["CDNUR"], "UR type") == ["Total"]
    assert [tuple(row.values())[:6] for row in found["HSN (B2B)"]] == [
        ("3924", "Bottle", "PCS-PIECES", 0, 0, 18),
        ("999723", "Month", "NA", 0, 2100, 5),
        ("Total", "", "", "", 2100, ""),
    ]
    assert [tuple(row.values()) for row in found["Documents"]] == [
        ("Invoices for outward supply", "GYM/26-27/000001", "GYM/26-27/000005", 5, 1, 4),
        ("Credit notes", "CN/26-27/000001", "CN/26-27/000001", 1, 0, 1),
    ]
    *_, tables, documents = found["Summary"]
    assert list(tables.values())[1:] == list(documents.values())[1:]
    assert documents["Taxable"] == 94_299  # 2 months, a bottle, a rack


async def test_an_unregistered_club_has_nothing_but_its_numbers(db, desk, asha, vera, exports):
    await registered(db, is_gst_on=False)
    await issue(desk, asha, "Ravi", month())
    made = await exports.of_period(ExportKind.GST, NOVEMBER, by=vera)
    found = sheets(made.content)
    assert made.paise[Figure.TAXABLE] == 0
    assert found["Summary"][-1]["Taxable"] == 1  # one document left out
    assert found["Documents"][0]["Total number"] == 1


async def test_payments_by_receipt_by_day_and_by_method(db, desk, asha, vera, exports):
    anna = await known(db, 7)
    (bill,) = await issue(desk, asha, anna, month())
    first = await pay(
        db, asha, anna, ("upi", 1_500, "412345678901"), ("cash", 700, None), at=NOW, purpose="Nov"
    )
    late = NOW + timedelta(hours=10)  # past midnight in Kolkata
    (walk_in,) = await issue(desk, asha, "Ravi", month(100))
    second = await pay(db, asha, walk_in.id, ("cash", 105, None), at=late)
    service = PaymentService(db, now=lambda: late)
    await service.refund(
        Account(person_id=anna.id),
        PaymentLine(method=Method.CASH, amount_paise=40_50),
        reason="=1+1",
        by=asha,
        operation_id=uuid4(),
    )
    await service.reverse(second.id, reason="bounced", by=asha, operation_id=uuid4())
    made = await exports.of_period(ExportKind.PAYMENTS, NOVEMBER, by=vera)
    assert (made.rows, made.paise) == (4, {Figure.RECEIVED: 2_305_00, Figure.RETURNED: 145_50})
    found = sheets(made.content)
    one, two, three, totals = found["Payments"]
    assert (one["Receipt"], one["Method"], one["Amount"]) == (first.number, "UPI", 1500)
    assert (one["Reference"], one["For invoices"]) == ("412345678901", bill.number)
    assert (one["Receipt total"], one["Given back"], one["Left as credit"]) == (2200, 40.5, 59.5)
    assert (one["Payer"], one["Recorded by"], one["Purpose"]) == ("X", "X", "Nov")
    assert (two["Method"], two["Amount"], two["Receipt total"]) == ("Cash", 700, "")
    assert (three["Payer"], three["Date"], three["Given back"]) == ("Ravi", date(2026, 11, 25), 105)
    assert (totals["Amount"], totals["Receipt total"], totals["Left as credit"]) == (
        *(2305, 2305, 59.5),
    )
    refund, reversal, _ = found["Given back"]
    assert (refund["Kind"], refund["Of receipts"], refund["Reason"]) == (
        *("Refund", first.number, "=1+1"),
    )
    assert (reversal["Kind"], reversal["Amount"]) == ("Booked back", 105)
    assert [tuple(row.values()) for row in found["By day and method"]] == [
        (date(2026, 11, 24), "Cash", 700, 0, 700),
        (date(2026, 11, 24), "UPI", 1500, 0, 1500),
        (date(2026, 11, 25), "Cash", 105, 145.5, -40.5),
        ("Total", "", 2305, 145.5, 2159.5),
    ]
    assert [tuple(row.values()) for row in found["By method"]] == [
        ("Cash", 805, 145.5, 659.5),
        ("UPI", 1500, 0, 1500),
        ("Card", 0, 0, 0),
        ("Bank transfer", 0, 0, 0),
        ("Total", 2305, 145.5, 2159.5),
    ]


async def test_receivables_are_aged_and_equal_the_books(db, asha, vera, exports, notes):
    anna, meera = await known(db, 7), await known(db, 8)
    for rupees, days in enumerate((0, 30, 31, 60, 61, 90, 91), 1):
        at = services_at(db, NOW - timedelta(days=days))
        await issue(at, asha, anna, month(rupees * 100))
    (walk_in,) = await issue(services_at(db, NOW), asha, "Ravi", month(1_000))
    await pay(db, asha, walk_in.id, ("cash", 50, None))
    await pay(db, asha, meera, ("cash", 80, None), on=())
    (gone,) = await issue(services_at(db, NOW), asha, meera, month(10))
    await cancel(notes, gone, asha)
    made = await exports.receivables(by=vera)
    assert (made.rows, made.period) == (8, None)
    found = sheets(made.content)
    rows = {(row["Account"], row["Due"]): list(row.values())[1:] for row in found["Receivables"]}
    assert rows == {
        ("X", 2_940): [315, 735, 1155, 735, 2940, 0, 2940, 7],
        ("Ravi", 1_000): [1000, 0, 0, 0, 1000, 0, 1000, 1],
        ("X", 0): [0, 0, 0, 0, 0, 80, -80, 0],
        ("Total", 3_940): [1315, 735, 1155, 735, 3940, 80, 3860, 8],
    }
    assert column(found["Open invoices"], "Age in days") == [0, 30, 31, 60, 61, 90, 91, 0, ""]
    assert column(found["Open invoices"], "Due")[-1] == 3940
    assert await booked(db) == {"receivable": 3_940_00, "credit": -80_00}


async def booked(db) -> dict[str, int]:
    sql = """
        SELECT account, sum(amount_paise)::bigint
          FROM journal_postings
         WHERE account IN ('receivable', 'credit')
         GROUP BY account
    """
    async with db.reading() as repos:
        return dict(await repos.books._conn.fetch(sql))
