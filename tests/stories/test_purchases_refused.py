"""A subscription that is not bought: prices change, plans go, others' and forged buttons."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors.claims import ClaimGone
from bot.models.plans import Duration, DurationUnit
from tests.stories.broadcasting import tap
from tests.stories.buying import bought, by_cash, chosen, member_of, waiting
from tests.stories.claiming import UTR, cards, claims_of, person, received
from tests.stories.invoicing import registered
from tests.stories.registering import register
from tests.stories.telling import forge

NOBODY = "0" * 32
SECONDS = 4


@pytest.fixture
async def anna(club, db):
    return await member_of(club, db)


async def changed(db, **facts) -> None:
    """What 30 Days are by now."""
    async with db.transaction() as tx:
        await tx.plans.save(1, replace(await tx.plans.find(1), **facts))


async def test_a_visitor_registers_first_and_an_applicant_waits(chat, club, anna):
    await club.known("Vera")
    said = "\n".join(await chat.says("Vera", "/subscribe"))
    assert "Only members of the club subscribe. Send /register first." in said
    assert "Only members" in await forge(chat, "Vera", "buy-plan:1:after")
    assert "Only members" in await forge(chat, "Vera", "buy-list:0")
    club.visitor("Zumba")
    await register(chat, "Zumba")
    said = "\n".join(await chat.says("Zumba", "/subscribe"))
    assert "The club is looking at your registration." in said


@pytest.mark.parametrize("way", ["[📱 UPI]", "[💵 Cash]", "[🔀 Split]"])
async def test_a_price_that_has_changed_is_looked_at_again(chat, db, anna, way):
    await chosen(chat)
    await changed(db, price_paise=2_600_00)
    said = "\n".join(await chat.says("Anna", way))
    assert "Something else is due by now. Look at it again." in said
    assert "Total: ₹2,600.00" in said
    assert "Something else" not in "\n".join(await chat.says("Anna", way))


async def test_a_price_changed_after_the_payment_says_where_the_money_goes(chat, db, anna):
    await chosen(chat)
    await chat.says("Anna", "[📱 UPI]")
    await changed(db, price_paise=2_600_00)
    said = "\n".join(await chat.says("Anna", UTR))
    assert "It is ₹2,600.00 by now. Look at it again with /subscribe." in said
    assert "report that in /pay with ➕ Request payment" in said
    assert await waiting(chat, anna) is None


async def test_a_plan_that_lasts_no_longer_so_long_is_looked_at_again(chat, db, anna):
    await chosen(chat)
    await changed(db, duration=Duration(count=20, unit=DurationUnit.DAYS))
    said = "\n".join(await chat.says("Anna", "[📱 UPI]"))
    assert "Look at it again." in said
    assert "20 days: ₹2,500.00" in said
    await chat.says("Anna", "[📱 UPI]")
    await changed(db, visits_limit=5)
    assert "Look at it again with /subscribe." in "\n".join(await chat.says("Anna", UTR))
    assert await waiting(chat, anna) is None


async def test_a_plan_taken_off_sale_is_not_sold(chat, db, anna):
    await chosen(chat)
    await changed(db, is_on_sale=False)
    assert "not on sale any more" in "\n".join(await chat.says("Anna", "[💵 Cash]"))
    assert "30 Days" not in "\n".join(await chat.says("Anna", "/subscribe"))
    assert "not on sale any more" in await forge(chat, "Anna", "buy-plan:1:today")


async def test_a_plan_taken_off_sale_after_the_payment(chat, db, anna):
    await chosen(chat)
    await chat.says("Anna", "[📱 UPI]")
    await changed(db, is_on_sale=False)
    assert "report that in /pay" in "\n".join(await chat.says("Anna", UTR))
    assert await waiting(chat, anna) is None


async def test_a_reference_counts_once(chat, club, db, anna):
    await received(chat, club, db, 100_00, on=(), reference=UTR)
    await chosen(chat)
    await chat.says("Anna", "[📱 UPI]")
    await chat.says("Anna", UTR)
    assert await waiting(chat, anna) is None
    said = "\n".join(await chat.says("Anna", "512345678901"))
    assert "30 Days is with the club" in said


async def test_a_joining_fee_is_paid_once(chat, club, db, anna):
    await changed(db, joining_fee_paise=500_00, visits_limit=12)
    said = await chosen(chat)
    assert "30 days, 12 visits: ₹2,500.00" in said
    assert "Joining fee, once: ₹500.00" in said
    assert "Total: ₹3,000.00" in said
    await changed(db, joining_fee_paise=0)
    await bought(chat, club, db, anna)
    await changed(db, joining_fee_paise=500_00)
    assert "Joining fee" not in await chosen(chat)


async def test_who_charges_no_gst_speaks_of_none(chat, db, anna):
    await registered(db, is_gst_on=False)
    assert "GST" not in await chosen(chat)


async def test_a_cancelled_one_asks_for_nothing(chat, anna):
    await chosen(chat)
    await chat.says("Anna", "[📱 UPI]")
    await tap(chat, "Anna", "✖️ Cancel")
    assert "Which one would you like?" in "\n".join(await tap(chat, "Anna", "⬅️ Back"))
    await chat.says("Anna", UTR)
    assert await waiting(chat, anna) is None


class TestAFormThatRanOut:
    @pytest.fixture
    def settings(self, settings):
        return settings.model_copy(update={"fsm_ttl_seconds": SECONDS})

    async def test_is_explained_and_asks_for_nothing(self, chat, anna):
        await chosen(chat)
        await chat.says("Anna", "[📱 UPI]")
        await asyncio.sleep(SECONDS + 0.2)
        said = "\n".join(await chat.says("Anna", UTR))
        assert "The purchase of a plan had closed before this arrived" in said
        assert await waiting(chat, anna) is None
        assert "30 Days" in "\n".join(await tap(chat, "Anna", "🔁 Start"))


async def test_its_payment_is_no_ordinary_one(chat, club, db, anna):
    await chosen(chat)
    await chat.says("Anna", "[📱 UPI]")
    await chat.says("Anna", UTR)
    assert "reported" not in "\n".join(await chat.says("Anna", "/pay"))
    assert cards(chat) == []
    claims, asha = chat.app.services.claims, await person(db, club, "Asha")
    assert await claims.count_waiting() == 0
    (claim,) = await claims_of(db, club)
    with pytest.raises(ClaimGone):
        await claims.approve(claim.id, by=asha)
    with pytest.raises(ClaimGone):
        await claims.reject(claim.id, reason="No", by=asha)
    assert "This payment is not there." in await forge(chat, "Anna", f"pay-undo:{claim.id}")
    assert await waiting(chat, anna)
    await chat.says("Anna", "/pay")
    said = "\n".join(await tap(chat, "Anna", "➕ Request payment"))
    assert "How much have you paid" in said  # it blocks no ordinary report


async def test_forged_and_others_buttons_do_nothing(chat, club, db, anna):
    await club.member("Bina")
    await chosen(chat)
    await by_cash(chat)
    purchase = await waiting(chat, anna)
    await chat.says("Bina", "/menu")
    assert "not there" in await forge(chat, "Bina", f"buy-undo:{purchase.id}")
    assert "not there" in await forge(chat, "Bina", "buy-undo:999999")
    assert "not on sale" in await forge(chat, "Bina", "buy-plan:999999:after")
    assert "closed" in await forge(chat, "Bina", f"pay-later:{NOBODY}")
    assert "with the club already" in await forge(chat, "Anna", "buy-plan:2:after")
    assert (await waiting(chat, anna)).id == purchase.id


async def test_a_bill_is_not_put_off_by_a_forged_button(chat, club, db, anna):
    await chat.says("Anna", "/pay")
    await tap(chat, "Anna", "➕ Request payment")
    await chat.says("Anna", "500")
    await chat.says("Anna", "Locker")
    data = chat.buttons("Anna")["💵 Cash"][1].replace("pay-cash", "pay-later")
    assert "Paying later is not possible now." in await forge(chat, "Anna", data)
    assert await waiting(chat, anna) is None


async def test_what_the_club_has_decided_is_not_withdrawn(chat, club, db, anna):
    await chosen(chat)
    await by_cash(chat)
    purchase = await waiting(chat, anna)
    await chat.app.services.activations.approve(purchase.id, by=await person(db, club, "Asha"))
    said = await forge(chat, "Anna", f"buy-undo:{purchase.id}")
    assert "The club has decided on it already" in said
