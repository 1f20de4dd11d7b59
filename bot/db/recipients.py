"""Who gets a broadcast, and what became of each: its rows of the notices table."""

from typing import Final

from asyncpg import Record

from bot.db._rows import Connection, sure
from bot.db.notices import claim_among
from bot.db.subscriptions import in_list
from bot.db.visits import LAST_VISIT
from bot.models.broadcasts import (
    ACTIVE_DAYS,
    BLOCKED,
    LATELY_SECONDS,
    STOPPED,
    Content,
    Letter,
    Progress,
    Recipient,
    RecipientState,
    Segment,
)
from bot.models.notices import Notice, NoticeKind
from bot.models.subscriptions import EXPIRING_DAYS, SubscriptionList

_TODAY: Final = "(SELECT (now() AT TIME ZONE timezone)::date FROM club)"
_SOON: Final = f"({_TODAY} + {EXPIRING_DAYS})"
# The plan of the subscription that runs, or ran last.
_PLAN: Final = f"""
    (SELECT t.plan_id
       FROM subscription_terms t
      WHERE t.person_id = p.id AND t.first_day <= {_TODAY}
      ORDER BY t.last_day DESC, t.subscription_id DESC
      LIMIT 1)
"""
# Members, but for the staff's segment; whoever is banned or gone is in none.
_PEOPLE: Final = f"""
    people p
    CROSS JOIN club
    LEFT JOIN profiles f ON f.person_id = p.id
 WHERE p.deleted_at IS NULL
   AND p.banned_at IS NULL
   AND CASE $1::text
       WHEN 'everyone' THEN f.person_id IS NOT NULL
       WHEN 'staff' THEN p.office IS NOT NULL
       WHEN 'picked' THEN p.id = ANY ($3::bigint[])
       WHEN 'active' THEN f.person_id IS NOT NULL AND EXISTS (
           SELECT FROM visits v
            WHERE v.person_id = p.id
              AND v.day > (now() AT TIME ZONE club.timezone)::date - $2::integer)
       WHEN 'absent' THEN f.person_id IS NOT NULL
            AND coalesce({LAST_VISIT}, (f.joined_at AT TIME ZONE club.timezone)::date)
                <= (now() AT TIME ZONE club.timezone)::date - $2::integer
       WHEN 'subscribed' THEN f.person_id IS NOT NULL
            AND {in_list(SubscriptionList.ACTIVE, _TODAY, _SOON)}
       WHEN 'expiring' THEN f.person_id IS NOT NULL
            AND {in_list(SubscriptionList.EXPIRING, _TODAY, _SOON)}
       WHEN 'expired' THEN f.person_id IS NOT NULL
            AND ({in_list(SubscriptionList.GRACE, _TODAY, _SOON)}
                 OR {in_list(SubscriptionList.EXPIRED, _TODAY, _SOON)})
       WHEN 'owing' THEN f.person_id IS NOT NULL AND EXISTS (
           SELECT FROM invoice_balances b WHERE b.person_id = p.id AND b.due_paise > 0)
       END
   AND ($4::bigint IS NULL OR {_PLAN} = $4)
"""
_MINE: Final = f"kind = '{NoticeKind.BROADCAST}' AND subject_id = $1"
_STATE: Final = f"""
    CASE WHEN withheld OR sent_at IS NOT NULL AND message_id IS NULL THEN 'declined'
         WHEN removed_at IS NOT NULL THEN 'removed'
         WHEN sent_at IS NOT NULL THEN 'sent'
         WHEN refused_at IS NULL THEN 'waiting'
         WHEN refusal IN ('{BLOCKED}', '{STOPPED}') THEN refusal
         ELSE 'failed'
    END
"""
# Not sent, and it would be worth another try.
_WORTH_A_TRY: Final = f"""
    sent_at IS NULL AND refused_at IS NOT NULL
    AND (refusal <> '{BLOCKED}'
         OR EXISTS (SELECT FROM people p WHERE p.id = recipient_id AND p.is_reachable))
"""


class RecipientRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def count_reach(self, segment: Segment) -> int:
        """How many it would go to; who cannot be reached is not counted."""
        sql = f"SELECT count(*) FROM {_PEOPLE} AND p.is_reachable"
        return int(await self._conn.fetchval(sql, *_asked(segment)))

    async def add_all(self, broadcast_id: int, segment: Segment) -> int:
        """Owe it to everyone of a segment; returns how many. Who cannot be reached is written off.

        The key makes a second call add nobody twice. The lock lets nobody be deleted meanwhile: a
        row of theirs would stay behind.
        """
        sql = f"""
            WITH added AS (
                INSERT INTO notices (kind, is_bulk, recipient_id, subject_id, dedupe_key,
                                     refused_at, refusal)
                SELECT '{NoticeKind.BROADCAST}', true, p.id, $5::bigint,
                       concat_ws(':', '{NoticeKind.BROADCAST}', $5::bigint, p.id),
                       CASE WHEN NOT p.is_reachable THEN now() END,
                       CASE WHEN NOT p.is_reachable THEN '{BLOCKED}' END
                  FROM {_PEOPLE}
                 ORDER BY p.id
                   FOR SHARE OF p
                ON CONFLICT (dedupe_key) DO NOTHING
                RETURNING 1)
            SELECT count(*) FROM added
        """
        return int(await self._conn.fetchval(sql, *_asked(segment), broadcast_id))

    async def claim(self, *, limit: int) -> list[Notice]:
        """As ``NoticeRepo.claim``, of broadcasts that run, and edits of what they have sent."""
        which = """
            broadcasts b
            JOIN notices due ON due.subject_id = b.id
            JOIN people ON people.id = due.recipient_id
           WHERE (b.status = 'running' OR b.is_changing)
             AND due.is_bulk
             AND (due.sent_at IS NULL AND b.status = 'running'
                  OR due.sent_at IS NOT NULL AND due.refresh > due.refreshed)
        """
        return await claim_among(self._conn, which, limit=limit)

    async def find_letter(self, owed: Notice) -> Letter | None:
        """``None``: taken back, or they are banned and have not got it."""
        sql = """
            SELECT b.html, b.file_kind, b.file_id, club.name AS club,
                   coalesce(f.full_name, p.display_name) AS name
              FROM broadcasts b
              CROSS JOIN club
              JOIN people p ON p.id = $2
              LEFT JOIN profiles f ON f.person_id = p.id
             WHERE b.id = $1
               AND b.retracted_at IS NULL
               AND (p.banned_at IS NULL OR $3)
        """
        has_it = owed.message_id is not None
        row = await self._conn.fetchrow(sql, owed.subject_id, owed.recipient_id, has_it)
        if row is None:
            return None
        content = Content(html=row["html"], file_kind=row["file_kind"], file_id=row["file_id"])
        return Letter(content=content, name=row["name"], club=row["club"])

    async def count(self, broadcast_id: int) -> Progress:
        states = ", ".join(
            f"count(*) FILTER (WHERE state = '{state}') AS {state}" for state in RecipientState
        )
        sql = f"""
            SELECT {states},
                   count(*) FILTER (WHERE state = 'waiting' AND held AND due_at > now()) AS held,
                   count(*) FILTER (WHERE state = 'sent' AND refused_at IS NULL
                                          AND refresh > refreshed) AS outdated,
                   count(*) FILTER (WHERE message_id IS NOT NULL
                                          AND sent_at > now() - make_interval(secs => $2))
                       AS lately
              FROM (SELECT *, {_STATE} AS state FROM notices WHERE {_MINE}) AS mine
        """
        row = sure(await self._conn.fetchrow(sql, broadcast_id, LATELY_SECONDS))
        return Progress(**row)

    async def write_off(self, broadcast_id: int) -> None:
        """News wait for nobody: who cannot be reached is done with. Of those claimed, later.

        What they have stays as it is, and stays counted as sent.
        """
        sql = f"""
            UPDATE notices
               SET refused_at = now(), refusal = '{BLOCKED}'
              FROM people p
             WHERE {_MINE}
               AND p.id = recipient_id
               AND NOT p.is_reachable
               AND (sent_at IS NULL OR refresh > refreshed) AND refused_at IS NULL
               AND (claimed_until IS NULL OR claimed_until < now())
        """
        await self._conn.execute(sql, broadcast_id)

    async def stop(self, broadcast_id: int) -> None:
        """Let nobody else get it; what is being sent this moment comes to its own end."""
        sql = f"""
            UPDATE notices
               SET refused_at = now(), refusal = '{STOPPED}'
             WHERE {_MINE}
               AND sent_at IS NULL AND refused_at IS NULL
               AND (claimed_until IS NULL OR claimed_until < now())
        """
        await self._conn.execute(sql, broadcast_id)

    async def count_worth_a_try(self, broadcast_id: int) -> int:
        sql = f"SELECT count(*) FROM notices WHERE {_MINE} AND {_WORTH_A_TRY}"
        return int(await self._conn.fetchval(sql, broadcast_id))

    async def try_again(self, broadcast_id: int) -> int:
        """Returns how many."""
        sql = f"""
            WITH again AS (
                UPDATE notices
                   SET refused_at = NULL, refusal = NULL, attempts = 0, due_at = now()
                 WHERE {_MINE} AND {_WORTH_A_TRY}
                RETURNING 1)
            SELECT count(*) FROM again
        """
        return int(await self._conn.fetchval(sql, broadcast_id))

    async def redraw(self, broadcast_id: int) -> None:
        """Have every message drawn again; one that is being sent this moment too, afterwards.

        Whoever got none, as they were banned, gets none by this either; whoever could not be
        reached by an earlier change, and is there again, is by this one.
        """
        sql = f"""
            UPDATE notices
               SET refresh = refresh + 1, refused_at = NULL, refusal = NULL
             WHERE {_MINE} AND NOT withheld AND removed_at IS NULL
               AND (message_id IS NOT NULL OR sent_at IS NULL AND refused_at IS NULL)
        """
        await self._conn.execute(sql, broadcast_id)

    async def mark_removed(self, owed: Notice) -> None:
        await self._conn.execute("UPDATE notices SET removed_at = now() WHERE id = $1", owed.id)

    async def list_all(self, broadcast_id: int) -> list[Recipient]:
        """For the report, by name."""
        sql = f"""
            SELECT coalesce(f.full_name, nullif(p.display_name, '')) AS name, p.telegram_id,
                   {_STATE} AS state, sent_at, refusal
              FROM notices
              JOIN people p ON p.id = recipient_id
              LEFT JOIN profiles f ON f.person_id = p.id
             WHERE {_MINE} AND p.telegram_id IS NOT NULL
             ORDER BY name, p.id
        """
        return [_recipient(row) for row in await self._conn.fetch(sql, broadcast_id)]


def _asked(segment: Segment) -> tuple[str, int, list[int], int | None]:
    people = list(segment.people)
    return segment.kind.value, segment.days or ACTIVE_DAYS, people, segment.plan_id


def _recipient(row: Record) -> Recipient:
    return Recipient(**{**row, "state": RecipientState(row["state"])})
