"""What stories about approving subscriptions share: a member who asks, and a clock that stands."""

from datetime import UTC, datetime
from uuid import uuid4

from bot.models.claims import NewClaim
from bot.models.purchases import NewPurchase, Starts
from bot.models.subscription_cards import Rule
from tests.stories.invoicing import registered
from tests.stories.reporting import cash, told_all

NOON = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)  # 12:00 of 1 March at the club
PRICE = 2_500_00


def clock(chat, now=NOON) -> None:
    """From here on it is ``now`` for whoever asks for a subscription and decides on it."""
    services = chat.app.services
    for each in (services.purchases, services.activations, services.subscriptions):
        each._now = lambda: now


async def desk(chat, club, db, **member):
    """Asha and Bina are admins, Anna is a member; paying later is possible."""
    await registered(db)
    clock(chat)
    asha, _ = await club.admin("Asha"), await club.admin("Bina")
    await chat.app.services.subscription_rules.change(Rule.PAY_LATER, True, by=asha)  # noqa: FBT003
    return asha, await club.member("Anna", **member)


async def wishes(chat, person, *lines, starts=Starts.TODAY, **about):
    """``person`` asks for 30 days; no ``lines``: to pay later. The admins get their cards."""
    payment = NewClaim(lines=lines, **about) if lines else None
    new = NewPurchase(plan_id=1, starts=starts, total_paise=PRICE, payment=payment)
    purchase = await chat.app.services.purchases.submit(new, me=person, operation_id=uuid4())
    await told_all(chat)
    return purchase


async def wishes_in_cash(chat, person):
    return await wishes(chat, person, cash(PRICE // 100))


def card(chat, who) -> str:
    """The first card of a subscription in an admin's chat, as it stands now."""
    messages = chat.engine.chat_messages(chat.club.people[who].id)
    return next(m.text for m in messages if "💳 Subscription " in (m.text or ""))


async def bought(db, person) -> list[tuple[str, str, int, int]]:
    """First and last day, price and what is due, in rupees, of each of their subscriptions."""
    async with db.reading() as repos:
        sql = """
            SELECT s.first_day::text, s.last_day::text, s.price_paise / 100 AS price, s.invoice_id
              FROM subscriptions s
             WHERE s.person_id = $1
             ORDER BY s.id
        """
        rows = await repos.claims._conn.fetch(sql, person.id)
        return [
            (*tuple(row)[:3], await repos.invoices.due(row["invoice_id"]) // 100) for row in rows
        ]
