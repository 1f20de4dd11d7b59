"""Another last day, another bill: all of it is a draft until it was looked at and confirmed."""

from datetime import UTC, date, datetime
from uuid import uuid4

from bot.keyboards.calendars import PickDay, TurnMonth
from bot.models.plans import PlanField
from bot.models.purchases import Starts
from tests.stories.activating import bought, card, clock, desk, wishes
from tests.stories.reporting import alerts, cash, paid, upi
from tests.stories.telling import forge

AFTER_MIDNIGHT = datetime(2026, 3, 1, 18, 31, tzinfo=UTC)  # 00:01 of 2 March at the club


async def test_a_last_day_out_of_the_calendar(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    said = "\n".join(await chat.says("Asha", "[📅 End date]"))
    assert "📅 Which day is the last?\n    1 Mar 2026 to 30 Mar 2026 (30 days)." in said
    assert "[◀]" not in said  # nothing is before the first day
    assert "[Mar 2026] [▶] [Mo] [Tu] [We] [Th] [Fr] [Sa] [Su]" in said
    assert "[+30 days] [+60 days] [+90 days] [✖️ Cancel] [⬅️ Back]" in said
    said = "\n".join(await chat.says("Asha", "[▶]"))
    assert "[◀] [Apr 2026] [▶]" in said
    said = "\n".join(await chat.says("Asha", "[15]"))
    assert "As you decide so far\n    📅 1 Mar 2026 to 15 Apr 2026 (46 days)" in said
    await received(chat, "Asha")
    await chat.says("Asha", "[✅ Confirm]")
    assert await bought(db, anna) == [("2026-03-01", "2026-04-15", 2_500, 0)]


async def test_days_before_the_first_cannot_be_chosen(chat, club, db):
    _, anna = await desk(chat, club, db)
    clock(chat, datetime(2026, 3, 18, 6, tzinfo=UTC))
    await wishes(chat, anna, cash(2_500))
    await chat.says("Asha", "[📅 End date]")
    await chat.says("Asha", "[◀]")  # from the month of the last day
    said = "\n".join(await chat.says("Asha", "[·]"))
    assert {"18", "31"} <= chat.buttons("Asha").keys()
    assert "17" not in chat.buttons("Asha")
    assert "That is no day to choose." in said
    for early in (date(2026, 3, 17), date(2025, 1, 1), date(1, 1, 1)):
        said = await forge(chat, "Asha", PickDay(number=early.toordinal()).pack())
        assert "It would be over before it began." in said
    far = await forge(chat, "Asha", PickDay(number=date.max.toordinal()).pack())
    assert "more than ten years away" in far
    for month in (12, 12 * 9998):
        assert "Which day is the last?" in await forge(chat, "Asha", TurnMonth(number=month).pack())
    await chat.says("Asha", "[⬅️ Back]")
    assert "📅 End date" in chat.buttons("Asha")


async def test_a_last_day_by_button_and_typed(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await chat.says("Asha", "[📅 End date]")
    said = "\n".join(await chat.says("Asha", "[+60 days]"))
    assert "1 Mar 2026 to 29 Apr 2026 (60 days)" in said
    await chat.says("Asha", "[📅 End date]")
    for wrong, why in (
        ("soon", "“soon” is not a day I understand."),
        ("24 Nov", "“24 Nov” is not a day I understand."),
        ("31.02.2026", "“31.02.2026” is not a day I understand."),
        ("28 Feb 2026", "It would be over before it began."),
        ("2036-12-31", "more than ten years away"),
    ):
        assert why in "\n".join(await chat.says("Asha", wrong))
    for day in ("1 Mar 2026", "24/04/2026", "2026-04-24", "24 april 2026"):
        said = "\n".join(await chat.says("Asha", day))
        assert "As you decide so far" in said, day
        await chat.says("Asha", "[📅 End date]")
    await chat.says("Asha", "[⬅️ Back]")
    await received(chat, "Asha")
    await chat.says("Asha", "[✅ Confirm]")
    assert await bought(db, anna) == [("2026-03-01", "2026-04-24", 2_500, 0)]


async def test_several_changes_and_one_more_at_the_last_look(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, upi(2_500))
    await chat.says("Asha", "[✏️ Amount]")
    await chat.says("Asha", "3000")
    await chat.says("Asha", "[📅 End date]")
    said = "\n".join(await chat.says("Asha", "[+90 days]"))
    assert "✏️ Bill: ₹3,000.00\n    📅 1 Mar 2026 to 29 May 2026 (90 days)" in said
    await chat.says("Asha", "[✅ Approve]")
    await chat.says("Asha", "[As reported: ₹2,500.00]")
    await chat.says("Asha", "[None of it]")
    _, old = chat.buttons("Asha")["✅ Confirm"]
    await chat.says("Asha", "[📅 End date]")
    said = "\n".join(await chat.says("Asha", "28 May 2026"))
    assert "28 May 2026 (89 days)\n    Bill: ₹3,000.00\n    📱 UPI: ₹2,500.00" in said
    assert "earlier question" in await forge(chat, "Asha", old)
    await chat.says("Asha", "[✏️ Amount]")
    await chat.says("Asha", "2600")
    assert "earlier question" in await forge(chat, "Asha", old)
    await chat.says("Asha", "[✅ Approve]")
    await chat.says("Asha", "[As reported: ₹2,500.00]")
    said = "\n".join(await chat.says("Asha", "[None of it]"))
    assert "Stays due: ₹100.00" in said
    await chat.says("Asha", "[✅ Confirm]")
    assert await bought(db, anna) == [("2026-03-01", "2026-05-28", 2_600, 100)]
    assert await paid(db) == [(2_500,)]
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "asked for until 30 Mar 2026; ₹2,600.00 instead of ₹2,500.00" in log


async def test_midnight_passes_before_the_last_tap(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await received(chat, "Asha")
    clock(chat, AFTER_MIDNIGHT)
    said = "\n".join(await chat.says("Asha", "[✅ Confirm]"))
    assert "(!⚠️ Not approved yet: it begins on another day by now." in said
    assert "2 Mar 2026 to 31 Mar 2026 (30 days)" in said
    assert await bought(db, anna) == []
    await chat.says("Asha", "[✅ Confirm]")
    assert await bought(db, anna) == [("2026-03-02", "2026-03-31", 2_500, 0)]


async def test_midnight_passes_and_the_chosen_day_is_over(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await chat.says("Asha", "[📅 End date]")
    await chat.says("Asha", "1 Mar 2026")
    await received(chat, "Asha")
    clock(chat, AFTER_MIDNIGHT)
    await chat.says("Asha", "[✅ Confirm]")
    said = "\n".join(await chat.says("Asha", "[✅ Confirm]"))
    assert "Not approved: its last day is before the first. Tap 📅 End date." in said
    await chat.says("Asha", "[📅 End date]")
    await chat.says("Asha", "[+30 days]")
    await chat.says("Asha", "[✅ Confirm]")
    assert await bought(db, anna) == [("2026-03-02", "2026-03-31", 2_500, 0)]


async def test_a_renewal_follows_on_and_moves_with_the_one_before(chat, club, db):
    asha, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await received(chat, "Asha")
    await chat.says("Asha", "[✅ Confirm]")
    await wishes(chat, anna, cash(2_500), starts=Starts.AFTER)
    said = await received(chat, "Asha")
    assert "31 Mar 2026 to 29 Apr 2026 (30 days)" in said
    (first,) = await chat.app.services.subscriptions.list_of(anna.id)
    await chat.app.services.subscriptions.extend(
        first.id, days=5, reason="", by=asha, operation_id=uuid4()
    )
    said = "\n".join(await chat.says("Asha", "[✅ Confirm]"))
    assert "5 Apr 2026 to 4 May 2026 (30 days)" in said
    await chat.says("Asha", "[✅ Confirm]")
    assert (await bought(db, anna))[1][:2] == ("2026-04-05", "2026-05-04")


async def test_the_plan_has_changed_since(chat, club, db):
    asha, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await chat.app.services.plans.change(1, PlanField.PRICE, 3_000_00, by=asha)
    await chat.says("Bina", "[✏️ Amount]")
    said = "\n".join(await chat.says("Bina", "[⬅️ Back]"))
    assert "⚠️ The plan costs ₹3,000.00 by now; this is the price they were shown." in said
    await received(chat, "Bina")
    await chat.says("Bina", "[✅ Confirm]")
    assert await bought(db, anna) == [("2026-03-01", "2026-03-30", 2_500, 0)]


async def test_a_reference_that_is_booked_already_loses_nothing(chat, club, db):
    """The member's report was dropped, and its reference came on another payment."""
    _, anna = await desk(chat, club, db)
    purchase = await wishes(chat, anna, upi(2_500))
    async with db.transaction() as tx:
        await tx.bank_references.release(claim_id=purchase.claim_id)
    meera = await club.member("Meera")
    await wishes(chat, meera, upi(2_500))
    await chat.says("Asha", "[✅ Approve]")
    await chat.says("Asha", "[As reported: ₹2,500.00]")
    await chat.says("Asha", "[None of it]")
    await chat.says("Asha", "[✅ Confirm]")
    assert await bought(db, meera) == [("2026-03-01", "2026-03-30", 2_500, 0)]
    assert "Anna Rao" in card(chat, "Bina")
    await chat.says("Bina", "[✅ Approve]")
    await chat.says("Bina", "[As reported: ₹2,500.00]")
    await chat.says("Bina", "[None of it]")
    await chat.says("Bina", "[✅ Confirm]")
    assert "stands on another payment already" in alerts(chat)[-1]
    await chat.says("Bina", "[✅ Approve]")
    await chat.says("Bina", "[None of it]")
    await chat.says("Bina", "2500")
    await chat.says("Bina", "[✅ Confirm]")
    assert await bought(db, anna) == [("2026-03-01", "2026-03-30", 2_500, 0)]


async def received(chat, who) -> str:
    """As ``who`` was told, all of it in cash; returns the last look."""
    await chat.says(who, "[✅ Approve]")
    await chat.says(who, "[None of it]")
    return "\n".join(await chat.says(who, "2500"))
