"""What stories about subscriptions share: the way in, and something bought some days ago."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.db.subscriptions import NewSubscription

ZONE = ZoneInfo("Asia/Kolkata")


def today() -> date:
    return datetime.now(UTC).astimezone(ZONE).date()


def day(offset: int = 0) -> str:
    """So many days from today, as the club writes it."""
    at = today() + timedelta(days=offset)
    return f"{at.day} {at:%b %Y}"


async def subscribed(db, person, by, *, since=0, days=30, visits=None, name="30 Days") -> int:
    """``since``: days ago. Returns the subscription's id."""
    first = today() - timedelta(days=since)
    async with db.transaction() as tx:
        return await tx.subscriptions.add(
            NewSubscription(
                request_id=None,
                person_id=person.id,
                plan_id=1,
                plan_name=name,
                price_paise=2_500_00,
                first_day=first,
                last_day=first + timedelta(days=days - 1),
                visits_limit=visits,
                invoice_id=None,
                bought_at=datetime.now(UTC),
                recorded_by=by.id,
            )
        )


async def open_section(chat, who="Asha") -> str:
    await chat.says(who, "/admin")
    return "\n".join(await chat.says(who, "[💳 Subscriptions]"))


async def open_card(chat, whom="@anna", who="Asha") -> str:
    await open_section(chat, who)
    await chat.says(who, "[🔍 Search]")
    return "\n".join(await chat.says(who, whom))


async def last_days(db, person) -> list[date]:
    async with db.reading() as repos:
        return [each.term.last_day for each in await repos.subscriptions.list_of(person.id)]


async def changes_of(db, subscription_id: int) -> list:
    async with db.reading() as repos:
        return await repos.subscriptions.history(subscription_id)
