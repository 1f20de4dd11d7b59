"""What must be true of the books: each promise is compared with the documents, not with itself.

An account is a person's (their id) or a walk-in customer's (below zero: the id of the invoice).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.db._rows import Connection
from bot.models.audit import AuditAction

_ACCOUNT: Final = "coalesce({0}.person_id, -{0}.walk_in_id)"
_NAMED: Final = (
    "CASE WHEN account > 0 THEN 'person ' || account"
    " ELSE 'the walk-in customer of invoice ' || -account END"
)

# Every document: what it is, whose, when, and how much of it is money.
_DOCUMENTS: Final = f"""
    documents AS (
        SELECT 'invoice' AS kind, id AS document_id, coalesce(person_id, -id) AS account,
               issued_at AS at
          FROM invoices
        UNION ALL
        SELECT 'credit-note', n.id, coalesce(i.person_id, -i.id), n.issued_at
          FROM credit_notes n JOIN invoices i ON i.id = n.invoice_id
        UNION ALL
        SELECT 'payment', p.id, {_ACCOUNT.format("p")}, p.received_at FROM payments p
        UNION ALL
        SELECT 'allocation', a.id, coalesce(i.person_id, -i.id), a.allocated_at
          FROM allocations a JOIN invoices i ON i.id = a.invoice_id
        UNION ALL
        SELECT 'refund', r.id, {_ACCOUNT.format("r")}, r.refunded_at FROM refunds r)
"""

# What each document says by itself, as postings.
_EXPECTED: Final = """
    said AS (
        SELECT 'invoice' AS kind, id AS document_id, 'receivable' AS account, total_paise AS paise
          FROM invoices
        UNION ALL SELECT 'invoice', id, 'sales', -taxable_paise - round_off_paise FROM invoices
        UNION ALL SELECT 'invoice', id, 'gst', -cgst_paise - sgst_paise - igst_paise FROM invoices
        UNION ALL SELECT 'credit-note', id, 'receivable', -total_paise FROM credit_notes
        UNION ALL
        SELECT 'credit-note', id, 'sales', taxable_paise + round_off_paise FROM credit_notes
        UNION ALL
        SELECT 'credit-note', id, 'gst', cgst_paise + sgst_paise + igst_paise FROM credit_notes
        UNION ALL SELECT 'payment', payment_id, method, amount_paise FROM payment_lines
        UNION ALL SELECT 'payment', id, 'reward', total_paise FROM payments WHERE kind = 'reward'
        UNION ALL SELECT 'payment', id, 'credit', -total_paise FROM payments
        UNION ALL SELECT 'allocation', id, 'credit', amount_paise FROM allocations
        UNION ALL SELECT 'allocation', id, 'receivable', -amount_paise FROM allocations
        UNION ALL SELECT 'refund', refund_id, method, -amount_paise FROM refund_lines
        UNION ALL
        SELECT 'refund', id, 'reward', -total_paise FROM refunds WHERE kind = 'taken-back'
        UNION ALL SELECT 'refund', id, 'credit', total_paise FROM refunds),
    expected AS (
        SELECT kind, document_id, account, sum(paise) AS paise
          FROM said GROUP BY 1, 2, 3 HAVING sum(paise) <> 0)
"""

# By account: what its documents come to, what is open on them, and what the journal says.
_ACCOUNTS: Final = f"""
    figures AS (
        SELECT coalesce(person_id, -id) AS account, total_paise AS documents, 0 AS open,
               0 AS journal
          FROM invoices
        UNION ALL
        SELECT coalesce(i.person_id, -i.id), -n.total_paise, 0, 0
          FROM credit_notes n JOIN invoices i ON i.id = n.invoice_id
        UNION ALL SELECT {_ACCOUNT.format("p")}, -p.total_paise, 0, 0 FROM payments p
        UNION ALL SELECT {_ACCOUNT.format("r")}, r.total_paise, 0, 0 FROM refunds r
        UNION ALL
        SELECT coalesce(person_id, -invoice_id), 0, due_paise, 0 FROM invoice_balances
        UNION ALL SELECT {_ACCOUNT.format("b")}, 0, -b.unused_paise, 0 FROM payment_balances b
        UNION ALL
        SELECT {_ACCOUNT.format("e")}, 0, 0, p.amount_paise
          FROM journal_entries e JOIN journal_postings p ON p.entry_id = e.id
         WHERE p.account IN ('receivable', 'credit')),
    accounts AS (
        SELECT account, sum(documents) AS documents, sum(open) AS open, sum(journal) AS journal
          FROM figures GROUP BY account)
"""

_KEY: Final = (
    "regexp_replace(upper(regexp_replace(reference, '[^0-9A-Za-z]', '', 'g')),"
    " '^(UPI|UTR|RRN|REF|TXN|ID|NO)+([0-9]{12})$', '\\2')"
)

_AUDITED: Final = f"""
    numbers AS (
        SELECT number, '{AuditAction.INVOICE_ISSUED}' AS action, issued_by AS by, person_id,
               NULL::bigint AS paise
          FROM invoices
        UNION ALL
        SELECT number, CASE kind WHEN 'money' THEN '{AuditAction.PAYMENT_RECORDED}'
                                 ELSE '{AuditAction.REWARD_GIVEN}' END,
               recorded_by, person_id, total_paise
          FROM payments
        UNION ALL
        SELECT n.number, '{AuditAction.CREDIT_NOTE_ISSUED}', n.issued_by, i.person_id,
               n.total_paise
          FROM credit_notes n JOIN invoices i ON i.id = n.invoice_id
        UNION ALL
        SELECT number, CASE kind WHEN 'refund' THEN '{AuditAction.REFUND_RECORDED}'
                                 WHEN 'reversal' THEN '{AuditAction.PAYMENT_REVERSED}'
                                 ELSE '{AuditAction.REWARD_TAKEN_BACK}' END,
               recorded_by, person_id, total_paise
          FROM refunds),
    written AS (
        SELECT action, after ->> 'number' AS number, actor_id AS by, subject_id AS person_id,
               (after ->> 'total_paise')::bigint AS paise
          FROM audit_log
         WHERE action IN ('{AuditAction.PAYMENT_RECORDED}', '{AuditAction.CREDIT_NOTE_ISSUED}',
                          '{AuditAction.REFUND_RECORDED}', '{AuditAction.PAYMENT_REVERSED}',
                          '{AuditAction.REWARD_GIVEN}', '{AuditAction.REWARD_TAKEN_BACK}')
        UNION ALL
        SELECT action, unnest(string_to_array(after ->> 'numbers', ', ')), actor_id, subject_id,
               NULL
          FROM audit_log
         WHERE action = '{AuditAction.INVOICE_ISSUED}')
"""

# A sentence, and a statement that names what contradicts it, one row each.
BOOK_CHECKS: Final = {
    "every document of money is in the journal, and nothing else is": f"""
        WITH {_DOCUMENTS}
        SELECT kind || ' ' || document_id
          FROM documents d
          FULL JOIN journal_entries e USING (kind, document_id)
         WHERE d.at IS NULL OR e.id IS NULL
    """,
    "the journal has the amounts that the documents have": f"""
        WITH {_EXPECTED},
        posted AS (
            SELECT e.kind, e.document_id, p.account, p.amount_paise AS paise
              FROM journal_entries e JOIN journal_postings p ON p.entry_id = e.id)
        SELECT kind || ' ' || document_id || ', ' || account
          FROM expected e
          FULL JOIN posted p USING (kind, document_id, account)
         WHERE e.paise IS DISTINCT FROM p.paise
    """,
    "the journal has the accounts and times that the documents have": f"""
        WITH {_DOCUMENTS}
        SELECT kind || ' ' || document_id
          FROM documents d
          JOIN journal_entries e USING (kind, document_id)
         WHERE (d.account, d.at) IS DISTINCT FROM ({_ACCOUNT.format("e")}, e.booked_at)
    """,
    "every entry of the journal comes to nothing, and so does all of it": """
        SELECT 'entry ' || entry_id
          FROM journal_postings GROUP BY entry_id HAVING sum(amount_paise) <> 0
        UNION ALL
        SELECT 'all of it' FROM journal_postings HAVING sum(amount_paise) <> 0
    """,
    "invoices − credit notes − payments + refunds are outstanding − credit": f"""
        WITH {_ACCOUNTS}
        SELECT {_NAMED} FROM accounts WHERE documents <> open OR open <> journal
        UNION ALL
        SELECT 'the club' FROM accounts
        HAVING sum(documents) <> sum(open) OR sum(open) <> sum(journal)
    """,
    "nothing is settled, spent or given back beyond what there is": """
        SELECT 'invoice ' || invoice_id FROM invoice_balances
         WHERE due_paise < 0 OR allocated_paise < 0
        UNION ALL
        SELECT 'payment ' || payment_id FROM payment_balances
         WHERE unused_paise < 0 OR allocated_paise < 0
        UNION ALL
        SELECT 'payment ' || payment_id || ' on invoice ' || invoice_id FROM allocations
         GROUP BY payment_id, invoice_id HAVING sum(amount_paise) < 0
    """,
    "money stays on its account": f"""
        SELECT 'payment ' || p.id || ' on invoice ' || i.id
          FROM allocations a
          JOIN payments p ON p.id = a.payment_id
          JOIN invoices i ON i.id = a.invoice_id
         WHERE {_ACCOUNT.format("p")} <> coalesce(i.person_id, -i.id)
        UNION ALL
        SELECT 'refund ' || r.id || ' of payment ' || p.id
          FROM refund_sources s
          JOIN refunds r ON r.id = s.refund_id
          JOIN payments p ON p.id = s.payment_id
         WHERE {_ACCOUNT.format("p")} <> {_ACCOUNT.format("r")}
    """,
    "a payment comes to its lines, a refund to its lines and to what it is taken from": """
        SELECT 'payment ' || id FROM payments p
         WHERE CASE kind WHEN 'money' THEN total_paise END IS DISTINCT FROM
               (SELECT sum(amount_paise) FROM payment_lines WHERE payment_id = p.id)
        UNION ALL
        SELECT 'refund ' || id FROM refunds r
         WHERE CASE WHEN kind <> 'taken-back' THEN total_paise END IS DISTINCT FROM
               (SELECT sum(amount_paise) FROM refund_lines WHERE refund_id = r.id)
            OR total_paise IS DISTINCT FROM
               (SELECT sum(amount_paise) FROM refund_sources WHERE refund_id = r.id)
    """,
    "a credit note comes to its lines": """
        SELECT 'credit note ' || n.id
          FROM credit_notes n
          LEFT JOIN (SELECT credit_note_id, invoice_id, sum(taxable_paise) AS taxable,
                            sum(cgst_paise) AS cgst, sum(sgst_paise) AS sgst,
                            sum(igst_paise) AS igst
                       FROM credit_note_lines
                      GROUP BY credit_note_id, invoice_id) AS l ON l.credit_note_id = n.id
         WHERE (n.invoice_id, n.taxable_paise, n.cgst_paise, n.sgst_paise, n.igst_paise)
               IS DISTINCT FROM (l.invoice_id, l.taxable, l.cgst, l.sgst, l.igst)
    """,
    "no more is credited than was billed, by line and by head of tax": """
        SELECT 'invoice ' || i.invoice_id || ', line ' || i.position
          FROM invoice_lines i
          JOIN credit_note_lines c USING (invoice_id, position)
         GROUP BY i.invoice_id, i.position
        HAVING sum(c.taxable_paise) > i.taxable_paise OR sum(c.cgst_paise) > i.cgst_paise
            OR sum(c.sgst_paise) > i.sgst_paise OR sum(c.igst_paise) > i.igst_paise
        UNION ALL
        SELECT 'invoice ' || invoice_id FROM invoice_balances WHERE credited_paise > total_paise
    """,
    "every document with a number was written into the audit log once": f"""
        WITH {_AUDITED}
        SELECT number
          FROM numbers n
          FULL JOIN written w USING (number, action)
         GROUP BY number
        HAVING count(*) <> 1
            OR bool_or((n.by, n.person_id) IS DISTINCT FROM (w.by, w.person_id)
                       OR n.paise IS DISTINCT FROM w.paise)
    """,
    "a reward is for a friend's payment, whoever invited them has it, and it is never paid out": """
        SELECT 'reward ' || p.id
          FROM payments p
          FULL JOIN rewards w ON w.payment_id = p.id
          LEFT JOIN referrals f ON f.friend_id = w.friend_id
          LEFT JOIN payments m ON m.id = w.for_payment_id
         WHERE (p.kind = 'reward' OR w.payment_id IS NOT NULL)
           AND ((p.kind, p.person_id, m.kind, m.person_id)
                IS DISTINCT FROM ('reward', f.referrer_id, 'money', f.friend_id))
        UNION ALL
        SELECT 'refund ' || r.id
          FROM refund_sources s
          JOIN refunds r ON r.id = s.refund_id
          JOIN payments p ON p.id = s.payment_id
         WHERE (r.kind = 'taken-back') <> (p.kind = 'reward')
    """,
    "an approved claim has one payment, made of it": """
        SELECT 'claim ' || c.id
          FROM claims c
          LEFT JOIN payments p ON p.id = c.payment_id
         WHERE (c.status = 'approved') <> (p.id IS NOT NULL)
            OR (p.person_id, p.operation_id) IS DISTINCT FROM (c.person_id, c.operation_id)
               AND c.status = 'approved'
    """,
    "a bank's reference counts once, for the claim that waits or the payment booked": f"""
        WITH counted AS (
            SELECT {_KEY} AS key, payment_id, NULL::bigint AS claim_id
              FROM payment_lines
             WHERE method IN ('upi', 'bank') AND reference IS NOT NULL
               AND NOT EXISTS (SELECT FROM refund_sources s
                                 JOIN refunds r ON r.id = s.refund_id AND r.kind = 'reversal'
                                WHERE s.payment_id = payment_lines.payment_id)
            UNION ALL
            SELECT {_KEY}, NULL, c.id
              FROM claim_lines l
              JOIN claims c ON c.id = l.claim_id AND c.status = 'waiting'
             WHERE l.method IN ('upi', 'bank') AND l.reference IS NOT NULL),
        taken AS (
            SELECT key, payment_id, CASE WHEN payment_id IS NULL THEN claim_id END AS claim_id
              FROM bank_references)
        SELECT coalesce('payment ' || coalesce(c.payment_id, t.payment_id),
                        'claim ' || coalesce(c.claim_id, t.claim_id))
          FROM counted c
          FULL JOIN taken t USING (key)
         WHERE (c.payment_id, c.claim_id) IS DISTINCT FROM (t.payment_id, t.claim_id)
    """,
}


class Broken(NamedTuple):
    """A promise of the books that is not kept; ``where``: by which documents or accounts."""

    promise: str
    where: Sequence[str]


async def broken_books(conn: Connection) -> list[Broken]:
    """None: the books are right."""
    found = [
        Broken(promise, [row[0] for row in await conn.fetch(sql)])
        for promise, sql in BOOK_CHECKS.items()
    ]
    return [each for each in found if each.where]
