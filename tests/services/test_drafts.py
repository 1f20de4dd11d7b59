"""What drafts promise: a repeated answer has one effect, and every change is a new revision."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from bot.demo.business import BUSINESS
from bot.errors import NotAllowed
from bot.errors.invoices import DraftChanged, DraftGone, DraftIssued
from bot.errors.items import ItemOffSale
from bot.models.billing import BillLine, lay_out
from bot.models.business import BusinessSetting, TaxRate
from bot.models.drafts import Draft, DraftLine, DraftStatus, NewLine, Review
from bot.models.invoices import Buyer
from bot.models.items import ItemField, ItemKind
from bot.models.people import Office, TelegramUser
from bot.services.business import BusinessService
from bot.services.drafts import DraftService
from bot.services.invoices import InvoiceService
from bot.services.items import ItemService
from bot.texts import drafts as texts
from tests.club import founded
from tests.services.test_bans import known
from tests.stories.invoicing import registered
from tests.stories.stores import facts

TREADMILL = BillLine(
    name="Treadmill",
    kind=ItemKind.GOODS,
    code="",
    quantity=1,
    price_paise=50_000_00,
    rate_bps=1_800,
)


@pytest.fixture
async def asha(db):
    await founded(db)
    await registered(db)
    return await known(db, 1, Office.ADMIN)


@pytest.fixture
def drafts(db) -> DraftService:
    return DraftService(db)


@pytest.fixture
async def draft_id(drafts, asha) -> int:
    return await drafts.begin_for_walk_in("Zoë", by=asha, operation_id=uuid4())


def line(**changes) -> NewLine:
    return NewLine(operation_id=uuid4(), line=replace(TREADMILL, **changes))


async def test_a_repeated_begin_is_one_draft(drafts, asha):
    operation = uuid4()
    begun = [
        await drafts.begin_for_walk_in("Zoë", by=asha, operation_id=operation) for _ in range(2)
    ]
    assert begun[0] == begun[1]
    assert len(await drafts.list_open(asha)) == 1


async def test_a_repeated_line_is_one_line_and_one_revision(drafts, asha, draft_id):
    new = line(price_paise=100)
    revisions = []
    for _ in range(2):
        await drafts.add_line(draft_id, new, by=asha)
        draft = await drafts.find_open(draft_id, by=asha)
        revisions.append(draft.revision)
    assert [each.line for each in draft.lines] == [new.line]
    assert revisions == [2, 2]


async def test_what_was_taken_off_sale_meanwhile_is_not_billed(db, drafts, asha, draft_id):
    items = ItemService(db)
    shaker = await items.add(facts("Shaker"), by=asha, operation_id=uuid4())
    found = await drafts.line_of(shaker, quantity=1, discount_bps=0)
    await items.change(shaker.id, ItemField.IS_ACTIVE, value=False, by=asha)
    with pytest.raises(ItemOffSale):
        new = NewLine(operation_id=uuid4(), line=found)
        await drafts.add_line(draft_id, new, by=asha)
    assert (await drafts.find_open(draft_id, by=asha)).lines == ()


async def test_what_changes_nothing_is_no_new_revision(drafts, asha, draft_id):
    before = await drafts.find_open(draft_id, by=asha)
    await drafts.set_buyer(draft_id, before.buyer, by=asha)
    await drafts.set_shipping(draft_id, 0, by=asha)
    await drafts.remove_line(draft_id, 987_654, by=asha)
    assert await drafts.find_open(draft_id, by=asha) == before


async def test_a_review_tells_what_it_comes_to_before_it_may_be_issued(drafts, asha, draft_id):
    empty = await drafts.review(draft_id, by=asha)
    assert (empty.documents, empty.needs_address) == ((), False)
    await drafts.add_line(draft_id, line(), by=asha)
    shown = await drafts.review(draft_id, by=asha)
    assert (shown.total_paise, shown.needs_address) == (59_000_00, True)
    buyer = replace(shown.draft.buyer, address="1 Hill Road", state_code="27")
    await drafts.set_buyer(draft_id, buyer, by=asha)
    assert not (await drafts.review(draft_id, by=asha)).needs_address


async def test_one_that_is_dropped_or_sent_is_not_found_open(db, drafts, asha, draft_id):
    await drafts.drop(draft_id, by=asha)
    with pytest.raises(DraftGone):
        await drafts.find_open(draft_id, by=asha)
    sent = await drafts.begin_for_walk_in("Zoë", by=asha, operation_id=uuid4())
    await drafts.add_line(sent, line(price_paise=100), by=asha)
    await InvoiceService(db).issue(sent, revision=2, by=asha)
    with pytest.raises(DraftIssued):
        await drafts.find_open(sent, by=asha)


async def test_who_is_an_admin_no_longer_neither_looks_nor_changes(db, drafts, asha, draft_id):
    async with db.transaction() as tx:
        await tx.people.set_office(asha.id, None)
    with pytest.raises(NotAllowed):
        await drafts.find_open(draft_id, by=asha)
    with pytest.raises(NotAllowed):
        await drafts.add_line(draft_id, line(), by=asha)


async def test_the_rate_is_that_of_the_day_of_supply(db, drafts, asha, draft_id):
    """A draft begun before a rate changed: looked at anew, then issued at the new one."""
    await drafts.add_line(draft_id, line(code="3924", price_paise=10_000, rate_bps=1_200), by=asha)
    async with db.transaction() as tx:
        before = await tx.drafts.find(draft_id)
        await tx.business.set_rate(
            TaxRate(code="3924", valid_from=date(2017, 7, 1), rate_bps=1_800)
        )
    invoices = InvoiceService(db)
    with pytest.raises(DraftChanged):
        await invoices.issue(draft_id, revision=before.revision, by=asha)
    shown = (await drafts.review(draft_id, by=asha)).draft
    assert (shown.revision, shown.lines[0].line.rate_bps) == (before.revision + 1, 1_800)
    (issued,) = await invoices.issue(draft_id, revision=shown.revision, by=asha)
    assert issued.total_paise == 11_800


async def test_a_setting_that_changes_the_bill_wants_another_look(db, drafts, asha, draft_id):
    """₹10,000 was looked at with its tax on top; who sends it does not send it with tax within."""
    await drafts.add_line(draft_id, line(price_paise=10_000_00), by=asha)
    seen = await drafts.review(draft_id, by=asha)
    business, invoices = BusinessService(db), InvoiceService(db)
    await business.change(BusinessSetting.PRICES_INCLUSIVE, value=True, by=asha)
    with pytest.raises(DraftChanged):
        await invoices.issue(draft_id, revision=seen.draft.revision, by=asha)
    again = await drafts.review(draft_id, by=asha)
    assert (seen.total_paise, again.total_paise) == (11_800_00, 10_000_00)
    await business.change(BusinessSetting.PRICES_INCLUSIVE, value=True, by=asha)  # as it is
    (issued,) = await invoices.issue(draft_id, revision=again.draft.revision, by=asha)
    assert issued.total_paise == 10_000_00


async def test_one_that_is_sent_over_midnight_is_of_one_day(db, drafts, asha, draft_id):
    """Its rate and its day of supply are of the same moment."""
    midnight = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)  # in Kolkata
    moments = iter([midnight - timedelta(seconds=1), midnight])
    async with db.transaction() as tx:
        for day, rate_bps in ((24, 1_200), (25, 1_800)):
            dated = TaxRate(code="3924", valid_from=date(2026, 11, day), rate_bps=rate_bps)
            await tx.business.set_rate(dated)
    await drafts.add_line(draft_id, line(code="3924", price_paise=10_000, rate_bps=1_200), by=asha)
    invoices = InvoiceService(db, now=lambda: next(moments))
    (entry,) = await invoices.issue(draft_id, revision=2, by=asha)
    made = await invoices.find(entry.id, me=asha)
    assert (made.supplied_on, made.lines[0].rate_bps) == (date(2026, 11, 24), 1_200)


async def test_a_name_longer_than_a_bill_takes_is_cut(db, drafts, asha):
    """Telegram allows 64 characters twice; who never registered goes by those."""
    user = TelegramUser(
        telegram_id=77, username=None, display_name="अ" * 64 + " " + "b" * 64, language_code=None
    )
    async with db.transaction() as tx:
        visitor_id = await tx.people.remember(user)
    number = await drafts.begin_for(visitor_id, by=asha, operation_id=uuid4())
    draft = await drafts.find_open(number, by=asha)
    assert draft.buyer.name == user.display_name[:100]


def test_what_the_law_wants_for_a_firm_is_said_before_it_is_sent():
    firm = Buyer(name="Iron LLP", state_code="29", gstin="29ABCDE1234F1ZW")

    def said(buyer, **changes) -> list[str]:
        draft = Draft(
            id=1,
            created_by=1,
            person_id=None,
            buyer=buyer,
            lines=(DraftLine(id=1, line=replace(TREADMILL, **changes)),),
            shipping_paise=0,
            revision=1,
            status=DraftStatus.OPEN,
        )
        shown = Review(draft=draft, documents=tuple(lay_out(draft.bill, BUSINESS)))
        return [each for each in texts.review(shown).splitlines() if each.startswith("⚠️")]

    address, hsn = said(firm)
    assert "their address" in address
    assert "their HSN" in hsn
    assert said(replace(firm, address="Hosur Road"), code="9506") == []
    assert said(replace(firm, gstin=None)) == []
