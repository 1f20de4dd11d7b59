"""Plans by hand: added, changed one fact at a time, taken off sale, moved up."""

import asyncio
from uuid import uuid4

from bot.models.audit import AuditAction
from bot.models.claims import NewClaim
from bot.models.payments import Method, PaymentLine
from bot.models.plans import PlanField
from bot.models.purchases import NewPurchase, Starts
from tests.stories.invoicing import registered
from tests.stories.subscribing import open_section

LIST = "[30 Days · ₹2,500.00 · 30 days]"


async def open_plans(chat, who="Asha") -> str:
    await open_section(chat, who)
    return "\n".join(await chat.says(who, "[📋 Plans]"))


async def plans_of(db) -> list:
    async with db.reading() as repos:
        return await repos.plans.list(only_on_sale=False)


async def test_a_plan_is_added_question_by_question(chat, club, db):
    await club.admin("Asha")
    await open_plans(chat)
    await chat.play("""
        Asha: [➕ New plan]
        bot*: ➕ New plan: Name
            What is it called? <...> [⬅️ Back] [✖️ Cancel]
        Asha: 30 DAYS
        bot: A plan on sale has this name already. Choose another name. [✖️ Cancel]
        Asha: <Morning>, which is the plan that has by far too long a name to keep
        bot: That is too long: at most 60 characters, please. [✖️ Cancel]
        Asha: <Morning>
        bot: ➕ New plan: Price
            What does it cost <...> [⬅️ Back] [✖️ Cancel]
        Asha: free
        bot: “free” is not an amount. <...> [✖️ Cancel]
        Asha: 4,500
        bot: ➕ New plan: Duration
            How long <...> [⬅️ Back] [✖️ Cancel]
        Asha: 121 months
        bot: “121 months” is not a duration. <...> [✖️ Cancel]
        Asha: 3 Months
        bot: ➕ New plan: Joining fee
            How much <...> [⏭ No joining fee] [⬅️ Back] [✖️ Cancel]
        Asha: 500
        bot: ➕ New plan: Visits
            How many <...> [⏭ No limit] [⬅️ Back] [✖️ Cancel]
        Asha: 0
        bot: “0” is not a number of visits. Send 1 to 9999, like 12. [✖️ Cancel]
        Asha: [⏭ No limit]
        bot*: 📋 <Morning>
            Price: ₹4,500.00
            Duration: 3 months
            Joining fee: ₹500.00
            Visits: no limit
            SAC: 999723
            GST %: the club’s rate

            Is that right? <...> [✅ Save] [✖️ Cancel] [⬅️ Back]
        Asha: yes
        bot: Please tap one of the buttons above. [✖️ Cancel]
        Asha: [✅ Save]
        bot*: ✅ Saved.

            📋 <Morning>
            Place 4 of the list, on sale
            Price: ₹4,500.00
            <...>
            <...>
            <...>
            <...>
            <...>

            A change is for what is sold from now on; <...> [✏️ Name] <...> [⬆️ Move up] [⬅️ Back]
    """)
    assert [plan.name for plan in await plans_of(db)][-1] == "<Morning>"


async def test_saving_twice_adds_it_once_and_cancel_adds_nothing(chat, club, db):
    await club.admin("Asha")
    await open_plans(chat)
    answers = ("[➕ New plan]", "Trial", "300", "7", "[⏭ No joining fee]", "3")
    for said in answers:
        await chat.says("Asha", said)
    assert "Cancelled" in "\n".join(await chat.says("Asha", "[✖️ Cancel]"))
    assert len(await plans_of(db)) == 3
    await open_plans(chat)
    for said in answers:
        await chat.says("Asha", said)
    updates = [chat.act("Asha", "[✅ Save]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, updates))
    trial = (await plans_of(db))[3:]
    assert [(plan.name, plan.duration.count, plan.visits_limit) for plan in trial] == [
        ("Trial", 7, 3)
    ]


async def test_one_fact_at_a_time_is_changed_on_the_card(chat, club):
    await club.owner("Vera")
    assert LIST in await open_plans(chat, "Vera")
    await chat.says("Vera", LIST)
    for edit, wrong, said, shown in (
        ("[✏️ Name]", "{photo}", "Month", "📋 Month"),
        ("[✏️ Price]", "0", "2750.50", "Price: ₹2,750.50"),
        ("[✏️ Duration]", "soon", "1 month", "Duration: 1 month"),
        ("[✏️ Joining fee]", "-1", "500", "Joining fee: ₹500.00"),
        ("[✏️ Joining fee]", "x", "[⏭ No joining fee]", "Joining fee: none"),
        ("[✏️ Visits]", "10000", "12", "Visits: 12"),
        ("[✏️ Visits]", "1.5", "[⏭ No limit]", "Visits: no limit"),
        ("[✏️ SAC]", "2106", "9997", "SAC: 9997"),
        ("[✏️ GST %]", "101", "18", "GST %: 18 %"),
        ("[✏️ GST %]", "x", "[⏭ The club’s rate]", "GST %: the club’s rate"),
    ):
        await chat.says("Vera", edit)
        assert "Saved" not in "\n".join(await chat.says("Vera", wrong)), wrong
        assert shown in "\n".join(await chat.says("Vera", said)), edit
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "changed plan “Month”: Duration: 30 days → 1 month [2 ▶]" in log
    assert "GST %: 18 % → the club’s rate" in log
    log = "\n".join(await chat.says("Vera", "[2 ▶]"))
    assert "changed plan “Month”: Price: ₹2,500.00 → ₹2,750.50" in log


async def test_it_goes_off_sale_and_up_and_a_double_tap_moves_it_once(chat, club, db):
    await club.admin("Asha")
    await open_plans(chat)
    await chat.says("Asha", "[180 Days · ₹13,500.00 · 180 days]")
    off = "\n".join(await chat.says("Asha", "[🚫 Take off sale]"))
    assert "🚫 not on sale" in off
    updates = [chat.act("Asha", "[⬆️ Move up]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, updates))
    assert [plan.name for plan in await plans_of(db)] == ["30 Days", "180 Days", "90 Days"]
    assert "[🚫 180 Days · ₹13,500.00 · 180 days]" in await open_plans(chat)
    await chat.says("Asha", "[🚫 180 Days · ₹13,500.00 · 180 days]")
    assert "2 of the list, on sale" in "\n".join(await chat.says("Asha", "[♻️ Put on sale]"))
    first = "\n".join(await chat.says("Asha", "[⬆️ Move up]"))
    assert "Place 1" in first
    assert "Move up" not in first


async def test_two_admins_at_once_both_have_their_change(chat, club, db):
    for name in ("Asha", "Bina"):
        await club.admin(name)
        await open_plans(chat, name)
        await chat.says(name, LIST)
    await chat.says("Asha", "[✏️ Price]")
    await chat.says("Bina", "[✏️ Duration]")
    updates = [chat.act("Asha", "2600"), chat.act("Bina", "31 days")]
    await asyncio.gather(*map(chat.engine.handled, updates))
    plan = (await plans_of(db))[0]
    assert (plan.price_paise, plan.duration.count) == (2_600_00, 31)
    async with db.reading() as repos:
        actions = [entry.action for entry in await repos.audit.list_latest(limit=9)]
    assert actions == [AuditAction.PLAN_CHANGED] * 2


async def test_what_was_bought_stays_as_it_is(chat, club, db):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await registered(db)
    services = chat.app.services
    cash = NewClaim(lines=(PaymentLine(method=Method.CASH, amount_paise=2_500_00),))

    async def asks():
        new = NewPurchase(plan_id=1, starts=Starts.TODAY, total_paise=2_500_00, payment=cash)
        return await services.purchases.submit(new, me=anna, operation_id=uuid4())

    await services.activations.approve((await asks()).id, by=asha)
    waiting = await asks()
    before = await services.subscriptions.list_of(anna.id)
    await services.plans.change(1, PlanField.PRICE, 9_999_00, by=asha)
    await services.plans.change(1, PlanField.NAME, "Another", by=asha)
    assert await services.subscriptions.list_of(anna.id) == before
    await services.activations.approve(waiting.id, by=asha)
    later = (await services.subscriptions.list_of(anna.id))[-1]
    assert (later.plan_name, later.price_paise) == ("30 Days", 2_500_00)
    assert (later.last_day - later.first_day).days == 29


async def test_an_old_button_of_the_form_is_told_so(chat, club):
    await club.admin("Asha")
    await open_plans(chat)
    for said in ("[➕ New plan]", "Trial", "300", "7"):
        await chat.says("Asha", said)
    message, skip = chat.buttons("Asha")["⏭ No joining fee"]
    await chat.says("Asha", "500")
    asha = club.people["Asha"]
    await chat.engine.handled(chat.engine.press(asha, asha.id, message, skip))
    assert "Joining fee: ₹500.00" in "\n".join(await chat.says("Asha", "[⏭ No limit]"))
