"""Subscriptions and what changed them: rows are added and read, never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection, sure
from bot.models.subscriptions import (
    Change,
    ChangeKind,
    Rules,
    Subscription,
    SubscriptionEntry,
    SubscriptionList,
)

_COLUMNS = """
    id, person_id, plan_id, plan_name, price_paise, first_day, last_day, visits_limit
"""

# One row for each person who ever had one: their last day of all, and of which plan.
# $1: today, $2: the last day that counts as soon. Cancelled ones end on the day before.
_PEOPLE = """
    SELECT DISTINCT ON (t.person_id) t.person_id, t.plan_name, t.last_day,
           coalesce(f.full_name, nullif(p.display_name, ''), '') AS name,
           EXISTS (SELECT FROM subscription_terms r
                    WHERE r.person_id = t.person_id AND $1::date BETWEEN r.first_day AND r.last_day)
               AS runs,
           EXISTS (SELECT FROM subscription_changes c
                    WHERE c.subscription_id = t.subscription_id AND c.kind = 'cancel'
                      AND NOT EXISTS (SELECT FROM subscription_changes u WHERE u.undoes_id = c.id))
               AS is_cancelled,
           EXISTS (SELECT
                     FROM subscription_changes c
                     JOIN subscription_terms r USING (subscription_id)
                    WHERE r.person_id = t.person_id AND c.kind = 'freeze'
                      AND $1::date BETWEEN c.on_day AND c.on_day + c.days - 1
                      AND NOT EXISTS (SELECT FROM subscription_changes u WHERE u.undoes_id = c.id)
                      AND NOT EXISTS (SELECT FROM subscription_changes u
                                       WHERE u.subscription_id = c.subscription_id
                                         AND u.kind = 'unfreeze' AND u.id > c.id
                                         AND u.on_day <= $1
                                         AND NOT EXISTS (SELECT FROM subscription_changes v
                                                          WHERE v.undoes_id = u.id)))
               AS is_frozen,
           $2::date AS soon, (SELECT grace_days FROM subscription_rules) AS grace_days
      FROM subscription_terms t
      JOIN people p ON p.id = t.person_id AND p.deleted_at IS NULL
      LEFT JOIN profiles f ON f.person_id = p.id
     ORDER BY t.person_id, t.last_day DESC, t.subscription_id DESC
"""
_IN_GRACE = "last_day < $1 AND last_day + grace_days >= $1 AND NOT is_cancelled"
_WHICH = {
    SubscriptionList.ACTIVE: "runs AND NOT is_frozen",
    SubscriptionList.EXPIRING: "runs AND NOT is_frozen AND last_day <= soon",
    SubscriptionList.GRACE: _IN_GRACE,
    SubscriptionList.EXPIRED: f"last_day < $1 AND NOT ({_IN_GRACE})",
    SubscriptionList.FROZEN: "runs AND is_frozen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubscription:
    """``request_id``: the purchase that it comes of; ``invoice_id``: its bill."""

    request_id: int | None
    person_id: int
    plan_id: int | None
    plan_name: str
    price_paise: int
    first_day: date
    last_day: date
    visits_limit: int | None
    invoice_id: int | None
    bought_at: datetime
    recorded_by: int


class SubscriptionRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def rules(self) -> Rules:
        sql = """
            SELECT grace_days, grace_visits, freeze_days, pay_later, pay_later_limit_paise
              FROM subscription_rules
        """
        return Rules(**dict(sure(await self._conn.fetchrow(sql))))

    async def save_rules(self, rules: Rules) -> None:
        sql = """
            UPDATE subscription_rules
               SET grace_days = $1, grace_visits = $2, freeze_days = $3, pay_later = $4,
                   pay_later_limit_paise = $5
        """
        await self._conn.execute(
            sql,
            rules.grace_days,
            rules.grace_visits,
            rules.freeze_days,
            rules.pay_later,
            rules.pay_later_limit_paise,
        )

    async def add(self, new: NewSubscription) -> int:
        """Returns its id."""
        sql = """
            INSERT INTO subscriptions
                   (request_id, person_id, plan_id, plan_name, price_paise, first_day, last_day,
                    visits_limit, invoice_id, bought_at, recorded_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            RETURNING id
        """
        row = await self._conn.fetchrow(
            sql,
            new.request_id,
            new.person_id,
            new.plan_id,
            new.plan_name,
            new.price_paise,
            new.first_day,
            new.last_day,
            new.visits_limit,
            new.invoice_id,
            new.bought_at,
            new.recorded_by,
        )
        return int(sure(row)["id"])

    async def find(self, subscription_id: int) -> Subscription | None:
        sql = f"SELECT {_COLUMNS} FROM subscriptions WHERE id = $1"
        row = await self._conn.fetchrow(sql, subscription_id)
        return await self._subscription(row) if row else None

    async def find_id_of(self, purchase_id: int) -> int | None:
        """The one that came of a purchase."""
        sql = "SELECT id FROM subscriptions WHERE request_id = $1"
        found: int | None = await self._conn.fetchval(sql, purchase_id)
        return found

    async def origin(self, subscription_id: int) -> tuple[int | None, int | None]:
        """The purchase that it comes of, and its bill."""
        sql = "SELECT request_id, invoice_id FROM subscriptions WHERE id = $1"
        row = sure(await self._conn.fetchrow(sql, subscription_id))
        return row["request_id"], row["invoice_id"]

    async def list_of(self, person_id: int) -> list[Subscription]:
        """In the order in which they were bought."""
        sql = f"SELECT {_COLUMNS} FROM subscriptions WHERE person_id = $1 ORDER BY id"
        return [await self._subscription(row) for row in await self._conn.fetch(sql, person_id)]

    async def add_change(  # noqa: PLR0913 -- the columns of a row
        self,
        subscription_id: int,
        change: Change,
        *,
        delta_days: int,
        reason: str,
        at: datetime,
        by: int,
        operation_id: UUID,
    ) -> int | None:
        """Returns its id; ``None``: this operation has made it, or that change is taken back."""
        sql = """
            INSERT INTO subscription_changes
                   (operation_id, subscription_id, kind, days, on_day, undoes_id, delta_days,
                    reason, changed_at, recorded_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT DO NOTHING
            RETURNING id
        """
        made: int | None = await self._conn.fetchval(
            sql,
            operation_id,
            subscription_id,
            change.kind,
            change.days,
            change.on,
            change.undoes_id,
            delta_days,
            reason,
            at,
            by,
        )
        return made

    async def has_change(self, operation_id: UUID) -> bool:
        sql = "SELECT EXISTS (SELECT FROM subscription_changes WHERE operation_id = $1)"
        return bool(await self._conn.fetchval(sql, operation_id))

    async def count_people(self, which: SubscriptionList, *, today: date, soon: date) -> int:
        sql = f"SELECT count(*) FROM ({_PEOPLE}) AS people WHERE {_WHICH[which]}"
        return int(await self._conn.fetchval(sql, today, soon))

    async def list_people(
        self, which: SubscriptionList, *, today: date, soon: date, limit: int, offset: int
    ) -> list[SubscriptionEntry]:
        """Whoever ends first comes first; of the expired, who ended last."""
        order = "DESC" if which is SubscriptionList.EXPIRED else "ASC"
        sql = f"""
            SELECT person_id, name, plan_name, last_day
              FROM ({_PEOPLE}) AS people
             WHERE {_WHICH[which]}
             ORDER BY last_day {order}, person_id
             LIMIT $3 OFFSET $4
        """
        rows = await self._conn.fetch(sql, today, soon, limit, offset)
        return [SubscriptionEntry(**dict(row)) for row in rows]

    async def _subscription(self, row: Record) -> Subscription:
        sql = """
            SELECT id, kind, days, on_day AS "on", undoes_id
              FROM subscription_changes
             WHERE subscription_id = $1
             ORDER BY id
        """
        changes = await self._conn.fetch(sql, row["id"])
        fields: dict[str, Any] = dict(row)
        return Subscription(**fields, changes=tuple(_change(each) for each in changes))


def _change(row: Record) -> Change:
    return Change(**{**row, "kind": ChangeKind(row["kind"])})
