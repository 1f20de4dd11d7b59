"""Subscriptions in the admin panel: who stands how, their cards, the search, the rules."""

from datetime import timedelta
from uuid import uuid4

from bot.models.audit import AuditAction
from bot.models.claims import NewClaim
from bot.models.payments import Method, PaymentLine
from bot.models.purchases import NewPurchase, Starts
from tests.stories.subscribing import day, open_card, open_section, subscribed, today


async def test_the_section_counts_people_and_leads_to_their_cards(chat, club, db):
    asha = await club.admin("Asha")
    anna, ravi = await club.member("Anna"), await club.member("Ravi")
    await subscribed(db, anna, asha, since=25)
    await subscribed(db, ravi, asha, since=29 + 7, name="Old <b>")
    await chat.play(f"""
        Asha: /admin
        bot: 🛠 Admin panel
            <...> [💳 Subscriptions] <...>
        Asha: [💳 Subscriptions]
        bot*: 💳 Subscriptions
            Plans, rules, <...> [📋 Plans] [⚙️ Rules] <...> [🟢 Active (1)] [⏳ Expiring (1)] <...>
        Asha: [🔒 Locked tomorrow (1)]
        bot*: 🔒 Locked tomorrow
            1 person. <...> [Ravi Rao · Old <b> · {day(-7)}] <...> [📤 Excel] [⬅️ Back]
        Asha: [Ravi Rao · Old <b> · {day(-7)}]
        bot*: 💳 Ravi Rao
            In grace: it ended on {day(-7)}
            Let in until {day(0)}, 3 check-ins left

            Bought
            Old <b>: {day(-36)} to {day(-7)}, ₹2,500.00

            Changes of Old <b>, bought as {day(-36)} to {day(-7)}
            None yet. [➕ Extend] [👤 Member] [⬅️ Back]
        Asha: [⬅️ Back]
        bot*: 💳 Subscriptions
            Plans, rules, <...>
        Asha: [🔴 Expired]
        bot*: 🔴 Expired
            Nobody now. [⬅️ Back]
    """)


async def test_a_long_list_has_pages(chat, club, db):
    asha = await club.admin("Asha")
    for number in range(9):
        await subscribed(db, await club.member(f"Person{number}"), asha, since=number)
    await open_section(chat)
    first = "\n".join(await chat.says("Asha", "[🟢 Active (9)]"))
    assert "page 1 of 2" in first
    assert "Person8 Rao" in first  # over first
    assert f"[Person0 Rao · 30 Days · {day(29)}]" in "\n".join(await chat.says("Asha", "[2 ▶]"))


async def test_people_are_found_by_all_that_is_known_of_them(chat, club, db):
    asha = await club.admin("Asha")
    anna = await club.member("Anna", person_id=424837855)
    await club.member("Annika", phone="+919876500000")
    await subscribed(db, anna, asha, visits=12)
    for typed in ("@anna", " 424837855", "98765 43210", "anna ra"):
        assert f"Active until {day(29)}, 30 days left" in await open_card(chat, typed)
    await open_section(chat)
    await chat.play("""
        Asha: [🔍 Search]
        bot*: 🔍 Search subscriptions
            <...> [⬅️ Back] [✖️ Cancel]
        Asha: zz
        bot: Nobody found for “zz”. <...> [✖️ Cancel]
        Asha: ann
        bot: 🔍 2 people fit. <...> [Anna Rao · member] [Annika Rao · member] [⬅️ Back] [✖️ Cancel]
        Asha: [Annika Rao · member]
        bot*: 💳 Annika Rao
            No subscription
            Nothing bought yet. [👤 Member] [⬅️ Back]
        Asha: [👤 Member]
        bot*: 👤 Annika Rao
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
        Asha: [💳 Subscription]
        bot*: 💳 Annika Rao
            No subscription
            <...>
    """)


async def test_whoever_has_used_up_the_visits_is_locked_and_told_of_so(chat, club, db):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await subscribed(db, anna, asha, since=3, visits=1)
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, today() - timedelta(days=1))
    assert f"Locked: all visits until {day(26)} are used up" in await open_card(chat)
    assert "[🔴 Expired (1)]" in await open_section(chat)


async def test_requests_that_wait_are_counted(chat, club, db):
    await club.admin("Asha")
    anna = await club.member("Anna")
    cash = NewClaim(lines=(PaymentLine(method=Method.CASH, amount_paise=2_500_00),))
    new = NewPurchase(plan_id=1, starts=Starts.TODAY, total_paise=2_500_00, payment=cash)
    assert "Waiting" not in await open_section(chat)
    await chat.app.services.purchases.submit(new, me=anna, operation_id=uuid4())
    shown = await open_section(chat)
    assert "Waiting for approval: 1" in shown
    assert "[🎫 Pending (1)]" in shown


async def test_what_follows_on_has_a_card_of_its_own(chat, club, db):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await subscribed(db, anna, asha, since=10, visits=12)
    await subscribed(db, anna, asha, since=-20, days=90, name="90 Days")
    shown = await open_card(chat)
    assert f"Active until {day(109)}, 110 days left\n    12 visits left" in shown
    assert "Changes of 30 Days" in shown
    other = "\n".join(await chat.says("Asha", f"[90 Days · from {day(20)}]"))
    assert "Changes of 90 Days" in other
    assert f"[30 Days · from {day(-10)}]" in other


async def test_rules_are_switched_and_typed(chat, club, db):
    await club.owner("Vera")
    await open_section(chat, "Vera")
    await chat.play("""
        Vera: [⚙️ Rules]
        bot*: ⚙️ Rules of subscriptions
            Grace: 7 days
            Check-ins in grace: 3
            Freeze at most: 30 days
            Pay later: off
            Pay later up to: ₹5,000.00
            Reminded before the end: 7, 3, 1 days
            After grace every: 3 days
            After grace for: 30 days
            Free trial: none
            Referral reward: off

            <...> [✏️ Grace] <...> [✏️ Pay later up to] <...> [✏️ Referral reward] [⬅️ Back]
        Vera: [🕒 Pay later: off]
        bot*: ⚙️ Rules of subscriptions
            <...>
            <...>
            <...>
            Pay later: on
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>

            <...>
        Vera: [✏️ Grace]
        bot*: ✏️ Grace
            Now: 7 days
            <...> Send 0 to 60. [⬅️ Back] [✖️ Cancel]
        Vera: 61
        bot: “61” does not fit. Send a number from 0 to 60. [✖️ Cancel]
        Vera: -1
        bot: “-1” does not fit. <...> [✖️ Cancel]
        Vera: 10 days
        bot: ✅ Saved.

            ⚙️ Rules of subscriptions
            Grace: 10 days
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>

            <...>
        Vera: [✏️ Freeze at most]
        bot*: ✏️ Freeze at most
            <...>
            <...>
        Vera: [✖️ Cancel]
        bot*: Cancelled. Nothing was saved. [⬅️ Back] [☰ Menu]
        Vera: [⬅️ Back]
        bot*: ⚙️ Rules of subscriptions
            <...>
            <...>
            Freeze at most: 30 days
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>

            <...>
    """)
    for edit, wrong, said, shown in (
        ("[✏️ Check-ins in grace]", "many", "0", "Check-ins in grace: 0"),
        ("[✏️ Pay later up to]", "0", "7,500", "Pay later up to: ₹7,500.00"),
        ("[✏️ Reminded before the end]", "7, 61", "1 10", "Reminded before the end: 10, 1 days"),
        ("[✏️ After grace every]", "0", "5", "After grace every: 5 days"),
        ("[✏️ Referral reward]", "-1", "250", "Referral reward: ₹250.00"),
    ):
        await chat.says("Vera", edit)
        assert "Saved" not in "\n".join(await chat.says("Vera", wrong))
        assert shown in "\n".join(await chat.says("Vera", said))
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "changed the rules of subscriptions: Grace: 7 days → 10 days" in log
    assert "Pay later: off → on" in log
    assert "Reminded before the end: 7, 3, 1 days → 10, 1 days" in log


async def test_a_switch_tapped_twice_is_told_of_once(chat, club, db):
    await club.admin("Asha")
    await open_section(chat)
    await chat.says("Asha", "[⚙️ Rules]")
    message, data = chat.buttons("Asha")["🕒 Pay later: off"]
    asha = club.people["Asha"]
    for _ in range(2):
        await chat.engine.handled(chat.engine.press(asha, asha.id, message, data))
    async with db.reading() as repos:
        assert (await repos.subscription_rules.get()).pay_later
        actions = [entry.action for entry in await repos.audit.list_latest(limit=9)]
    assert actions == [AuditAction.SUBSCRIPTION_RULES_CHANGED]
