"""The demo club's rows keep every promise, show every state, and a second start adds none."""

from datetime import timedelta

from bot.db.invariants import broken
from bot.db.subscriptions import SubscriptionRepo
from bot.demo.invoices import SALES
from bot.demo.payments import PAID
from bot.demo.plans import BOUGHT, OF_TODAY
from bot.demo.seed import seed
from tests.postgres import connected

COUNTS = """
    SELECT (SELECT count(*) FROM people) AS people,
           (SELECT count(*) FROM invoices) AS invoices,
           (SELECT count(*) FROM invoice_drafts WHERE status = 'open') AS drafts,
           (SELECT count(*) FROM notices WHERE kind <> 'commands') AS told,
           (SELECT count(*) FROM notices WHERE kind = 'commands') AS commands,
           (SELECT count(*) FROM payments) AS payments
"""
# Each of these is to be seen somewhere.
STATES = {
    "late by up to 30 days": "d.due_paise > 0 AND days BETWEEN 1 AND 30",
    "late by 31 to 60 days": "d.due_paise > 0 AND days BETWEEN 31 AND 60",
    "late by 61 to 90 days": "d.due_paise > 0 AND days BETWEEN 61 AND 90",
    "late by more": "d.due_paise > 0 AND days > 90",
    "not due yet": "d.due_paise > 0 AND days < 0",
    "paid": "d.due_paise = 0 AND d.credited_paise = 0",
    "paid in part": "d.due_paise > 0 AND d.allocated_paise > 0",
    "credited in part": "d.credited_paise > 0 AND d.due_paise = 0",
}
OTHERS = """
    SELECT (SELECT count(*) FROM refunds) AS refunds,
           (SELECT sum(unused_paise) FROM payment_balances) AS credit,
           (SELECT array_agg(lines ORDER BY lines)
              FROM (SELECT count(*) AS lines FROM claim_lines JOIN claims c ON c.id = claim_id
                     WHERE status = 'waiting' GROUP BY claim_id) AS waiting) AS waiting,
           (SELECT count(*) FROM invoice_rejections WHERE settled_at IS NULL) AS rejections,
           (SELECT count(*) FROM payment_requests WHERE status = 'open') AS requests
"""
IN_ORDER = """
    SELECT bool_and(issued_at >= before)
      FROM (SELECT issued_at,
                   lag(issued_at) OVER (PARTITION BY prefix, year ORDER BY serial) AS before
              FROM invoices) AS numbered
"""
# $1: today
OF_PLANS = """
    SELECT (SELECT count(DISTINCT person_id) FROM subscription_terms t
             WHERE first_day > $1 AND first_day <= last_day
               AND NOT EXISTS (SELECT FROM subscription_terms b
                                WHERE b.person_id = t.person_id
                                  AND b.first_day <= least($1, b.last_day))) AS ahead,
           (SELECT count(*) FROM profiles f
             WHERE NOT EXISTS (SELECT FROM subscriptions s
                                WHERE s.person_id = f.person_id)) AS none,
           (SELECT count(*) FROM subscription_requests WHERE status = 'waiting') AS asked,
           (SELECT count(*) FROM claims
             WHERE status = 'waiting' AND for_subscription AND proof_hash IS NOT NULL) AS shown,
           (SELECT least(4, count(DISTINCT date_trunc('month', bought_at))) FROM subscriptions)
               AS months
"""


async def test_the_demo_club_is_sound_and_written_once(database_url):
    async with connected(database_url) as conn:
        for _ in range(2):
            await seed(database_url, timezone="Asia/Kolkata", currency="INR")
            row = await conn.fetchrow(COUNTS)
            assert (row["people"], row["drafts"], row["told"], row["commands"]) == (13, 1, 0, 4)
            assert row["invoices"] == len(SALES) + len(BOUGHT) + OF_TODAY
            assert row["payments"] == len(PAID) + 1 + len(BOUGHT) + 1
            assert await broken(conn) == []


async def test_the_demo_club_shows_every_state_of_money(database_url):
    await seed(database_url, timezone="Asia/Kolkata", currency="INR")
    sql = """
        SELECT count(*)
          FROM invoice_balances d
          JOIN (SELECT id, (now() AT TIME ZONE 'Asia/Kolkata')::date - due_on AS days
                  FROM invoices) AS i ON i.id = d.invoice_id
         WHERE {}
    """
    async with connected(database_url) as conn:
        seen = {name: await conn.fetchval(sql.format(state)) for name, state in STATES.items()}
        assert [name for name, count in seen.items() if not count] == []
        others = await conn.fetchrow(OTHERS)
        in_order = await conn.fetchval(IN_ORDER)
        today = await conn.fetchval("SELECT (now() AT TIME ZONE 'Asia/Kolkata')::date")
        lists = await SubscriptionRepo(conn).count_lists(today=today, soon=today + timedelta(7))
        others_of_plans = await conn.fetchrow(OF_PLANS, today)
    assert dict(others) == {
        "refunds": 1,
        "credit": 3_000_00,
        "waiting": [1, 1, 1, 2],
        "rejections": 1,
        "requests": 1,
    }
    assert in_order
    assert min(lists.values()) > 0, lists
    assert dict(others_of_plans) == {"ahead": 1, "none": 1, "asked": 2, "shown": 1, "months": 4}
