"""What must be true once everything has come to rest, whatever went wrong before.

Each check is one question to PostgreSQL, Redis, the simulator or the workers' logs, and answers
with the violations it found. A later feature adds its own: an entry of ``SQL``, or a function.
"""

import re
from collections import defaultdict
from collections.abc import Awaitable, Callable

from bot.keyboards.approvals import ApproveRegistration
from tests.faults import subscriptions
from tests.faults.workers import Worker

Check = Callable[["Stage"], Awaitable[list[str]]]  # noqa: F821 -- tests.faults.stage imports us

# Every row is a violation; the first column says of what.
SQL = {
    "an update has two effects of one kind": """
        SELECT update_id, action, count(*) FROM audit_log WHERE update_id IS NOT NULL GROUP BY 1, 2,
               CASE action WHEN 'subscription changed' THEN subject_id END HAVING count(*) > 1
    """,
    "a registration was decided twice": """
        SELECT after ->> 'registration' AS registration, count(*) FROM audit_log
         WHERE action IN ('registration approved', 'registration rejected')
         GROUP BY 1 HAVING count(*) > 1
    """,
    "a decision without its audit entry": """
        SELECT r.id, r.status FROM registrations r WHERE r.status IN ('approved', 'rejected')
           AND NOT EXISTS (SELECT FROM audit_log WHERE (after ->> 'registration')::bigint = r.id)
    """,
    "a decision that nobody is told of": """
        SELECT r.id, r.status FROM registrations r
         WHERE r.status IN ('approved', 'rejected') AND r.decided_by <> r.person_id
           AND NOT EXISTS (SELECT FROM notices WHERE kind = 'registration-decided'
                                                 AND subject_id = r.id)
    """,
    "an approval without a profile": """
        SELECT r.id FROM registrations r LEFT JOIN profiles USING (person_id)
         WHERE r.status = 'approved' AND joined_at IS NULL
    """,
    **subscriptions.SQL,
    "two open registrations of one person": """
        SELECT person_id, count(*) FROM registrations
         WHERE status = 'pending' GROUP BY 1 HAVING count(*) > 1
    """,
    "an item of a form without its audit entry": """
        SELECT i.serial FROM items i
         WHERE i.operation_id IS NOT NULL
           AND NOT EXISTS (SELECT FROM audit_log a WHERE a.operation_id = i.operation_id)
    """,
    "somebody is half deleted": """
        SELECT p.id FROM people p
         WHERE deleted_at IS NOT NULL
           AND (display_name <> '' OR username IS NOT NULL OR office IS NOT NULL
                OR EXISTS (SELECT FROM profiles WHERE person_id = p.id)
                OR EXISTS (SELECT FROM registrations WHERE person_id = p.id)
                OR EXISTS (SELECT FROM notice_preferences WHERE person_id = p.id)
                OR EXISTS (SELECT FROM visits WHERE person_id = p.id)
                OR EXISTS (SELECT FROM birthdays WHERE person_id = p.id)
                OR EXISTS (SELECT FROM birthday_greetings WHERE person_id = p.id)
                OR EXISTS (SELECT FROM follow_ups_sent WHERE person_id = p.id)
                OR EXISTS (SELECT FROM invoice_drafts
                            WHERE person_id = p.id AND (status <> 'issued' OR buyer_name <> '-'))
                OR EXISTS (SELECT FROM notices WHERE recipient_id = p.id))
    """,
    "a deletion without exactly one audit entry": """
        SELECT p.id, count(a.id) FROM people p
          LEFT JOIN audit_log a ON a.subject_id = p.id
                               AND a.action IN ('member deleted', 'member deleted themselves')
         WHERE p.deleted_at IS NOT NULL GROUP BY 1 HAVING count(a.id) <> 1
    """,
    "a visit marked by hand without its audit entry": """
        SELECT v.person_id, v.day FROM visits v
         WHERE v.marked_by IS NOT NULL
           AND NOT EXISTS (SELECT FROM audit_log
                            WHERE action = 'visit marked' AND subject_id = v.person_id
                              AND after ->> 'day' = v.day::text)
    """,
    "a notice that is neither sent nor refused nor due later": """
        SELECT n.id, n.kind FROM notices n JOIN people p ON p.id = n.recipient_id
         WHERE refused_at IS NULL AND (sent_at IS NULL OR refresh > refreshed)
           AND p.telegram_id IS NOT NULL AND p.is_reachable AND due_at <= now()
    """,
    "a notice waits for the end of quiet hours that nobody keeps": """
        SELECT n.id, n.kind, n.due_at
          FROM notices n JOIN notice_preferences w ON w.person_id = n.recipient_id
         WHERE n.held AND n.sent_at IS NULL AND n.refused_at IS NULL
           AND n.due_at > now() AND NOT w.is_quiet
    """,
    "a job was lost, or took effect twice": """
        SELECT asked.after ->> 'asked' AS job, count(mark.id) FROM audit_log asked
          LEFT JOIN audit_log mark ON mark.after ->> 'mark' = asked.after ->> 'asked'
         WHERE asked.after ? 'asked' GROUP BY 1 HAVING count(mark.id) <> 1
    """,
    "an effect of a job that was rolled back": """
        SELECT after ->> 'mark' AS job FROM audit_log WHERE after ? 'mark'
        EXCEPT SELECT after ->> 'asked' FROM audit_log
    """,
    "an open job without an entry in the queue": """
        SELECT j.id, j.kind, j.attempts FROM jobs j
         WHERE done_at IS NULL AND dead_at IS NULL
           AND NOT EXISTS (SELECT FROM pgqueuer q WHERE q.id = j.queue_id)
    """,
    "a dead job; no task of a soak's fails by itself": """
        SELECT id, kind, attempts, error FROM jobs WHERE dead_at IS NOT NULL
    """,
    "a dead job that no owner hears of": """
        SELECT j.id, p.id FROM jobs j JOIN people p ON p.office = 'owner'
         WHERE j.dead_at IS NOT NULL
           AND NOT EXISTS (SELECT FROM notices WHERE kind = 'job-dead' AND subject_id = j.id
                                                 AND recipient_id = p.id)
    """,
    "a schedule's day was not run exactly once": """
        SELECT r.name, r.day, r.skipped, count(j.id)
          FROM schedule_runs r LEFT JOIN jobs j ON j.dedupe_key = r.name || ':' || r.day
         GROUP BY 1, 2, 3 HAVING count(j.id) <> CASE WHEN r.skipped THEN 0 ELSE 1 END
    """,
    "a schedule left a day out": """
        SELECT name, min(day), max(day), count(*) FROM schedule_runs
         GROUP BY 1 HAVING count(*) <> 1 + max(day) - min(day)
    """,
    "the nightly check found rows that are wrong": """
        SELECT id, payload FROM notices WHERE kind = 'rows-broken'
    """,
    "a transaction left open": """
        SELECT pid, state, query FROM pg_stat_activity
         WHERE datname = current_database() AND state LIKE 'idle in transaction%'
           AND state_change < now() - interval '1 second'
    """,
}
_HARMLESS = (  # what a repeat, or a person who tidies their chat, may bring about
    "message to edit not found",
    "message is not modified",
    "query is too old",
    "terminated by other getUpdates request",  # a poller's successor, while it is cut off
)
_NO_TTL = re.compile(rb"clubdesk:\{\d+\}:(deadlines|open|lost-at)")
_POOL = 10 + 1 + 1  # connections of one worker: its pool, its lookout, its queue
_WERE_IN_OFFICE = """
    SELECT telegram_id FROM people p
     WHERE office IS NOT NULL
        OR EXISTS (SELECT FROM audit_log WHERE subject_id = p.id AND action = 'office taken')
"""
_MARKER = re.compile(r"\bMk\d+\b")
_UNDECIDED = re.compile(
    re.escape(ApproveRegistration(registration_id=1, queued=False).pack()).replace("1", r"\d+")
)
_TRACE = re.compile(r"Traceback|Error:|asyncpg|redis\.|aiogram")


async def violations(stage) -> list[str]:
    """Everything that is not as promised, each in one line."""
    found = [f"{name}: {dict(row)}" for name, sql in SQL.items() for row in await _rows(stage, sql)]
    for check in CHECKS:
        found += [f"{check.__name__}: {what}" for what in await check(stage)]
    return found


async def every_update_is_handled_or_waits(stage) -> list[str]:
    waiting = {update.id for update in stage.queue.pending()}
    aside = {row["update_id"] for row in await _rows(stage, "SELECT update_id FROM failed_updates")}
    handled = stage.queue._waiting
    return [
        str(number)
        for number, done in handled.items()
        if not done.is_set() and number not in waiting | aside
    ]


async def everybody_is_answered(stage) -> list[str]:
    """Below the last thing a person typed stands something from the bot."""
    silent = []
    for name, person in stage.club.people.items():
        messages = stage.engine.private_chat(person).messages.values()
        typed = [one.id for one in messages if one.sender is person and not one.extra]
        said = [one.id for one in messages if one.sender is not person]
        if typed and max(said, default=0) < max(typed) and not await _is_banned(stage, person):
            silent.append(name)
    return silent


async def nobody_reads_what_is_another_s(stage) -> list[str]:
    """Marked people are named Mk1, Mk2, …; only who is or was an admin reads of others."""
    names = {person.id: name for name, person in stage.club.people.items()}
    admins = {row["telegram_id"] for row in await _rows(stage, _WERE_IN_OFFICE)}
    return [
        f"{names.get(call.chat_id)} reads {call.params['text']!r}"
        for call in stage.engine.calls
        if call.chat_id not in {None, *admins} and "text" in call.params
        if set(_MARKER.findall(str(call.params["text"]))) - {names.get(call.chat_id)}
    ]


async def people_see_no_internals(stage) -> list[str]:
    shown = [str(call.params.get("text", "")) for call in stage.engine.calls]
    return [text for text in shown if _TRACE.search(text)] + [
        text for text in shown if "Something went wrong" in text and not stage.poisoned
    ]


async def telegram_refuses_nothing(stage) -> list[str]:
    return [
        f"{call.method} {call.status} {call.response} {call.params}"
        for call in stage.engine.violations
        if not any(words in str(call.response) for words in _HARMLESS)
    ]


async def nothing_is_set_aside(stage) -> list[str]:
    rows = [] if stage.poisoned else await _rows(stage, "SELECT * FROM failed_updates")
    return [f"{row['update_id']}: {row['error'].strip().splitlines()[-1]}" for row in rows]


async def the_logs_tell_of_no_bug(stage) -> list[str]:
    return [] if stage.poisoned else [line for one in stage.workers for line in bugs(one)]


async def every_key_in_redis_ends(stage) -> list[str]:
    keys = [key async for key in stage.redis.scan_iter(count=1000)]
    eternal = [key for key in keys if await stage.redis.ttl(key) == -1 and not _NO_TTL.match(key)]
    many = [f"{len(keys)} keys"] if len(keys) > 3 * len(stage.engine.people) + 10 else []
    return [key.decode() for key in eternal] + many


async def every_open_form_has_its_deadline(stage) -> list[str]:
    bot_id = stage.engine.bot.id
    due = set(await stage.redis.zrange(f"clubdesk:{{{bot_id}}}:deadlines", 0, -1))
    lines = set(await stage.redis.hkeys(f"clubdesk:{{{bot_id}}}:open"))
    return [key.decode() for key in due ^ lines]


async def connections_come_back(stage) -> list[str]:
    rows = await _rows(
        stage,
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name LIKE 'clubdesk%'",
    )
    allowed = _POOL * len(stage.alive) + 4  # the test's own pool
    return [f"{row[0]} connections" for row in rows if row[0] > allowed]


def sent_twice(stage, doubtful: list[tuple[float, float]]) -> list[str]:
    """Messages that came again although nobody died nor lost an answer when they came first.

    Told by what is sent by notices alone: cards that are to be decided, and refusals. ``doubtful``:
    from when until when somebody may have, on the simulator's clock.
    """
    sent = defaultdict(list)
    for call in stage.engine.calls:
        if call.method == "sendMessage" and call.status == 200 and (what := _notice(call)):
            sent[call.chat_id, what].append(call.at)
    return [
        f"sent_twice: {what} to {chat_id} at {times}"
        for (chat_id, what), times in sent.items()
        for at in times[:-1]
        if not any(begins <= at <= ends for begins, ends in doubtful)
    ]


def _notice(call) -> str | None:
    text, keys = str(call.params.get("text")), str(call.response.get("reply_markup"))
    if text.startswith("🙏 Thank you"):
        return text
    card = _UNDECIDED.search(keys)
    return card[0] if card and not text.startswith("🔔") else None  # 🔔: read again in the list


CHECKS: list[Check] = [
    every_update_is_handled_or_waits,
    everybody_is_answered,
    nobody_reads_what_is_another_s,
    people_see_no_internals,
    telegram_refuses_nothing,
    nothing_is_set_aside,
    the_logs_tell_of_no_bug,
    every_key_in_redis_ends,
    every_open_form_has_its_deadline,
    connections_come_back,
]


def bugs(worker: Worker) -> list[str]:
    """Log lines that tell of a fault of ours, and traces that escaped the log."""
    return [
        line[:600]
        for line in worker.log.splitlines()
        if '"event": "bug' in line or line.startswith("Traceback") or "never retrieved" in line
    ]


async def _rows(stage, sql: str) -> list:
    async with stage.db.reading() as repos:
        return await repos.audit._conn.fetch(sql)


async def _is_banned(stage, person) -> bool:
    async with stage.db.reading() as repos:
        known = await repos.people.find_by_telegram_id(person.id)
    return known is not None and known.is_banned
