"""The plans table."""

from typing import Any
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection, storable, sure
from bot.models.plans import Duration, DurationUnit, Plan, PlanFacts

_COLUMNS = """
    id, name, price_paise, duration_count, duration_unit, sac, rate_bps, joining_fee_paise,
    visits_limit, is_on_sale, position
"""


class PlanRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def lock(self) -> None:
        """One who changes the list at a time; members go on reading it."""
        await self._conn.execute("LOCK TABLE plans IN SHARE ROW EXCLUSIVE MODE")

    async def find(self, plan_id: int) -> Plan | None:
        row = await self._conn.fetchrow(f"SELECT {_COLUMNS} FROM plans WHERE id = $1", plan_id)
        return _plan(row) if row else None

    async def find_made_by(self, operation_id: UUID) -> Plan | None:
        sql = f"SELECT {_COLUMNS} FROM plans WHERE operation_id = $1"
        row = await self._conn.fetchrow(sql, operation_id)
        return _plan(row) if row else None

    async def find_on_sale(self, name: str) -> Plan | None:
        """By its name, whatever the case."""
        sql = f"SELECT {_COLUMNS} FROM plans WHERE lower(name) = lower($1) AND is_on_sale"
        row = await self._conn.fetchrow(sql, name)
        return _plan(row) if row else None

    async def list(self, *, only_on_sale: bool) -> list[Plan]:
        """In their order."""
        sql = f"SELECT {_COLUMNS} FROM plans WHERE is_on_sale OR NOT $1 ORDER BY position"
        return [_plan(row) for row in await self._conn.fetch(sql, only_on_sale)]

    async def add(self, facts: PlanFacts, *, operation_id: UUID | None) -> Plan:
        """As the last of the list."""
        sql = f"""
            INSERT INTO plans (name, price_paise, duration_count, duration_unit, sac, rate_bps,
                               joining_fee_paise, visits_limit, is_on_sale, operation_id, position)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
                    (SELECT coalesce(max(position), 0) + 1 FROM plans))
            RETURNING {_COLUMNS}
        """
        return _plan(sure(await self._conn.fetchrow(sql, *_values(facts), operation_id)))

    async def save(self, plan_id: int, facts: PlanFacts) -> None:
        sql = """
            UPDATE plans
               SET name = $1, price_paise = $2, duration_count = $3, duration_unit = $4, sac = $5,
                   rate_bps = $6, joining_fee_paise = $7, visits_limit = $8, is_on_sale = $9
             WHERE id = $10
        """
        await self._conn.execute(sql, *_values(facts), plan_id)

    async def swap(self, one_id: int, other_id: int) -> None:
        """Their places in the list."""
        sql = """
            UPDATE plans p
               SET position = other.position
              FROM plans other
             WHERE (p.id, other.id) IN (($1, $2), ($2, $1))
        """
        await self._conn.execute(sql, one_id, other_id)


def _values(facts: PlanFacts) -> tuple[object, ...]:
    return (
        storable(facts.name),
        facts.price_paise,
        facts.duration.count,
        facts.duration.unit,
        facts.sac,
        facts.rate_bps,
        facts.joining_fee_paise,
        facts.visits_limit,
        facts.is_on_sale,
    )


def _plan(row: Record) -> Plan:
    fields: dict[str, Any] = dict(row)
    count, unit = fields.pop("duration_count"), DurationUnit(fields.pop("duration_unit"))
    return Plan(**fields, duration=Duration(count=count, unit=unit))
