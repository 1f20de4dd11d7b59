"""The checks of the books: silent where all is right, and each finds what it is for."""

import pytest

from bot.db.book_checks import BOOK_CHECKS, broken_books
from bot.db.invariants import broken
from tests.postgres import connected
from tests.services.booking import busy
from tests.services.test_bans import known
from tests.stories.invoicing import registered

# Of each promise, statements that break it, and where it is found to be broken.
WRONGS = {
    "is in the journal, and nothing else": [
        ("DELETE FROM journal_entries WHERE kind = 'refund'", "refund 1"),
        ("UPDATE journal_entries SET document_id = 99 WHERE kind = 'payment' AND document_id = 1",
         "payment 99"),
    ],
    "the amounts that the documents have": [
        ("UPDATE journal_postings SET amount_paise = 2 * amount_paise WHERE entry_id = 1",
         "invoice 1, sales"),
        ("UPDATE journal_postings SET account = 'bank' WHERE account = 'cash'", "payment 2, cash"),
        ("UPDATE credit_notes SET taxable_paise = 1 + taxable_paise, total_paise = 1 + total_paise",
         "credit-note 1, sales"),
    ],
    "the accounts and times": [
        ("UPDATE journal_entries SET person_id = 1 WHERE kind = 'allocation'", "allocation 1"),
        ("UPDATE journal_entries SET booked_at = now() WHERE kind = 'invoice'", "invoice 2"),
    ],
    "comes to nothing": [
        ("DELETE FROM journal_postings WHERE entry_id = 2 AND account = 'gst'", "entry 2"),
    ],
    "are outstanding − credit": [
        ("UPDATE allocations SET invoice_id = 5 WHERE id = 1",
         "the walk-in customer of invoice 5"),
        ("UPDATE refunds SET total_paise = 1", "person 2"),
        ("UPDATE journal_postings SET account = 'sales' WHERE account = 'credit'", "the club"),
    ],
    "beyond what there is": [
        ("UPDATE allocations SET amount_paise = amount_paise + 1 WHERE id = 1", "invoice 1"),
        ("UPDATE refund_sources SET amount_paise = 99999999", "payment 3"),
        ("UPDATE allocations SET amount_paise = -99999999 WHERE id = 4",
         "payment 3 on invoice 3"),
    ],
    "stays on its account": [
        ("UPDATE payments SET person_id = 1 WHERE id = 1", "payment 1 on invoice 1"),
        ("UPDATE refunds SET person_id = 1", "refund 1 of payment 3"),
    ],
    "comes to its lines, a refund": [
        ("UPDATE payment_lines SET amount_paise = 1 WHERE payment_id = 2", "payment 2"),
        ("DELETE FROM payment_lines WHERE payment_id = 1", "payment 1"),
        ("UPDATE refund_lines SET amount_paise = 1", "refund 1"),
        ("UPDATE refund_sources SET amount_paise = 1", "refund 1"),
    ],
    "a credit note comes to its lines": [
        ("UPDATE credit_note_lines SET igst_paise = 1", "credit note 1"),
        ("DELETE FROM credit_note_lines", "credit note 1"),
    ],
    "by line and by head of tax": [
        ("UPDATE credit_note_lines SET cgst_paise = cgst_paise + 1, sgst_paise = sgst_paise + 1",
         "invoice 3, line 1"),
        (("UPDATE credit_notes SET total_paise = total_paise + 1,"
         " round_off_paise = round_off_paise + 1"), "invoice 3"),
    ],
    "into the audit log once": [
        ("DELETE FROM audit_log WHERE action = 'payment recorded'", "RC/"),
        (("INSERT INTO audit_log (action, actor_id, actor_role, subject_id, after) SELECT action,"
         " actor_id, actor_role, subject_id, after FROM audit_log"
         " WHERE action = 'credit note issued'"), "CN/"),
        ("UPDATE audit_log SET actor_id = 2 WHERE action = 'refund recorded'", "RV/"),
        (("UPDATE audit_log SET after = after || '{\"total_paise\": 1}'"
         " WHERE action = 'refund recorded'"), "RV/"),
        ("DELETE FROM audit_log WHERE action = 'invoice issued'", "GYM/"),
    ],
    "is never paid out": [
        ("UPDATE payments SET kind = 'reward' WHERE id = 1", "reward 1"),
        ("INSERT INTO rewards VALUES (1, 2, 1, 2)", "reward 1"),
        ("UPDATE refunds SET kind = 'taken-back'", "refund 1"),
    ],
    "an approved claim": [
        ("UPDATE claims SET person_id = 1 WHERE status = 'approved'", "claim 1"),
        ("UPDATE claims SET operation_id = gen_random_uuid() WHERE status = 'approved'", "claim 1"),
    ],
    "a bank's reference": [
        ("DELETE FROM bank_references WHERE payment_id = 2", "payment 2"),
        ("UPDATE bank_references SET payment_id = 2 WHERE payment_id = 1", "payment 1"),
        ("UPDATE claims SET status = 'withdrawn', decided_at = now() WHERE status = 'waiting'",
         "claim 2"),
    ],
}  # fmt: skip


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await known(db, 7)


async def test_every_promise_about_the_books_can_be_broken(db, desk, asha, anna, database_url):
    await busy(db, desk, asha, anna)
    assert (asha.id, anna.id) == (1, 2)
    seen = set()
    async with connected(database_url) as conn:
        assert await broken(conn) == []
        await conn.execute("SET session_replication_role = replica")  # no trigger stands guard
        for what, wrongs in WRONGS.items():
            (promise,) = [sentence for sentence in BOOK_CHECKS if what in sentence]
            seen.add(promise)
            for wrong, where in wrongs:
                undo = conn.transaction()
                await undo.start()
                await conn.execute(wrong)
                found = {each.promise: " | ".join(each.where) for each in await broken_books(conn)}
                assert where in found.get(promise, ""), (wrong, found)
                assert f"{promise}: not so in" in " ".join(await broken(conn))
                await undo.rollback()
        assert await broken(conn) == []
    assert seen == set(BOOK_CHECKS)
