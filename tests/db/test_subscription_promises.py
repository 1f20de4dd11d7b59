"""What the soak promises about subscriptions, broken on purpose: its judge can tell."""

from tests.faults.subscriptions import SQL
from tests.postgres import connected

BASE = "INSERT INTO people (telegram_id) VALUES (8);"
CLAIM = """
    INSERT INTO claims (operation_id, person_id, for_subscription)
    SELECT gen_random_uuid(), id, true FROM people;
"""
ASKED = """
    INSERT INTO subscription_requests (operation_id, person_id, plan_id, plan_name, price_paise,
                                       duration_count, duration_unit, starts, claim_id)
    SELECT gen_random_uuid(), p.id, 1, '30 Days', 250000, 30, 'days', 'today',
           (SELECT id FROM claims WHERE person_id = p.id)
      FROM people p;
"""
APPROVED = "UPDATE subscription_requests SET status = 'approved', decided_at = now();"
REFUSED = "UPDATE subscription_requests SET status = 'rejected', decided_at = now();"
DELETED = "UPDATE people SET telegram_id = NULL, deleted_at = now();"
HELD = "INSERT INTO bank_references (key, claim_id) SELECT 'x', id FROM claims;"
BOUGHT = """
    INSERT INTO subscriptions (request_id, person_id, plan_name, price_paise, first_day, last_day,
                               bought_at, recorded_by)
    SELECT r.id, p.id, '30 Days', 250000, now(), now(), now(), p.id
      FROM people p LEFT JOIN subscription_requests r ON r.person_id = p.id;
"""


REJECTED = "UPDATE claims SET status = 'rejected', decided_at = now();"
CHANGED = """
    INSERT INTO subscription_changes (operation_id, subscription_id, kind, days, delta_days,
                                      changed_at, recorded_by)
    SELECT gen_random_uuid(), id, 'extend', 1, 1, now(), person_id FROM subscriptions;
"""
WRONGS = {
    "approved without its subscription": ASKED + APPROVED,
    "nobody is told of": ASKED + REFUSED,
    "two subscriptions waiting": "DROP INDEX subscription_requests_one;" + ASKED * 2,
    "somebody who is deleted": ASKED + DELETED,
    "without a bill of its price": ASKED + APPROVED + BOUGHT,
    "not in the log once": ASKED + REFUSED,
    "goes another way": CLAIM + ASKED + REJECTED,
    "held for a subscription that is not to be": CLAIM + ASKED + REFUSED + REJECTED + HELD,
    "without its audit entry": BOUGHT + CHANGED,
}


async def test_each_promise_about_subscriptions_can_be_broken(database_url):
    assert len(WRONGS) == len(SQL)
    async with connected(database_url) as conn:
        for words, wrong in WRONGS.items():
            (sql,) = [each for sentence, each in SQL.items() if words in sentence]
            undo = conn.transaction()
            await undo.start()
            assert await conn.fetch(sql) == []
            await conn.execute(BASE + wrong)
            assert await conn.fetch(sql), words
            await undo.rollback()
