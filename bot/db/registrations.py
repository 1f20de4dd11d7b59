"""The registrations and profiles tables: SQL in, ``Registration`` out."""

from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection, fold
from bot.models.registrations import Applicant, Gender, Registration, RegistrationStatus

APPLICANT_COLUMNS = "full_name, phone, phone_verified, age, gender, weight_grams, photo_file_id"
_COLUMNS = f"""id, person_id, {APPLICANT_COLUMNS}, status, operation_id, submitted_at,
               decided_by, decided_at, reason"""


class RegistrationRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(
        self, person_id: int, applicant: Applicant, *, operation_id: UUID
    ) -> Registration | None:
        """File a request. ``None``: this operation, or another open request, was there first."""
        sql = f"""
            INSERT INTO registrations (person_id, {APPLICANT_COLUMNS}, operation_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT DO NOTHING
            RETURNING {_COLUMNS}
        """
        row = await self._conn.fetchrow(sql, person_id, *_values(applicant), operation_id)
        return _registration(row) if row else None

    async def find(self, registration_id: int) -> Registration | None:
        sql = f"SELECT {_COLUMNS} FROM registrations WHERE id = $1"
        row = await self._conn.fetchrow(sql, registration_id)
        return _registration(row) if row else None

    async def find_by_operation(self, operation_id: UUID) -> Registration | None:
        sql = f"SELECT {_COLUMNS} FROM registrations WHERE operation_id = $1"
        row = await self._conn.fetchrow(sql, operation_id)
        return _registration(row) if row else None

    async def find_pending(self, *, of_person: int) -> Registration | None:
        sql = f"""
            SELECT {_COLUMNS}
              FROM registrations
             WHERE person_id = $1
               AND status = 'pending'
        """
        row = await self._conn.fetchrow(sql, of_person)
        return _registration(row) if row else None

    async def list_of(self, person_id: int) -> list[Registration]:
        sql = f"SELECT {_COLUMNS} FROM registrations WHERE person_id = $1 ORDER BY id"
        return [_registration(row) for row in await self._conn.fetch(sql, person_id)]

    async def list_pending(self, *, limit: int, offset: int = 0) -> list[Registration]:
        sql = f"""
            SELECT {_COLUMNS}
              FROM registrations
             WHERE status = 'pending'
             ORDER BY submitted_at, id
             LIMIT $1 OFFSET $2
        """
        return [_registration(row) for row in await self._conn.fetch(sql, limit, offset)]

    async def count_pending(self) -> int:
        sql = "SELECT count(*) FROM registrations WHERE status = 'pending'"
        return int(await self._conn.fetchval(sql))

    async def mark_decided(
        self,
        registration_id: int,
        status: RegistrationStatus,
        *,
        by: int,
        reason: str | None = None,
    ) -> Registration | None:
        """Decide an open request. ``None``: it was not open any more."""
        sql = f"""
            UPDATE registrations
               SET status = $2, decided_by = $3, decided_at = now(), reason = $4
             WHERE id = $1
               AND status = 'pending'
            RETURNING {_COLUMNS}
        """
        row = await self._conn.fetchrow(sql, registration_id, status, by, reason)
        return _registration(row) if row else None

    async def mark_withdrawn(self, registration_id: int, *, of_person: int) -> Registration | None:
        """Take back one's own open request. ``None``: it was not open, or not theirs."""
        sql = f"""
            UPDATE registrations
               SET status = 'withdrawn', decided_by = person_id, decided_at = now()
             WHERE id = $1
               AND person_id = $2
               AND status = 'pending'
            RETURNING {_COLUMNS}
        """
        row = await self._conn.fetchrow(sql, registration_id, of_person)
        return _registration(row) if row else None

    async def add_profile(self, person_id: int, applicant: Applicant) -> None:
        """Make the person a member; a second approval changes nothing."""
        sql = f"""
            INSERT INTO profiles (person_id, {APPLICANT_COLUMNS}, search_name)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (person_id) DO NOTHING
        """
        await self._conn.execute(sql, person_id, *_values(applicant), fold(applicant.full_name))


def _values(applicant: Applicant) -> tuple[object, ...]:
    return tuple(getattr(applicant, name.strip()) for name in APPLICANT_COLUMNS.split(","))


def applicant(row: Record) -> Applicant:
    """Map a row with ``APPLICANT_COLUMNS``."""
    fields = {name: row[name] for name in Applicant.__slots__}
    return Applicant(**{**fields, "gender": Gender(row["gender"])})


def _registration(row: Record) -> Registration:
    return Registration(
        id=row["id"],
        person_id=row["person_id"],
        applicant=applicant(row),
        status=RegistrationStatus(row["status"]),
        operation_id=row["operation_id"],
        submitted_at=row["submitted_at"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        reason=row["reason"],
    )
