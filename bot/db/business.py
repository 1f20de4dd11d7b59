"""The business table, its one row, and tax_rates."""

from collections.abc import Collection
from datetime import date

from asyncpg import Record

from bot.db._rows import Connection, storable, sure
from bot.models.business import Business, BusinessSetting, GstScheme, TaxRate

# A name that nobody has set is the club's, whatever that is today.
_COLUMNS = """
    coalesce(legal_name, (SELECT name FROM club)) AS legal_name,
    coalesce(trade_name, (SELECT name FROM club)) AS trade_name,
    address, state_code, gstin, scheme, is_gst_on, prices_inclusive, default_rate_bps,
    service_sac, taxes_shipping, is_rounded, upi_id, bank_details, logo_file_id,
    invoice_prefix, terms, due_days, credits_overpayment, advances_are_fitness
"""


class BusinessRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self) -> Business:
        sql = f"SELECT {_COLUMNS} FROM business"
        return _business(sure(await self._conn.fetchrow(sql)))

    async def hold(self) -> Business:
        """As ``get``, locked until the transaction ends, so that «before» in the audit is true."""
        sql = f"SELECT {_COLUMNS} FROM business FOR UPDATE"
        return _business(sure(await self._conn.fetchrow(sql)))

    async def save(self, business: Business, changed: Collection[BusinessSetting]) -> None:
        """Write these fields alone: an untouched name goes on following the club's."""
        columns = ", ".join(f"{field} = ${number}" for number, field in enumerate(changed, 1))
        values = (getattr(business, field) for field in changed)
        sql = f"UPDATE business SET {columns}"
        await self._conn.execute(sql, *(storable(v) if isinstance(v, str) else v for v in values))

    async def keep_logo(self, file_id: str, content: bytes) -> None:
        """For good: invoices of that day print it."""
        sql = "INSERT INTO logos (file_id, content) VALUES ($1, $2) ON CONFLICT DO NOTHING"
        await self._conn.execute(sql, file_id, content)

    async def find_logo(self, file_id: str) -> bytes | None:
        sql = "SELECT content FROM logos WHERE file_id = $1"
        found: bytes | None = await self._conn.fetchval(sql, file_id)
        return found

    async def rate_on(self, code: str, day: date) -> int | None:
        """What supplies of that HSN or SAC are taxed at; ``None``: the club has no rate for it."""
        sql = """
            SELECT rate_bps
              FROM tax_rates
             WHERE code = $1 AND valid_from <= $2
             ORDER BY valid_from DESC
             LIMIT 1
        """
        rate: int | None = await self._conn.fetchval(sql, code, day)
        return rate

    async def find_rate(self, code: str, valid_from: date) -> TaxRate | None:
        """The one that begins on that very day."""
        sql = """
            SELECT code, valid_from, rate_bps
              FROM tax_rates
             WHERE code = $1 AND valid_from = $2
        """
        row = await self._conn.fetchrow(sql, code, valid_from)
        return TaxRate(**row) if row else None

    async def set_rate(self, rate: TaxRate) -> None:
        """Add one, or correct the one that begins on the same day."""
        sql = """
            INSERT INTO tax_rates (code, valid_from, rate_bps)
            VALUES ($1, $2, $3)
            ON CONFLICT (code, valid_from) DO UPDATE SET rate_bps = excluded.rate_bps
        """
        await self._conn.execute(sql, rate.code, rate.valid_from, rate.rate_bps)

    async def list_rates(self, *, limit: int, offset: int) -> list[TaxRate]:
        sql = """
            SELECT code, valid_from, rate_bps
              FROM tax_rates
             ORDER BY code, valid_from DESC
             LIMIT $1 OFFSET $2
        """
        return [TaxRate(**row) for row in await self._conn.fetch(sql, limit, offset)]

    async def count_rates(self) -> int:
        return int(await self._conn.fetchval("SELECT count(*) FROM tax_rates"))


def _business(row: Record) -> Business:
    return Business(**{**row, "scheme": GstScheme(row["scheme"])})
