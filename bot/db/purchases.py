"""What members ask to subscribe to, until an admin has decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection
from bot.models.plans import Duration, DurationUnit
from bot.models.purchases import Offer, Purchase, PurchaseEntry, PurchaseStatus, Starts

_COLUMNS = """
    id, person_id, plan_id, plan_name, price_paise, duration_count, duration_unit, visits_limit,
    starts, claim_id, requested_at, status, decided_by, decided_at, reason,
    upgrades_id, credit_paise, coalesce(discount_paise, 0) AS discount_paise,
    (SELECT code FROM promos WHERE id = promo_id) AS promo_code
"""
# Of the numbers that one member's uses of a code may have, the least that is free.
_NTH = """
    SELECT min(nth)
      FROM promos p, generate_series(1, p.member_limit) AS nth
     WHERE p.id = $14
       AND NOT EXISTS (SELECT FROM subscription_requests u
                        WHERE u.promo_id = p.id AND u.person_id = $2 AND u.promo_nth = nth
                          AND u.status IN ('waiting', 'approved'))
"""


class PurchaseRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(
        self,
        offer: Offer,
        *,
        person_id: int,
        starts: Starts,
        claim_id: int | None,
        operation_id: UUID,
    ) -> int | None:
        """As it was offered; returns its id. ``None``: one is waiting already.

        The code of its discount is locked, and was seen to be good.
        """
        sql = f"""
            INSERT INTO subscription_requests
                   (operation_id, person_id, starts, claim_id, plan_id, plan_name, duration_count,
                    duration_unit, visits_limit, price_paise, joining_fee_paise, upgrades_id,
                    credit_paise, promo_id, discount_paise, promo_nth)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, ({_NTH}))
            ON CONFLICT DO NOTHING
            RETURNING id
        """
        made: int | None = await self._conn.fetchval(
            sql,
            operation_id,
            person_id,
            starts,
            claim_id,
            *_offered(offer),
        )
        return made

    async def find(self, purchase_id: int) -> Purchase | None:
        sql = f"SELECT {_COLUMNS} FROM subscription_requests WHERE id = $1"
        row = await self._conn.fetchrow(sql, purchase_id)
        return _purchase(row) if row else None

    async def find_made_by(self, operation_id: UUID) -> Purchase | None:
        sql = f"SELECT {_COLUMNS} FROM subscription_requests WHERE operation_id = $1"
        row = await self._conn.fetchrow(sql, operation_id)
        return _purchase(row) if row else None

    async def find_waiting_of(self, person_id: int) -> Purchase | None:
        sql = f"""
            SELECT {_COLUMNS}
              FROM subscription_requests
             WHERE person_id = $1
               AND status = 'waiting'
        """
        row = await self._conn.fetchrow(sql, person_id)
        return _purchase(row) if row else None

    async def hold(self, purchase_id: int) -> Purchase | None:
        """As it is now, locked until the transaction ends."""
        sql = "SELECT FROM subscription_requests WHERE id = $1 FOR NO KEY UPDATE"
        await self._conn.execute(sql, purchase_id)
        return await self.find(purchase_id)

    async def operation_id(self, purchase_id: int) -> UUID:
        """Of whoever asked: what is billed for it is billed once under the same."""
        sql = "SELECT operation_id FROM subscription_requests WHERE id = $1"
        made: UUID = await self._conn.fetchval(sql, purchase_id)
        return made

    async def joining_fee(self, purchase_id: int) -> int:
        """What of its price was charged once for joining, in paise."""
        sql = "SELECT joining_fee_paise FROM subscription_requests WHERE id = $1"
        return int(await self._conn.fetchval(sql, purchase_id))

    async def mark_decided(
        self,
        purchase_id: int,
        status: PurchaseStatus,
        *,
        by: int,
        at: datetime,
        reason: str | None = None,
    ) -> bool:
        """``False``: it waits no longer."""
        sql = """
            UPDATE subscription_requests
               SET status = $2, decided_by = $3, decided_at = $4, reason = $5
             WHERE id = $1
               AND status = 'waiting'
            RETURNING id
        """
        decided = await self._conn.fetchval(sql, purchase_id, status, by, at, reason)
        return decided is not None

    async def count_waiting(self) -> int:
        sql = "SELECT count(*) FROM subscription_requests WHERE status = 'waiting'"
        return int(await self._conn.fetchval(sql))

    async def list_waiting(
        self, *, limit: int, offset: int, among: Sequence[int] | None = None
    ) -> list[PurchaseEntry]:
        """The oldest first; ``among``: of these people only."""
        sql = """
            SELECT r.id, coalesce(f.full_name, nullif(p.display_name, ''), '') AS name,
                   r.plan_name, r.price_paise, r.requested_at
              FROM subscription_requests r
              JOIN people p ON p.id = r.person_id
              LEFT JOIN profiles f ON f.person_id = p.id
             WHERE r.status = 'waiting' AND ($3::bigint[] IS NULL OR r.person_id = ANY ($3))
             ORDER BY r.id
             LIMIT $1 OFFSET $2
        """
        rows = await self._conn.fetch(sql, limit, offset, among)
        return [PurchaseEntry(**dict(row)) for row in rows]


def _offered(offer: Offer) -> tuple[object, ...]:
    plan, discount, upgrade = offer.plan, offer.discount, offer.upgrade
    return (
        plan.id,
        plan.name,
        plan.duration.count,
        plan.duration.unit,
        plan.visits_limit,
        offer.total_paise,
        offer.joining_fee_paise,
        upgrade.subscription_id if upgrade else None,
        upgrade.credit_paise if upgrade else 0,
        discount.promo_id if discount else None,
        discount.paise if discount else None,
    )


def _purchase(row: Record) -> Purchase:
    fields: dict[str, Any] = dict(row)
    count, unit = fields.pop("duration_count"), DurationUnit(fields.pop("duration_unit"))
    return Purchase(
        **{
            **fields,
            "starts": Starts(fields["starts"]),
            "status": PurchaseStatus(fields["status"]),
        },
        duration=Duration(count=count, unit=unit),
    )
