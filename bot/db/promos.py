"""The promos table; who used a code stands in the requests for subscriptions."""

from typing import Any
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection, sure
from bot.models.promos import Gift, Promo, PromoFacts, PromoUse

# A request that waits or is approved uses its code; one that came to nothing gives it back.
_USES = "status IN ('waiting', 'approved')"
_COLUMNS = f"""
    id, code, percent, amount_paise, plan_id, first_day, last_day, uses_limit, member_limit, is_on,
    (SELECT count(*) FROM subscription_requests WHERE promo_id = promos.id AND {_USES}) AS used
"""


class PromoRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def find(self, promo_id: int) -> Promo | None:
        row = await self._conn.fetchrow(f"SELECT {_COLUMNS} FROM promos WHERE id = $1", promo_id)
        return _promo(row) if row else None

    async def find_named(self, code: str) -> Promo | None:
        """``code`` in capitals."""
        row = await self._conn.fetchrow(f"SELECT {_COLUMNS} FROM promos WHERE code = $1", code)
        return _promo(row) if row else None

    async def find_made_by(self, operation_id: UUID) -> Promo | None:
        sql = f"SELECT {_COLUMNS} FROM promos WHERE operation_id = $1"
        row = await self._conn.fetchrow(sql, operation_id)
        return _promo(row) if row else None

    async def hold(self, promo_id: int) -> Promo | None:
        """As it is now, locked until the transaction ends."""
        await self._conn.execute("SELECT FROM promos WHERE id = $1 FOR NO KEY UPDATE", promo_id)
        return await self.find(promo_id)

    async def hold_named(self, code: str) -> None:
        """Locked until the transaction ends: one after the other counts how often it is used."""
        await self._conn.execute("SELECT FROM promos WHERE code = $1 FOR NO KEY UPDATE", code)

    async def has_any_on(self) -> bool:
        """Whether anybody may have a code to type."""
        return bool(await self._conn.fetchval("SELECT EXISTS (SELECT FROM promos WHERE is_on)"))

    async def count_used_by(self, promo_id: int, person_id: int) -> int:
        sql = f"""
            SELECT count(*)
              FROM subscription_requests
             WHERE promo_id = $1 AND person_id = $2 AND {_USES}
        """
        return int(await self._conn.fetchval(sql, promo_id, person_id))

    async def count(self) -> int:
        return int(await self._conn.fetchval("SELECT count(*) FROM promos"))

    async def list_latest(self, *, limit: int, offset: int) -> list[Promo]:
        """The newest first."""
        sql = f"SELECT {_COLUMNS} FROM promos ORDER BY id DESC LIMIT $1 OFFSET $2"
        return [_promo(row) for row in await self._conn.fetch(sql, limit, offset)]

    async def add(self, facts: PromoFacts, *, operation_id: UUID) -> Promo | None:
        """``None``: the code is there, or this operation has made it."""
        sql = f"""
            INSERT INTO promos (code, percent, amount_paise, plan_id, first_day, last_day,
                                uses_limit, member_limit, is_on, operation_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT DO NOTHING
            RETURNING {_COLUMNS}
        """
        row = await self._conn.fetchrow(
            sql,
            facts.code,
            facts.gives.percent,
            facts.gives.amount_paise,
            facts.plan_id,
            *_terms(facts),
            operation_id,
        )
        return _promo(row) if row else None

    async def save_terms(self, promo_id: int, facts: PromoFacts) -> None:
        """Days, limits, on or off; what it gives stays."""
        sql = """
            UPDATE promos
               SET first_day = $1, last_day = $2, uses_limit = $3, member_limit = $4, is_on = $5
             WHERE id = $6
        """
        await self._conn.execute(sql, *_terms(facts), promo_id)

    async def sums(self, promo_id: int) -> tuple[int, int]:
        """How many of its uses wait, and the paise that were given with what is approved.

        Where an admin decided on another price, the code gave nothing.
        """
        sql = """
            SELECT count(*) FILTER (WHERE r.status = 'waiting'),
                   coalesce(sum(r.discount_paise) FILTER (WHERE s.price_paise = r.price_paise),
                            0)::bigint
              FROM subscription_requests r
              LEFT JOIN subscriptions s ON s.request_id = r.id
             WHERE r.promo_id = $1
        """
        waiting, given_paise = sure(await self._conn.fetchrow(sql, promo_id))
        return waiting, given_paise

    async def list_uses(self, promo_id: int, *, limit: int) -> list[PromoUse]:
        """The newest first; whoever is deleted by now has no name."""
        sql = f"""
            SELECT coalesce(f.full_name, nullif(p.display_name, ''), '') AS name,
                   (r.requested_at AT TIME ZONE (SELECT timezone FROM club))::date AS day,
                   r.discount_paise, r.status = 'waiting' AS is_waiting
              FROM subscription_requests r
              JOIN people p ON p.id = r.person_id
              LEFT JOIN profiles f ON f.person_id = p.id
             WHERE r.promo_id = $1 AND r.{_USES}
             ORDER BY r.id DESC
             LIMIT $2
        """
        return [PromoUse(**row) for row in await self._conn.fetch(sql, promo_id, limit)]


def _terms(facts: PromoFacts) -> tuple[object, ...]:
    return facts.first_day, facts.last_day, facts.uses_limit, facts.member_limit, facts.is_on


def _promo(row: Record) -> Promo:
    fields: dict[str, Any] = dict(row)
    gives = Gift(percent=fields.pop("percent"), amount_paise=fields.pop("amount_paise"))
    return Promo(**fields, gives=gives)
