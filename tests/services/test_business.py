"""What the business may be: the rules between its fields, the races, and rates by date."""

import asyncio
from dataclasses import replace
from datetime import date

import asyncpg
import pytest

from bot.demo.business import BUSINESS
from bot.demo.people import VERA
from bot.demo.seed import seed
from bot.errors import NotAllowed
from bot.errors.business import GstinNeeded, StateInGstin
from bot.models.audit import AuditAction
from bot.models.business import BusinessSetting, GstScheme, TaxRate
from bot.models.gstin import is_gstin
from bot.models.people import Office
from bot.services.business import PAGE, BusinessService
from tests.club import founded
from tests.postgres import connected
from tests.services.test_bans import known

MAHARASHTRA = "27ABCDE1234F1Z0"
KARNATAKA = "29ABCDE1234F1ZW"
GYM = "999723"


@pytest.fixture
async def asha(db):
    await founded(db)
    return await known(db, 1, Office.ADMIN)


@pytest.fixture
async def admins(db, asha):
    """Several, so that no lock on one person keeps them apart."""
    return [asha, *[await known(db, number, Office.ADMIN) for number in (2, 3)]]


@pytest.fixture
def business(db) -> BusinessService:
    return BusinessService(db)


async def changes(db) -> list[tuple[dict, dict]]:
    """What the audit log says of the business, oldest first."""
    async with db.reading() as repos:
        entries = await repos.audit.list_latest(limit=50)
    told = [(e.before, e.after) for e in entries if e.action is AuditAction.BUSINESS_CHANGED]
    return told[::-1]


async def test_a_new_club_is_not_registered_and_goes_by_its_own_name(asha, business):
    now = await business.get()
    assert (now.legal_name, now.trade_name) == ("Our club", "Our club")
    assert (now.scheme, now.gstin, now.is_gst_on) == (GstScheme.UNREGISTERED, None, False)
    assert (now.default_rate_bps, now.service_sac, now.invoice_prefix) == (500, GYM, "GYM")
    assert (now.is_rounded, now.taxes_shipping, now.credits_overpayment) == (True, False, True)


async def test_a_name_follows_the_club_s_until_it_is_set(db, asha, business):
    await business.change(BusinessSetting.LEGAL_NAME, "Our club", by=asha)
    async with db.transaction() as tx:
        club = await tx.club.hold()
        await tx.club.save(replace(club, name="Iron & Oak"))
    now = await business.get()
    assert (now.legal_name, now.trade_name) == ("Our club", "Iron & Oak")


async def test_a_gstin_registers_and_brings_its_state(db, asha, business):
    now = await business.change(BusinessSetting.GSTIN, KARNATAKA, by=asha)
    assert (now.scheme, now.state_code, now.is_gst_on) == (GstScheme.REGULAR, "29", False)
    assert now == await business.get()
    assert await changes(db) == [
        (
            {"state_code": "27", "gstin": None, "scheme": "unregistered"},
            {"state_code": "29", "gstin": KARNATAKA, "scheme": "regular"},
        )
    ]


async def test_another_gstin_keeps_the_scheme(asha, business):
    await business.change(BusinessSetting.GSTIN, KARNATAKA, by=asha)
    await business.change(BusinessSetting.SCHEME, GstScheme.COMPOSITION, by=asha)
    now = await business.change(BusinessSetting.GSTIN, MAHARASHTRA, by=asha)
    assert (now.scheme, now.state_code) == (GstScheme.COMPOSITION, "27")


@pytest.mark.parametrize(
    ("setting", "value"),
    [(BusinessSetting.GSTIN, None), (BusinessSetting.SCHEME, GstScheme.UNREGISTERED)],
)
async def test_without_a_gstin_nothing_is_taxed(asha, business, setting, value):
    await business.change(BusinessSetting.GSTIN, MAHARASHTRA, by=asha)
    taxed = await business.change(BusinessSetting.IS_GST_ON, value=True, by=asha)
    assert taxed.charges_gst
    now = await business.change(setting, value, by=asha)
    assert (now.gstin, now.scheme, now.is_gst_on) == (None, GstScheme.UNREGISTERED, False)
    assert now.state_code == "27"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (BusinessSetting.IS_GST_ON, True),
        (BusinessSetting.SCHEME, GstScheme.REGULAR),
        (BusinessSetting.SCHEME, GstScheme.COMPOSITION),
    ],
)
async def test_what_needs_a_gstin_is_refused_without_one(db, asha, business, setting, value):
    with pytest.raises(GstinNeeded):
        await business.change(setting, value, by=asha)
    assert await changes(db) == []


async def test_the_state_of_a_gstin_stays(asha, business):
    await business.change(BusinessSetting.STATE_CODE, "30", by=asha)
    await business.change(BusinessSetting.GSTIN, MAHARASHTRA, by=asha)
    with pytest.raises(StateInGstin) as refused:
        await business.change(BusinessSetting.STATE_CODE, "30", by=asha)
    assert refused.value.details == {"state": "Maharashtra"}
    assert (await business.change(BusinessSetting.STATE_CODE, "27", by=asha)).state_code == "27"


async def test_the_same_value_from_many_at_once_is_one_change(db, admins, business):
    rounds = [True, False] * 3
    for on in rounds:
        await asyncio.gather(
            *(
                business.change(BusinessSetting.PRICES_INCLUSIVE, on, by=admin)
                for admin in admins * 2
            )
        )
    told = [
        (before["prices_inclusive"], after["prices_inclusive"])
        for before, after in await changes(db)
    ]
    assert told == [(not on, on) for on in rounds]


async def test_state_and_gstin_changed_at_once_still_agree(admins, business):
    """Whoever comes second is refused or overrules; the two never contradict each other."""
    asha, meera, omar = admins
    for _ in range(5):
        await business.change(BusinessSetting.GSTIN, None, by=asha)
        await business.change(BusinessSetting.STATE_CODE, "30", by=asha)
        results = await asyncio.gather(
            business.change(BusinessSetting.GSTIN, KARNATAKA, by=asha),
            business.change(BusinessSetting.STATE_CODE, "07", by=meera),
            business.change(BusinessSetting.GSTIN, MAHARASHTRA, by=omar),
            return_exceptions=True,
        )
        assert {type(r) for r in results if isinstance(r, Exception)} <= {StateInGstin}
        now = await business.get()
        assert now.gstin in {KARNATAKA, MAHARASHTRA}
        assert now.state_code == now.gstin[:2]


async def test_gst_on_and_the_gstin_gone_at_once_leave_no_contradiction(admins, business):
    asha, meera, _ = admins
    for _ in range(5):
        await business.change(BusinessSetting.GSTIN, MAHARASHTRA, by=asha)
        results = await asyncio.gather(
            business.change(BusinessSetting.IS_GST_ON, value=True, by=meera),
            business.change(BusinessSetting.GSTIN, None, by=asha),
            return_exceptions=True,
        )
        assert {type(r) for r in results if isinstance(r, Exception)} <= {GstinNeeded}
        now = await business.get()
        assert (now.gstin, now.is_gst_on) == (None, False)


async def test_authority_is_checked_on_the_row(db, asha, business):
    async with db.transaction() as tx:
        await tx.people.set_office(asha.id, Office.STAFF)
    with pytest.raises(NotAllowed):
        await business.change(BusinessSetting.IS_ROUNDED, value=False, by=asha)
    with pytest.raises(NotAllowed):
        await business.set_rate(rate("2026-04-01", 1200), by=asha)
    assert (await business.get()).is_rounded


async def test_a_character_postgresql_cannot_hold_does_no_harm(asha, business):
    now = await business.change(BusinessSetting.TERMS, "No\0refund", by=asha)
    assert now.terms == "No\0refund"
    assert (await business.get()).terms == "No\ufffdrefund"


CONTRADICTIONS = (
    "gstin = '27ABCDE1234F1Z0'",  # yet not registered
    "scheme = 'regular'",  # yet without a GSTIN
    "scheme = 'regular', gstin = '29ABCDE1234F1ZW'",  # yet in Maharashtra
    "scheme = 'regular', gstin = '27abcde1234f1z0'",
    "scheme = 'export'",
    "is_gst_on = true",
    "state_code = '25'",
    "state_code = '28'",
    "state_code = '39'",
    "invoice_prefix = 'GYMS'",
    "invoice_prefix = ''",
    "invoice_prefix = 'gy'",
    "invoice_prefix = 'G-M'",
    "default_rate_bps = 10001",
    "default_rate_bps = -1",
    "due_days = 366",
    "service_sac = '899723'",
    "upi_id = 'club@gmail.com'",
    "legal_name = ''",
    "logo_file_id = ''",
    "id = 2",
)


async def test_the_database_holds_no_contradiction(database_url):
    async with connected(database_url) as conn:
        for contradiction in CONTRADICTIONS:
            with pytest.raises(asyncpg.CheckViolationError):
                await conn.execute(f"UPDATE business SET {contradiction}")  # noqa: S608 -- of this test
        with pytest.raises(asyncpg.UniqueViolationError):
            await conn.execute("INSERT INTO business DEFAULT VALUES")


async def test_every_field_is_a_setting_and_can_be_kept(db, asha, business):
    """The demo's, field by field: none is forgotten, and none is swapped with another."""
    assert set(BusinessSetting) == set(BUSINESS.__slots__)
    async with db.transaction() as tx:
        await tx.business.save(BUSINESS, list(BusinessSetting))
    assert await business.get() == BUSINESS


async def test_the_demo_club_is_registered_and_keeps_what_was_changed(db, business, database_url):
    await seed(database_url, timezone="Asia/Kolkata", currency="INR")
    assert await business.get() == BUSINESS
    assert is_gstin(BUSINESS.gstin)
    async with db.reading() as repos:
        vera = await repos.people.find_by_telegram_id(VERA.telegram_id)
    await business.change(BusinessSetting.TERMS, "None.", by=vera)
    await seed(database_url, timezone="Asia/Kolkata", currency="INR")
    assert (await business.get()).terms == "None."


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        (GYM, date(2017, 6, 30), None),
        (GYM, date(2017, 7, 1), 1800),
        (GYM, date(2025, 9, 21), 1800),
        (GYM, date(2025, 9, 22), 500),
        (GYM, date(2040, 1, 1), 500),
        ("9997", date(2026, 1, 1), None),
    ],
)
async def test_the_day_of_supply_decides_the_rate(db, code, day, expected):
    async with db.reading() as repos:
        assert await repos.business.rate_on(code, day) == expected


def rate(day: str, bps: int, code: str = GYM) -> TaxRate:
    return TaxRate(code=code, valid_from=date.fromisoformat(day), rate_bps=bps)


async def test_a_rate_to_come_changes_nothing_before_its_day(db, asha, business):
    await business.set_rate(rate("2030-04-01", 1200), by=asha)
    async with db.reading() as repos:
        assert await repos.business.rate_on(GYM, date(2030, 3, 31)) == 500
        assert await repos.business.rate_on(GYM, date(2030, 4, 1)) == 1200


async def test_a_rate_set_by_many_at_once_is_set_once_and_can_be_corrected(db, admins, business):
    rounds = [1200, 1250, 500, 1800, 0]
    for bps in rounds:
        await asyncio.gather(
            *(business.set_rate(rate("2030-04-01", bps), by=admin) for admin in admins * 2)
        )
    async with db.reading() as repos:
        entries = await repos.audit.list_latest(limit=50)
    told = [(e.before["rate_bps"], e.after["rate_bps"]) for e in reversed(entries)]
    assert told == list(zip([None, *rounds], rounds, strict=False))
    assert (await business.rates(0)).rates[0] == rate("2030-04-01", 0)


async def test_rates_come_by_pages_and_a_page_beyond_is_the_last(asha, business):
    for number in range(PAGE):
        await business.set_rate(rate("2026-01-01", 1800, code=f"{1000 + number}"), by=asha)
    first, beyond = await business.rates(0), await business.rates(99)
    assert (first.pages, len(first.rates), beyond.number) == (2, PAGE, 1)
    assert beyond.rates == [rate("2025-09-22", 500), rate("2017-07-01", 1800)]
