"""Subscriptions and what changed them: rows are added and read, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection, storable, sure
from bot.db._standings import PEOPLE
from bot.models.subscription_cards import RecordedChange, SubscriptionEntry
from bot.models.subscriptions import Change, ChangeKind, Subscription, SubscriptionList

_COLUMNS = """
    id, person_id, plan_id, plan_name, price_paise, first_day, last_day, visits_limit, is_trial,
    moved_by
"""

_WHICH = {
    SubscriptionList.ACTIVE: "access = 'active'",
    SubscriptionList.EXPIRING: "access = 'active' AND last_day <= soon",
    SubscriptionList.GRACE: "access = 'grace'",
    SubscriptionList.LOCKED_TOMORROW: (
        "access IN ('active', 'grace') AND access_tomorrow = 'locked'"
    ),
    SubscriptionList.EXPIRED: "access = 'locked'",
    SubscriptionList.FROZEN: "access = 'frozen'",
    SubscriptionList.UPCOMING: "access <> 'banned' AND next_first_day IS NOT NULL",
    SubscriptionList.BANNED: "access = 'banned'",
}
# What a line says of the one that decides, or of the one that is to begin.
_LINE = "plan_name, last_day, NULL::date AS first_day"
_NEXT_LINE = "next_plan AS plan_name, next_last_day AS last_day, next_first_day AS first_day"


def in_list(which: SubscriptionList, today: str, soon: str) -> str:
    """SQL: whether a person ``p`` is in one of the lists, on the day that ``today`` says in SQL."""
    people = f"SELECT person_id FROM ({PEOPLE}) AS listed WHERE {_WHICH[which]}"
    people = people.replace("$1::date", today).replace("$2::date", soon).replace("$1", today)
    return f"p.id IN ({people})"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubscription:
    """``request_id``: the purchase that it comes of; ``invoice_id``: its bill.

    ``moved_by``: the change of another member's that gives it over.
    """

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
    is_trial: bool = False
    moved_by: int | None = None


class SubscriptionRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, new: NewSubscription) -> int:
        """Returns its id."""
        sql = """
            INSERT INTO subscriptions
                   (request_id, person_id, plan_id, plan_name, price_paise, first_day, last_day,
                    visits_limit, invoice_id, bought_at, recorded_by, is_trial, moved_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
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
            new.is_trial,
            new.moved_by,
        )
        return int(sure(row)["id"])

    async def find(self, subscription_id: int) -> Subscription | None:
        sql = f"SELECT {_COLUMNS} FROM subscriptions WHERE id = $1"
        row = await self._conn.fetchrow(sql, subscription_id)
        if row is None:
            return None
        changes = await self._changes([subscription_id])
        return Subscription(**row, changes=tuple(changes[subscription_id]))

    async def find_id_of(self, purchase_id: int) -> int | None:
        """The one that came of a purchase."""
        sql = "SELECT id FROM subscriptions WHERE request_id = $1"
        found: int | None = await self._conn.fetchval(sql, purchase_id)
        return found

    async def find_moved(self, change_id: int) -> Subscription | None:
        """What somebody else has got by that change."""
        sql = "SELECT id FROM subscriptions WHERE moved_by = $1"
        found = await self._conn.fetchval(sql, change_id)
        return await self.find(found) if found else None

    async def is_undone(self, change_id: int) -> bool:
        sql = "SELECT EXISTS (SELECT FROM subscription_changes WHERE undoes_id = $1)"
        return bool(await self._conn.fetchval(sql, change_id))

    async def moved_money(self, change_id: int) -> bool:
        """Whether money went with it: a credit note, or the bill of what began in its place."""
        sql = """
            SELECT EXISTS (SELECT FROM credit_notes n WHERE n.operation_id = c.operation_id)
                OR EXISTS (SELECT FROM subscription_requests r
                            WHERE r.operation_id = c.operation_id)
              FROM subscription_changes c
             WHERE c.id = $1
        """
        return bool(await self._conn.fetchval(sql, change_id))

    async def origin(self, subscription_id: int) -> tuple[int | None, int | None]:
        """The purchase that it comes of, and its bill."""
        sql = "SELECT request_id, invoice_id FROM subscriptions WHERE id = $1"
        row = sure(await self._conn.fetchrow(sql, subscription_id))
        return row["request_id"], row["invoice_id"]

    async def list_of(self, person_id: int) -> list[Subscription]:
        """In the order in which they were bought."""
        return (await self.list_of_people([person_id]))[person_id]

    async def list_of_people(self, ids: Sequence[int]) -> dict[int, list[Subscription]]:
        """As ``list_of``, of each of these people; none for whoever never had one."""
        sql = f"SELECT {_COLUMNS} FROM subscriptions WHERE person_id = ANY ($1) ORDER BY id"
        rows = await self._conn.fetch(sql, list(ids))
        changes = await self._changes([row["id"] for row in rows])
        bought: dict[int, list[Subscription]] = {person_id: [] for person_id in ids}
        for row in rows:
            each = Subscription(**row, changes=tuple(changes[row["id"]]))
            bought[each.person_id].append(each)
        return bought

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
            storable(reason),
            at,
            by,
        )
        return made

    async def has_change(self, operation_id: UUID) -> bool:
        sql = "SELECT EXISTS (SELECT FROM subscription_changes WHERE operation_id = $1)"
        return bool(await self._conn.fetchval(sql, operation_id))

    async def history(self, subscription_id: int) -> list[RecordedChange]:
        """In their order, with the names of today."""
        sql = """
            SELECT c.id, c.kind, c.days, c.on_day AS "on", c.undoes_id, c.reason, c.changed_at,
                   coalesce(f.full_name, nullif(p.display_name, '')) AS by,
                   CASE WHEN m.id IS NOT NULL
                        THEN coalesce(mf.full_name, mp.display_name) END AS moved_to
              FROM subscription_changes c
              JOIN people p ON p.id = c.recorded_by
              LEFT JOIN profiles f ON f.person_id = p.id
              LEFT JOIN subscriptions m ON m.moved_by = c.id
              LEFT JOIN people mp ON mp.id = m.person_id
              LEFT JOIN profiles mf ON mf.person_id = m.person_id
             WHERE c.subscription_id = $1
             ORDER BY c.id
        """
        return [_recorded(row) for row in await self._conn.fetch(sql, subscription_id)]

    async def count_lists(self, *, today: date, soon: date) -> dict[SubscriptionList, int]:
        """How long each of the lists is."""
        counts = ", ".join(f"count(*) FILTER (WHERE {_WHICH[each]})" for each in SubscriptionList)
        row = sure(await self._conn.fetchrow(f"SELECT {counts} FROM ({PEOPLE}) AS l", today, soon))
        return dict(zip(SubscriptionList, row.values(), strict=True))

    async def count_people(self, which: SubscriptionList, *, today: date, soon: date) -> int:
        sql = f"SELECT count(*) FROM ({PEOPLE}) AS people WHERE {_WHICH[which]}"
        return int(await self._conn.fetchval(sql, today, soon))

    async def list_people(  # noqa: PLR0913 -- what is asked for
        self,
        which: SubscriptionList,
        *,
        today: date,
        soon: date,
        limit: int | None = None,
        offset: int = 0,
        among: Sequence[int] | None = None,
    ) -> list[SubscriptionEntry]:
        """Whoever ends first (of the upcoming, begins) comes first; of the expired, who ended last.

        Without ``limit`` all of them; ``among``: of these people only.
        """
        is_next = which is SubscriptionList.UPCOMING
        order = "last_day DESC" if which is SubscriptionList.EXPIRED else "last_day"
        sql = f"""
            SELECT person_id, name, phone, {_NEXT_LINE if is_next else _LINE}
              FROM ({PEOPLE}) AS people
             WHERE {_WHICH[which]} AND ($5::bigint[] IS NULL OR person_id = ANY ($5))
             ORDER BY {"first_day" if is_next else order}, person_id
             LIMIT $3 OFFSET $4
        """
        rows = await self._conn.fetch(sql, today, soon, limit, offset, among)
        return [SubscriptionEntry(**dict(row)) for row in rows]

    async def _changes(self, ids: Sequence[int]) -> dict[int, list[Change]]:
        """Of each of these subscriptions, in their order."""
        sql = """
            SELECT subscription_id, id, kind, days, on_day AS "on", undoes_id
              FROM subscription_changes
             WHERE subscription_id = ANY ($1)
             ORDER BY id
        """
        found: dict[int, list[Change]] = {number: [] for number in ids}
        for row in await self._conn.fetch(sql, list(ids)):
            found[row["subscription_id"]].append(_change(row))
        return found


def _recorded(row: Record) -> RecordedChange:
    fields: dict[str, Any] = dict(row)
    told = {name: fields.pop(name) for name in ("by", "reason", "moved_to")}
    at, kind = fields.pop("changed_at"), ChangeKind(fields.pop("kind"))
    return RecordedChange(change=Change(**fields, kind=kind), at=at, **told)


def _change(row: Record) -> Change:
    fields: dict[str, Any] = dict(row)
    del fields["subscription_id"]
    return Change(**{**fields, "kind": ChangeKind(row["kind"])})
