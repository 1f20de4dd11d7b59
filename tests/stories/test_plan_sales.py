"""What plans have brought, as admins and owners look at it."""

from tests.stories.buying import bought, member_of
from tests.stories.subscribing import open_section, today


async def test_the_revenue_of_a_month_and_of_the_ones_beside_it(chat, club, db):
    anna = await member_of(club, db)
    await club.owner("Vera")
    await open_section(chat)
    month = f"{today():%b %Y}"
    await chat.play(f"""
        Asha: [📊 Revenue by plan]
        bot*: 📊 Revenue by plan: {month}
            No plan was sold in this month. [⬅️ Back]
    """)
    await bought(chat, club, db, anna)
    await open_section(chat)
    await chat.play(f"""
        Asha: [📊 Revenue by plan]
        bot*: 📊 Revenue by plan: {month}
            By the day of the bill, <...>

            30 Days
            Sold: 1
            Billed: ₹2,500.00
            Received: ₹2,500.00

            Total
            Sold: 1
            Billed: ₹2,500.00
            Received: ₹2,500.00 [⬅️ Back]
        Asha: [⬅️ Back]
        bot*: 💳 Subscriptions
            <...>
    """)
    await open_section(chat, "Vera")
    assert "[📤 Excel]" in "\n".join(await chat.says("Vera", "[📊 Revenue by plan]"))
    await chat.says("Vera", "[📤 Excel]")
    assert "bot: {document plans-" in "\n".join(await chat.says("Vera", "[This month]"))
