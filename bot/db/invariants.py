"""What must be true of the club's rows at any moment, whatever crashed or was restored."""

from typing import Final

from bot.db._rows import Connection
from bot.db.book_checks import broken_books

# A sentence, and a statement that counts what contradicts it.
INVARIANTS: Final = {
    "the audit log refuses changes": """
        SELECT 1 - count(*)
          FROM pg_trigger
         WHERE tgrelid = 'audit_log'::regclass
           AND tgname = 'audit_log_append_only'
           AND tgenabled IN ('O', 'A')
    """,
    "every constraint is in force": """
        SELECT count(*)
          FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace
           AND NOT convalidated
    """,
    "every index is whole": """
        SELECT count(*)
          FROM pg_index i
          JOIN pg_class c ON c.oid = i.indrelid
         WHERE c.relnamespace = 'public'::regnamespace
           AND NOT (i.indisvalid AND i.indisready)
    """,
    "new rows get numbers that no row has": """
        SELECT count(*)
          FROM (SELECT 'people' AS name, max(id) FROM people
                 UNION SELECT 'registrations', max(id) FROM registrations
                 UNION SELECT 'audit_log', max(id) FROM audit_log
                 UNION SELECT 'notices', max(id) FROM notices
                 UNION SELECT 'jobs', max(id) FROM jobs
                 UNION SELECT 'broadcasts', max(id) FROM broadcasts
                 UNION SELECT 'items', max(id) FROM items
                 UNION SELECT 'promos', max(id) FROM promos
                 UNION SELECT 'invoice_drafts', max(id) FROM invoice_drafts
                 UNION SELECT 'invoices', max(id) FROM invoices
                 UNION SELECT 'payments', max(id) FROM payments
                 UNION SELECT 'allocations', max(id) FROM allocations
                 UNION SELECT 'credit_notes', max(id) FROM credit_notes
                 UNION SELECT 'refunds', max(id) FROM refunds
                 UNION SELECT 'advance_uses', max(id) FROM advance_uses
                 UNION SELECT 'claims', max(id) FROM claims
                 UNION SELECT 'payment_requests', max(id) FROM payment_requests
                 UNION SELECT 'invoice_rejections', max(id) FROM invoice_rejections
                 UNION SELECT 'subscription_requests', max(id) FROM subscription_requests
                 UNION SELECT 'subscriptions', max(id) FROM subscriptions
                 UNION SELECT 'subscription_changes', max(id) FROM subscription_changes
                 UNION SELECT 'journal_entries', max(id) FROM journal_entries) AS given
          JOIN pg_sequences s ON schemaname = 'public' AND sequencename = given.name || '_id_seq'
         WHERE given.max > coalesce(s.last_value, 0)
    """,
    "a person has at most one registration waiting": """
        SELECT count(*)
          FROM (SELECT FROM registrations
                 WHERE status = 'pending'
                 GROUP BY person_id
                HAVING count(*) > 1) AS doubled
    """,
    "who was approved is a member": """
        SELECT count(*)
          FROM registrations r
          JOIN people p ON p.id = r.person_id AND p.deleted_at IS NULL
         WHERE r.status = 'approved'
           AND NOT EXISTS (SELECT FROM profiles WHERE person_id = p.id)
    """,
    "nothing personal is left of deleted people": """
        SELECT count(*)
          FROM people p
         WHERE p.deleted_at IS NOT NULL
           AND (p.telegram_id IS NOT NULL
                OR EXISTS (SELECT FROM profiles WHERE person_id = p.id)
                OR EXISTS (SELECT FROM notice_preferences WHERE person_id = p.id)
                OR EXISTS (SELECT FROM visits WHERE person_id = p.id)
                OR EXISTS (SELECT FROM birthdays WHERE person_id = p.id)
                OR EXISTS (SELECT FROM birthday_greetings WHERE person_id = p.id)
                OR EXISTS (SELECT FROM follow_ups_sent WHERE person_id = p.id)
                OR EXISTS (SELECT FROM invoice_drafts
                            WHERE person_id = p.id AND (status <> 'issued' OR buyer_name <> '-'))
                OR EXISTS (SELECT FROM claims c
                            WHERE person_id = p.id
                              AND (status = 'waiting' OR purpose <> ''
                                   OR num_nonnulls(reason, upi_reference, proof_file_id,
                                                   proof_hash) > 0
                                   OR EXISTS (SELECT FROM claim_lines
                                               WHERE claim_id = c.id AND reference IS NOT NULL)))
                OR EXISTS (SELECT FROM payment_requests
                            WHERE person_id = p.id AND (status = 'open' OR purpose <> '-'))
                OR EXISTS (SELECT FROM invoice_rejections
                            WHERE person_id = p.id AND (settled_at IS NULL OR reason <> '-'))
                OR EXISTS (SELECT FROM subscription_requests
                            WHERE person_id = p.id
                              AND (status = 'waiting' OR reason IS NOT NULL)))
    """,
    "a broadcast that has ended leaves nobody waiting": """
        SELECT count(*)
          FROM broadcasts b
         WHERE b.ended_at IS NOT NULL
           AND EXISTS (SELECT FROM notices n
                        WHERE n.kind = 'broadcast'
                          AND n.subject_id = b.id
                          AND n.sent_at IS NULL
                          AND n.refused_at IS NULL)
    """,
    "a code is used no more often than it may be": """
        SELECT count(*)
          FROM promos p
         WHERE uses_limit < (SELECT count(*)
                               FROM subscription_requests
                              WHERE promo_id = p.id
                                AND status IN ('waiting', 'approved'))
    """,
    "items on sale can be told apart, and each has a serial of its own": """
        SELECT (SELECT count(*) - count(DISTINCT serial) FROM items)
             + (SELECT count(*) - count(DISTINCT (search_name, hsn)) FROM items WHERE is_active)
    """,
    "documents of money refuse changes": """
        SELECT 18 - count(*)
          FROM pg_trigger
         WHERE tgrelid IN ('invoices'::regclass, 'invoice_lines'::regclass,
                           'payments'::regclass, 'payment_lines'::regclass, 'receipts'::regclass,
                           'allocations'::regclass, 'credit_notes'::regclass,
                           'credit_note_lines'::regclass, 'refunds'::regclass,
                           'refund_lines'::regclass, 'refund_sources'::regclass,
                           'advances'::regclass, 'advance_uses'::regclass,
                           'refund_vouchers'::regclass,
                           'journal_entries'::regclass, 'journal_postings'::regclass,
                           'referrals'::regclass, 'rewards'::regclass)
           AND tgname = tgrelid::regclass || '_append_only'
           AND tgenabled IN ('O', 'A')
    """,
    "subscriptions refuse changes": """
        SELECT 2 - count(*)
          FROM pg_trigger
         WHERE tgrelid IN ('subscriptions'::regclass, 'subscription_changes'::regclass)
           AND tgname = tgrelid::regclass || '_append_only'
           AND tgenabled IN ('O', 'A')
    """,
    "a request is approved with its subscription": """
        SELECT count(*)
          FROM subscription_requests r
         WHERE (r.status = 'approved')
               <> EXISTS (SELECT FROM subscriptions WHERE request_id = r.id)
    """,
    "each payment has its receipt": """
        SELECT count(*)
          FROM payments p
         WHERE (p.kind = 'money') <> EXISTS (SELECT FROM receipts WHERE payment_id = p.id)
    """,
    "an advance is spent with its payment, and its tax with it": """
        SELECT count(*)
          FROM advance_balances b
          JOIN advances a USING (payment_id)
         CROSS JOIN LATERAL (SELECT coalesce(sum(cgst_paise), 0) AS cgst,
                                    coalesce(sum(igst_paise), 0) AS igst
                               FROM advance_uses
                              WHERE payment_id = a.payment_id) AS u
         WHERE b.left_paise NOT BETWEEN 0 AND b.unused_paise
            OR u.cgst > a.cgst_paise OR u.igst > a.igst_paise
            OR b.left_paise = 0 AND (u.cgst, u.igst) <> (a.cgst_paise, a.igst_paise)
    """,
    "what is used of an advance is of its payment": """
        SELECT count(*)
          FROM advance_uses u
          LEFT JOIN allocations a ON a.id = u.allocation_id
          LEFT JOIN refund_sources s ON s.refund_id = u.refund_id AND s.payment_id = u.payment_id
         WHERE u.payment_id IS DISTINCT FROM coalesce(a.payment_id, s.payment_id)
            OR u.total_paise > coalesce(a.amount_paise, s.amount_paise)
    """,
    "a refund of an advance has its voucher": """
        SELECT count(*)
          FROM refunds r
         WHERE EXISTS (SELECT FROM refund_vouchers WHERE refund_id = r.id)
               <> (r.kind = 'refund' AND EXISTS (SELECT FROM advance_uses WHERE refund_id = r.id))
    """,
    "an invoice comes to the sum of its lines": """
        SELECT count(*)
          FROM invoices i
          LEFT JOIN (SELECT invoice_id, sum(taxable_paise) AS taxable, sum(cgst_paise) AS cgst,
                            sum(sgst_paise) AS sgst, sum(igst_paise) AS igst
                       FROM invoice_lines
                      GROUP BY invoice_id) AS l ON l.invoice_id = i.id
         WHERE (i.taxable_paise, i.cgst_paise, i.sgst_paise, i.igst_paise)
               IS DISTINCT FROM (l.taxable, l.cgst, l.sgst, l.igst)
            OR i.total_paise - i.round_off_paise <> l.taxable + l.cgst + l.sgst + l.igst
    """,
    "the numbers of a series have no gap": """
        SELECT count(*)
          FROM document_series s
          FULL JOIN (SELECT prefix, year, min(serial), max(serial), count(*)
                       FROM (SELECT prefix, year, serial FROM invoices
                             UNION ALL SELECT prefix, year, serial FROM credit_notes
                             UNION ALL SELECT prefix, year, serial FROM payments
                             UNION ALL SELECT prefix, year, serial FROM refunds) AS documents
                      GROUP BY prefix, year) AS i USING (prefix, year)
         WHERE (coalesce(i.min, 1), coalesce(i.max, 0), coalesce(i.count, 0))
               IS DISTINCT FROM (1, s.last, s.last::bigint)
    """,
    "an issued draft has its invoices, all of its parts": """
        SELECT count(*)
          FROM invoice_drafts d
          LEFT JOIN (SELECT draft_id, max(part), count(*)
                       FROM invoices
                      GROUP BY draft_id) AS i ON i.draft_id = d.id
         WHERE (d.status = 'issued') <> (i.count IS NOT NULL)
            OR i.max <> i.count
    """,
    "who gives a subscription over has no more of it, and who lost it again has none": """
        SELECT count(*)
          FROM subscriptions s
          JOIN subscription_changes c ON c.id = s.moved_by
         WHERE c.kind <> 'cancel'
            OR EXISTS (SELECT FROM subscription_changes u WHERE u.undoes_id = c.id)
               AND NOT EXISTS (SELECT FROM subscription_changes l
                                WHERE l.subscription_id = s.id AND l.kind = 'cancel'
                                  AND NOT EXISTS (SELECT FROM subscription_changes u
                                                   WHERE u.undoes_id = l.id))
    """,
    "an operation took effect once": """
        SELECT count(*)
          FROM (SELECT FROM audit_log
                 WHERE operation_id IS NOT NULL
                 GROUP BY operation_id
                HAVING count(*) > 1) AS doubled
    """,
}


async def broken(conn: Connection) -> list[str]:
    """The sentences that are not true, each with how many rows say so; none: all is well."""
    counts = {sentence: await conn.fetchval(sql) for sentence, sql in INVARIANTS.items()}
    counts |= {each.promise: len(each.where) for each in await broken_books(conn)}
    return [f"{sentence}: not so in {count}" for sentence, count in counts.items() if count]
