"""PostgreSQL: reachable, new enough, with the right schema, rights and rows."""

import time
from collections.abc import AsyncIterator, Iterator
from typing import Final

import asyncpg

from bot.config import Settings
from bot.db import inspection, invariants
from bot.db.migrate import DatabaseTooNew, missing
from bot.doctor import sentences
from bot.doctor.clock import Clock, compared
from bot.doctor.findings import Finding

OLDEST: Final = 17
LATE_SECONDS: Final = 600  # the most that one job may take; deploy/alerts.yml has it, too
_SECONDS: Final = 5


async def check(
    settings: Settings, database_url: str, clock: Clock = time.time
) -> AsyncIterator[Finding]:
    conn = await _connect(database_url)
    if isinstance(conn, Finding):
        yield conn
        return
    try:
        async for finding in _examine(settings, conn, clock):
            yield finding
    finally:
        await conn.close()


async def _connect(database_url: str) -> asyncpg.Connection | Finding:
    try:
        return await asyncpg.connect(database_url, timeout=_SECONDS, command_timeout=_SECONDS)
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError):
        return sentences.PASSWORD_REFUSED
    except asyncpg.InvalidCatalogNameError:
        return sentences.NO_SUCH_DATABASE
    except (asyncpg.PostgresError, OSError, TimeoutError) as trouble:
        return sentences.database_away(type(trouble).__name__)


async def _examine(
    settings: Settings, conn: asyncpg.Connection, clock: Clock
) -> AsyncIterator[Finding]:
    yield version(conn.get_server_version())
    about = await inspection.about(conn)
    yield compared(clock(), about.now, whose="PostgreSQL")
    if about.encoding != "UTF8":
        yield sentences.encoding_bad(about.encoding)
    try:
        behind = await missing(conn)
    except DatabaseTooNew as newer:
        yield sentences.schema_newer(str(newer))
        return
    if behind:
        mends_itself = about.may_create and not settings.webhook_url
        yield sentences.schema_behind(len(behind), mends_itself=mends_itself)
        return  # what follows asks tables that may not be there
    yield sentences.SCHEMA_CURRENT
    lacking = await inspection.lacking(conn)
    if lacking:
        yield sentences.role_lacks(lacking)
        return
    yield sentences.ROLE_GOOD
    async for finding in _rows(settings, conn):
        yield finding


async def _rows(settings: Settings, conn: asyncpg.Connection) -> AsyncIterator[Finding]:
    audit = await inspection.audit_log(conn)
    if not audit.guarded:
        yield sentences.AUDIT_UNGUARDED
    else:
        yield sentences.AUDIT_BY_TRIGGER if audit.may_change else sentences.AUDIT_GOOD
    broken = await invariants.broken(conn)
    for fault in broken:
        yield sentences.promise_broken(fault)
    if not broken:
        yield sentences.INVARIANTS_GOOD
    club = await inspection.club(conn)
    if not (club.owners or settings.owner_ids):
        yield sentences.NOBODY_OWNS
    if series := await inspection.sealed_series(conn):
        yield sentences.series_sealed(series)
    if club.quarantined:
        yield sentences.in_quarantine(club.quarantined)
    for finding in judge(await inspection.jobs(conn)):
        yield finding


def judge(jobs: inspection.Jobs) -> Iterator[Finding]:
    """What the queue says; nobody at work on it is only seen once something is late."""
    if jobs.late_seconds > LATE_SECONDS:
        yield sentences.queue_stands(int(jobs.open), jobs.late_seconds)
    else:
        yield sentences.QUEUE_GOOD
    if jobs.dead:
        yield sentences.jobs_dead(int(jobs.dead))


def version(server: asyncpg.ServerVersion) -> Finding:
    return sentences.database_version(
        f"{server.major}.{server.micro}", too_old=server.major < OLDEST
    )
