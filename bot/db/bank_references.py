"""Banks' references: each counts once in the club."""

from bot.db._rows import Connection


class BankReferenceRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def take_for_claim(self, key: str, *, claim_id: int) -> bool:
        """``False``: it is taken already."""
        sql = """
            INSERT INTO bank_references (key, claim_id)
            VALUES ($1, $2)
            ON CONFLICT (key) DO NOTHING
            RETURNING key
        """
        return await self._conn.fetchval(sql, key, claim_id) is not None

    async def take_for_payment(self, key: str, *, payment_id: int, claim_id: int | None) -> bool:
        """``claim_id``: from this claim, if it has it. ``False``: somebody else has."""
        sql = """
            INSERT INTO bank_references AS r (key, payment_id, claim_id)
            VALUES ($1, $2, $3)
            ON CONFLICT (key) DO UPDATE
               SET payment_id = excluded.payment_id
             WHERE r.claim_id = excluded.claim_id AND r.payment_id IS NULL
            RETURNING key
        """
        return await self._conn.fetchval(sql, key, payment_id, claim_id) is not None

    async def release(self, *, claim_id: int | None = None, payment_id: int | None = None) -> None:
        """What was not paid after all may be reported again."""
        sql = "DELETE FROM bank_references WHERE claim_id = $1 OR payment_id = $2"
        await self._conn.execute(sql, claim_id, payment_id)

    async def release_unpaid(self, *, claim_id: int) -> None:
        """Of an approved claim: what of it was not received may be reported again."""
        sql = "DELETE FROM bank_references WHERE claim_id = $1 AND payment_id IS NULL"
        await self._conn.execute(sql, claim_id)
