"""Claims: what members say they have paid, until an admin has decided."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection
from bot.db.payments import payment_line
from bot.models.claims import Claim, ClaimEntry, ClaimStatus, NewClaim, Proof, SameProof

_COLUMNS = """
    id, operation_id, person_id, invoice_id, request_id, purpose, claimed_at, proof_kind,
    proof_file_id, proof_hash, status, decided_by, decided_at, reason, payment_id, for_subscription
"""


class ClaimRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(
        self,
        new: NewClaim,
        *,
        person_id: int,
        operation_id: UUID,
        for_subscription: bool = False,
    ) -> int | None:
        """Returns its id; ``None``: one about the same is waiting already."""
        sql = """
            INSERT INTO claims
                   (operation_id, person_id, invoice_id, request_id, purpose, upi_reference,
                    proof_kind, proof_file_id, proof_hash, for_subscription)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT DO NOTHING
            RETURNING id
        """
        proof = asdict(new.proof) if new.proof else {}
        claim_id: int | None = await self._conn.fetchval(
            sql,
            operation_id,
            person_id,
            new.invoice_id,
            new.request_id,
            new.purpose,
            new.upi_reference,
            proof.get("kind"),
            proof.get("file_id"),
            proof.get("hash"),
            for_subscription,
        )
        if claim_id is not None:
            await self._add_lines(claim_id, new)
        return claim_id

    async def find(self, claim_id: int) -> Claim | None:
        sql = f"SELECT {_COLUMNS} FROM claims WHERE id = $1"
        row = await self._conn.fetchrow(sql, claim_id)
        return await self._claim(row) if row else None

    async def find_made_by(self, operation_id: UUID) -> Claim | None:
        sql = f"SELECT {_COLUMNS} FROM claims WHERE operation_id = $1"
        row = await self._conn.fetchrow(sql, operation_id)
        return await self._claim(row) if row else None

    async def find_person_id(self, claim_id: int) -> int | None:
        """Whose it is, which never changes: who is to be locked before it."""
        sql = "SELECT person_id FROM claims WHERE id = $1"
        person_id: int | None = await self._conn.fetchval(sql, claim_id)
        return person_id

    async def hold(self, claim_id: int) -> Claim | None:
        """As it is now, locked until the transaction ends."""
        sql = f"SELECT {_COLUMNS} FROM claims WHERE id = $1 FOR UPDATE"
        row = await self._conn.fetchrow(sql, claim_id)
        return await self._claim(row) if row else None

    async def mark_decided(  # noqa: PLR0913 -- the columns of a decision
        self,
        claim_id: int,
        status: ClaimStatus,
        *,
        by: int,
        at: datetime,
        reason: str | None = None,
        payment_id: int | None = None,
    ) -> bool:
        """``False``: it waits no longer."""
        sql = """
            UPDATE claims
               SET status = $2, decided_by = $3, decided_at = $4, reason = $5, payment_id = $6
             WHERE id = $1
               AND status = 'waiting'
            RETURNING id
        """
        decided = await self._conn.fetchval(sql, claim_id, status, by, at, reason, payment_id)
        return decided is not None

    async def is_waiting(self, invoice_id: int) -> bool:
        """Whether a payment for it is reported and not decided."""
        sql = "SELECT EXISTS (SELECT FROM claims WHERE invoice_id = $1 AND status = 'waiting')"
        return bool(await self._conn.fetchval(sql, invoice_id))

    async def count_waiting(self) -> int:
        sql = "SELECT count(*) FROM claims WHERE status = 'waiting' AND NOT for_subscription"
        return int(await self._conn.fetchval(sql))

    async def list_waiting(self, *, limit: int, offset: int) -> list[ClaimEntry]:
        """The oldest first."""
        sql = """
            SELECT c.id, coalesce(f.full_name, nullif(p.display_name, ''), '') AS name,
                   (SELECT sum(amount_paise) FROM claim_lines WHERE claim_id = c.id)::bigint
                       AS amount_paise,
                   c.claimed_at
              FROM claims c
              JOIN people p ON p.id = c.person_id
              LEFT JOIN profiles f ON f.person_id = p.id
             WHERE c.status = 'waiting' AND NOT c.for_subscription
             ORDER BY c.id
             LIMIT $1 OFFSET $2
        """
        return [ClaimEntry(**dict(row)) for row in await self._conn.fetch(sql, limit, offset)]

    async def list_of(self, person_id: int, *, waiting: bool) -> list[Claim]:
        """One person's, the newest first; ``waiting``: those that wait, else all."""
        sql = f"""
            SELECT {_COLUMNS}
              FROM claims
             WHERE person_id = $1
               AND (status = 'waiting' OR NOT $2)
             ORDER BY id DESC
        """
        return [await self._claim(row) for row in await self._conn.fetch(sql, person_id, waiting)]

    async def list_same_proof(self, claim: Claim) -> list[SameProof]:
        """Earlier claims with the very same picture, the newest first; five at most."""
        sql = """
            SELECT coalesce(f.full_name, nullif(p.display_name, ''), '') AS name, c.claimed_at,
                   c.status
              FROM claims c
              JOIN people p ON p.id = c.person_id
              LEFT JOIN profiles f ON f.person_id = p.id
             WHERE c.proof_hash = $1
               AND c.id < $2
             ORDER BY c.id DESC
             LIMIT 5
        """
        rows = await self._conn.fetch(sql, claim.proof.hash if claim.proof else None, claim.id)
        return [SameProof(**{**row, "status": ClaimStatus(row["status"])}) for row in rows]

    async def _add_lines(self, claim_id: int, new: NewClaim) -> None:
        sql = """
            INSERT INTO claim_lines (claim_id, position, method, amount_paise, reference)
            VALUES ($1, $2, $3, $4, $5)
        """
        values = [
            (claim_id, position, line.method, line.amount_paise, line.reference)
            for position, line in enumerate(new.lines, 1)
        ]
        await self._conn.executemany(sql, values)

    async def _claim(self, row: Record) -> Claim:
        fields: dict[str, Any] = dict(row)
        kind, file_id, digest = (
            fields.pop(f"proof_{name}") for name in ("kind", "file_id", "hash")
        )
        sql = """
            SELECT method, amount_paise, reference
              FROM claim_lines
             WHERE claim_id = $1
             ORDER BY position
        """
        lines = await self._conn.fetch(sql, fields["id"])
        return Claim(
            **{**fields, "status": ClaimStatus(fields["status"])},
            proof=Proof(kind=kind, file_id=file_id, hash=digest) if kind else None,
            lines=tuple(payment_line(line) for line in lines),
        )
