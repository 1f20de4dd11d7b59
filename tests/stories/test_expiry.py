"""What reaches people's chats when a subscription ends."""

from bot.services.expiry import _owe
from tests.stories.memberships import subscribed
from tests.stories.telling import press, told
from tests.stories.test_my_subscription import in_days
from tests.stories.test_visits import club_today


async def nine_o_clock(db, *people):
    """As the job of today does; the outbox sends it with the next words said, at any hour."""
    async with db.transaction() as tx:
        for person in people:
            await tx.notifications.keep_quiet(of=person.id, is_quiet=False)
        await _owe(tx, club_today())


async def test_a_member_is_reminded_and_renews_from_there(chat, club, db):
    anna = await club.member("Anna")
    await subscribed(db, anna, ends_in=3)
    await nine_o_clock(db, anna)
    await chat.play(f"""
        Anna: /whoami
        bot: <...>
            <...>
            <...>
            <...>
            <...>
        bot: ⏳ Anna, your 30 Days ends on {in_days(3)}. Days to go: 3. <...> [🔄 Renew] [☰ Menu]
        Anna: [🔄 Renew]
        bot*: 💳 Subscribe
            • 30 Days: ₹2,500.00 for 30 days
            <...>
            <...>
            Which one would you like? <...>
    """)
    await chat.says("Anna", "/notifications")
    assert "Days to go: 3." in await press(chat, "Anna", "🔵 Your subscription ends")


async def test_an_admin_reads_who_was_locked_and_puts_the_text_in_other_words(chat, club, db):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await subscribed(db, anna, ends_in=-8)
    await nine_o_clock(db, asha)
    await chat.says("Asha", "/admin")
    (read,) = [text for text in told(chat, "Asha") if text.startswith("🔒 Locked since")]
    assert read.endswith("• Anna Rao")
    await chat.says("Asha", "[⚙️ Settings]")
    await chat.says("Asha", "[💌 Follow-ups]")
    shown = "\n".join(await chat.says("Asha", "[🔔 Subscription ends soon: on]"))
    assert f"⏳ Asha, your 30 Days ends on {in_days(3)}. Days to go: 3." in shown
    asked = "\n".join(await chat.says("Asha", "[✏️ Text]"))
    assert "I fill in {name}, {first_name}, {club}, {plan}, {ends}, {days}." in asked
    said = "\n".join(await chat.says("Asha", "I say: {plan}, {ends}"))
    assert f"I say: 30 Days, {in_days(3)}" in said
