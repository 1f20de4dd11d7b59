"""Each promise about the rows, broken on purpose."""

from bot.db import invariants
from tests.postgres import connected


async def test_each_invariant_can_be_broken(database_url):
    """An invariant whose statement can never count anything would be no check."""
    wrongs = {
        "the audit log refuses changes": "ALTER TABLE audit_log DISABLE TRIGGER ALL",
        "every constraint is in force": "ALTER TABLE people ADD CHECK (id > 0) NOT VALID",
        "every index is whole": "UPDATE pg_index SET indisvalid = false"
        " WHERE indexrelid = 'people_username'::regclass",
        "new rows get numbers": "INSERT INTO people (id, telegram_id) OVERRIDING SYSTEM VALUE"
        " VALUES (99, 99)",
        "at most one registration waiting": "DROP INDEX registrations_one_pending;"
        + REGISTRATION.format("pending", "NULL") * 2,
        "who was approved": REGISTRATION.format("approved", "now()"),
        "nothing personal": "INSERT INTO people (deleted_at) VALUES (now());"
        "INSERT INTO profiles (person_id, full_name, search_name, phone, phone_verified, age,"
        " gender, weight_grams) SELECT id, '', '', '', true, 20, 'other', 50000 FROM people",
        "leaves nobody waiting": """
            INSERT INTO people (telegram_id) VALUES (8);
            INSERT INTO broadcasts (operation_id, created_by, segment, html, status, started_at,
                                    ended_at)
            SELECT gen_random_uuid(), id, 'everyone', '', 'done', now(), now() FROM people
             WHERE telegram_id = 8;
            INSERT INTO notices (kind, is_bulk, recipient_id, subject_id)
            SELECT 'broadcast', true, created_by, id FROM broadcasts;
        """,
        "no more often than it may be": USED_TOO_OFTEN,
        "can be told apart": "ALTER TABLE items DROP CONSTRAINT items_serial_key;" + ITEM * 2,
        "money refuse changes": "ALTER TABLE invoice_lines DISABLE TRIGGER ALL",
        "subscriptions refuse": "ALTER TABLE subscription_changes DISABLE TRIGGER ALL",
        "approved with its subscription": """
            INSERT INTO people (telegram_id) VALUES (8);
            INSERT INTO subscription_requests (operation_id, person_id, plan_id, plan_name,
                                               price_paise, duration_count, duration_unit, starts,
                                               status, decided_at)
            SELECT gen_random_uuid(), p.id, 1, '30 Days', 250000, 30, 'days', 'today', 'approved',
                   now()
              FROM people p WHERE telegram_id = 8;
        """,
        "has its receipt": """
            INSERT INTO people (telegram_id) VALUES (8);
            INSERT INTO payments (number, prefix, year, serial, operation_id, person_id,
                                  received_at, recorded_by, total_paise)
            SELECT 'RC/1', 'RC', 2026, 1, gen_random_uuid(), id, now(), id, 100 FROM people
             WHERE telegram_id = 8;
        """,
        "an advance is spent": AHEAD.format(advance=101),
        "what is used of an advance": AHEAD.format(advance=100) + USED + VOUCHED,
        "has its voucher": AHEAD.format(advance=100) + VOUCHED,
        "sum of its lines": invoiced(line_paise=99),
        "have no gap": invoiced(serial=2),
        "all of its parts": invoiced() + REOPENED,
        "gives a subscription over": """
            INSERT INTO people (telegram_id) VALUES (8);
            INSERT INTO subscriptions (person_id, plan_name, price_paise, first_day, last_day,
                                       bought_at, recorded_by)
            SELECT id, 'x', 0, '2026-03-01', '2026-03-30', now(), id FROM people
             WHERE telegram_id = 8;
            INSERT INTO subscription_changes (operation_id, subscription_id, kind, delta_days,
                                              changed_at, recorded_by)
            SELECT gen_random_uuid(), id, 'extend', 0, now(), person_id FROM subscriptions;
            INSERT INTO subscriptions (person_id, plan_name, price_paise, first_day, last_day,
                                       bought_at, recorded_by, moved_by)
            SELECT c.recorded_by, 'x', 0, '2026-03-01', '2026-03-30', now(), c.recorded_by, c.id
              FROM subscription_changes c;
        """,
        "took effect once": "ALTER TABLE audit_log DROP CONSTRAINT audit_log_operation_id_key;"
        "INSERT INTO audit_log (action, actor_role, operation_id)"
        " SELECT 'x', 'x', '00000000-0000-0000-0000-000000000001' FROM generate_series(1, 2)",
    }
    assert len(wrongs) == len(invariants.INVARIANTS)
    async with connected(database_url) as conn:
        assert await invariants.broken(conn) == []
        for what, wrong in wrongs.items():
            undo = conn.transaction()
            await undo.start()
            await conn.execute(wrong)
            assert what in " ".join(await invariants.broken(conn))
            await undo.rollback()


async def test_a_sound_invoice_breaks_no_promise(database_url):
    async with connected(database_url) as conn:
        await conn.execute(invoiced())
        assert await invariants.broken(conn) == []


def invoiced(*, serial=1, line_paise=100) -> str:
    return INVOICE.format(serial=serial, line_paise=line_paise)


REOPENED = "UPDATE invoice_drafts SET status = 'open'"
INVOICE = """
    INSERT INTO people (telegram_id) VALUES (7);
    INSERT INTO invoice_drafts (operation_id, created_by, buyer_name, status)
    SELECT gen_random_uuid(), id, 'Anna', 'issued' FROM people WHERE telegram_id = 7;
    INSERT INTO document_series VALUES ('GYM', 2026, 1);
    INSERT INTO invoices (number, prefix, year, serial, draft_id, part, kind, issued_at, issued_by,
                          supplied_on, due_on, seller, buyer, place_of_supply, tax_type, inclusive,
                          taxable_paise, cgst_paise, sgst_paise, igst_paise, round_off_paise,
                          total_paise)
    SELECT 'GYM/26-27/000001', 'GYM', 2026, {serial}, id, 1, 'invoice', now(), created_by,
           now(), now(), '{{}}', '{{}}', '27', 'none', false, 100, 0, 0, 0, 0, 100
      FROM invoice_drafts;
    INSERT INTO invoice_lines
    SELECT id, 1, 'Month', 'fitness', '', 1, {line_paise}, 0, {line_paise}, 0, 0, {line_paise}, 0,
           0, 0, 0
      FROM invoices;
    INSERT INTO journal_entries (kind, document_id, walk_in_id, booked_at)
    SELECT 'invoice', id, id, issued_at FROM invoices;
    INSERT INTO journal_postings
    SELECT e.id, p.account, p.paise
      FROM journal_entries e, (VALUES ('receivable', 100), ('sales', -100)) AS p (account, paise);
    INSERT INTO audit_log (action, actor_id, actor_role, after)
    SELECT 'invoice issued', issued_by, 'admin', jsonb_build_object('numbers', number)
      FROM invoices;
"""
USED_TOO_OFTEN = """
    INSERT INTO people (telegram_id) VALUES (8), (9);
    INSERT INTO promos (operation_id, code, percent, uses_limit)
    VALUES (gen_random_uuid(), 'SUMMER10', 10, 1);
    INSERT INTO subscription_requests (operation_id, person_id, plan_id, plan_name, price_paise,
                                       duration_count, duration_unit, starts, promo_id, promo_nth,
                                       discount_paise)
    SELECT gen_random_uuid(), people.id, 1, 'x', 1, 1, 'days', 'today', promos.id, 1, 1
      FROM people, promos
     WHERE telegram_id IN (8, 9);
"""
AHEAD = """
    INSERT INTO people (telegram_id) VALUES (8);
    INSERT INTO payments (number, prefix, year, serial, operation_id, person_id, received_at,
                          recorded_by, total_paise)
    SELECT 'RC/1', 'RC', 2026, 1, gen_random_uuid(), id, now(), id, 100 FROM people
     WHERE telegram_id = 8;
    INSERT INTO advances
    SELECT id, NULL, '', '27', 'inter', 0, {advance}, 0, 0, 0, {advance} FROM payments;
    INSERT INTO refunds (number, prefix, year, serial, operation_id, kind, person_id, reason,
                         refunded_at, recorded_by, total_paise)
    SELECT 'RV/1', 'RV', 2026, 1, gen_random_uuid(), 'refund', id, 'left', now(), id, 100
      FROM people WHERE telegram_id = 8;
"""
USED = """
    INSERT INTO advance_uses (payment_id, refund_id, taxable_paise, cgst_paise, sgst_paise,
                              igst_paise, total_paise)
    SELECT a.payment_id, r.id, 100, 0, 0, 0, 100 FROM advances a, refunds r;
"""
VOUCHED = "INSERT INTO refund_vouchers SELECT id, '', '{}' FROM refunds;"
ITEM = """
    INSERT INTO items (serial, name, search_name, kind, hsn, mrp_paise, rate_bps)
    VALUES (1, 'x', gen_random_uuid(), 'goods', '', 1, 0);
"""
REGISTRATION = """
    INSERT INTO people (telegram_id) VALUES (7) ON CONFLICT DO NOTHING;
    INSERT INTO registrations (person_id, full_name, phone, phone_verified, age, gender,
                               weight_grams, status, operation_id, decided_at)
    SELECT id, '', '', true, 20, 'other', 50000, '{}', gen_random_uuid(), {}
      FROM people WHERE telegram_id = 7;
"""
