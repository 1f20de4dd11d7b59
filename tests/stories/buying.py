"""What stories about buying a subscription share: a member, choosing, an approval."""

from dataclasses import replace
from uuid import uuid4

from bot.models.claims import NewClaim
from bot.models.payments import Method, PaymentLine
from bot.models.purchases import NewPurchase, Starts
from tests.stories.broadcasting import tap
from tests.stories.claiming import person, told
from tests.stories.invoicing import registered


async def member_of(club, db, **business):
    """Anna, of a club that charges GST; Asha is its admin."""
    await registered(db, **business)
    await club.admin("Asha")
    return await club.member("Anna")


async def waiting(chat, anna):
    return await chat.app.services.purchases.find_waiting(me=anna)


async def approve(chat, club, db, anna):
    """Asha approves what waits, as it was asked for; how Anna stands then."""
    asha, purchase = await person(db, club, "Asha"), await waiting(chat, anna)
    await chat.app.services.activations.approve(purchase.id, by=asha)
    await told(chat)
    return await chat.app.services.subscriptions.standing(anna.id)


async def bought(chat, club, db, anna, starts=Starts.TODAY):
    """All the way, for 30 days."""
    line = PaymentLine(method=Method.CASH, amount_paise=2_500_00)
    new = NewPurchase(
        plan_id=1, starts=starts, total_paise=2_500_00, payment=NewClaim(lines=(line,))
    )
    await chat.app.services.purchases.submit(new, me=anna, operation_id=uuid4())
    return await approve(chat, club, db, anna)


async def later_allowed(db, limit_paise=5_000_00) -> None:
    async with db.transaction() as tx:
        rules = await tx.subscription_rules.get()
        new = replace(rules, pay_later=True, pay_later_limit_paise=limit_paise)
        await tx.subscription_rules.save(new)


async def chosen(chat, plan="30 Days") -> str:
    await chat.says("Anna", "/subscribe")
    return "\n".join(await tap(chat, "Anna", plan))


def shown(chat, who="Anna") -> str:
    """The newest screen."""
    return chat.engine.chat_messages(chat.club.people[who].id)[-1].text


async def by_cash(chat) -> str:
    """From the summary to the end."""
    await chat.says("Anna", "[💵 Cash]")
    return "\n".join(await chat.says("Anna", "[✅ Yes, tell the club]"))
