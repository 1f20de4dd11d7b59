"""Random operations, many at once, on real rows; a ledger of plain Python comes to the same.

Whoever books on an account holds it, so the audit log has what was booked on it in its order: the
ledger replays that, and after each batch every due, every credit and every promise is compared.
"""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.db.books import BookRepo
from bot.db.database import Database, open_pool
from bot.db.invariants import broken
from bot.errors import Refusal, Unavailable
from bot.models.books import Figures
from bot.models.claims import ClaimStatus, RequestStatus
from bot.models.people import Office
from bot.models.subscriptions import Rules
from tests.postgres import connected
from tests.services.booking import tills
from tests.services.ledger import Ledger
from tests.services.operations import Hand, issue, some
from tests.services.test_bans import known
from tests.stories.invoicing import registered, services_at

BATCH = 14
MORNING = datetime(2026, 11, 24, 9, tzinfo=UTC)
NEW = """
    SELECT a.id, a.action, a.after ->> 'number' AS number, a.after ->> 'invoice' AS invoice,
           (a.after ->> 'total_paise')::bigint AS paise, a.subject_id, p.id AS payment,
           p.operation_id, coalesce(p.person_id, -p.walk_in_id) AS account, i.id AS bill,
           (SELECT min(payment_id) FROM refund_sources s JOIN refunds r ON r.id = s.refund_id
             WHERE r.number = a.after ->> 'number') AS source
      FROM audit_log a
      LEFT JOIN payments p ON p.number = a.after ->> 'number'
      LEFT JOIN invoices i ON i.number IN (a.after ->> 'number', a.after ->> 'invoice')
     WHERE a.id > $1
     ORDER BY a.id
"""


@pytest.fixture
def seeds(request) -> range:
    return range(40) if request.config.getoption("--profile") == "long" else range(1)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("chance", range(3))
async def test_a_plain_ledger_comes_to_the_same(asha, database_url, seeds, chance):
    sums = Counter()
    async with open_pool(database_url, size=10) as pool:
        for seed in (100 * chance + each for each in seeds):
            story = await begun(Database(pool), asha, seed)
            for _ in range(8):
                sums += await story.batch(database_url)
    print(f"\n  {dict(sums)}")  # noqa: T201 -- for whoever runs the long profile
    tried = sum(sums.values())
    assert sums["server busy"] <= tried // 50
    assert sums["refused"] < tried * 2 / 3  # most of it is to do something


class Story:
    """One club's day. ``last``: ids of the newest audit entry and invoice that were looked at."""

    def __init__(self, hand: Hand, context: str, before: Figures, last: dict[str, int]) -> None:
        self.hand, self.context, self.before, self.last = hand, context, before, last
        self.ledger = Ledger()

    async def batch(self, database_url) -> Counter:
        """Bills first, then everything at once; returns what became of it."""
        hand = self.hand
        buyers = [*hand.rng.sample(hand.members, 2), "Walk-in customer"]
        await asyncio.gather(*(issue(hand, buyer) for buyer in buyers))
        async with connected(database_url) as conn:
            await self._read_bills(conn)
            doing = [each() for each in some(hand, BATCH)]
            done = await asyncio.gather(*doing, return_exceptions=True)
            bugs = [
                each
                for each in done
                if isinstance(each, BaseException) and not isinstance(each, Refusal | Unavailable)
            ]
            assert not bugs, (self.context, bugs)
            await self._compare(conn)
            await self._look_around(conn)
        return Counter(map(_outcome, done))

    async def _read_bills(self, conn) -> None:
        sql = """
            SELECT id, coalesce(person_id, -id) AS account, total_paise
              FROM invoices WHERE id > $1 ORDER BY id
        """
        for row in await conn.fetch(sql, self.last["invoice"]):
            self.last["invoice"] = row["id"]
            self.hand.bills[row["id"]] = row["account"]
            self.ledger.bill(row["id"], row["account"], row["total_paise"])

    async def _compare(self, conn) -> None:
        ledger, now = self.ledger, await BookRepo(conn).figures()
        for row in await conn.fetch(NEW, self.last["entry"]):
            self._replay(row)
            self.last["entry"] = row["id"]
        assert await broken(conn) == [], self.context
        rows = await conn.fetch("SELECT invoice_id, due_paise FROM invoice_balances")
        dues = {row[0]: row[1] for row in rows if row[0] in ledger.bills}
        assert dues == {each: ledger.due(each) for each in ledger.bills}, self.context
        rows = await conn.fetch("SELECT payment_id, unused_paise FROM payment_balances")
        unused = {row[0]: row[1] for row in rows if row[0] in ledger.coins}
        assert unused == {each: coin.unused for each, coin in ledger.coins.items()}, self.context
        for name, paise in ledger.figures().items():
            assert getattr(now, name) - getattr(self.before, name) == paise, (self.context, name)

    async def _look_around(self, conn) -> None:
        """What there is to decide by now, and some that is decided."""
        hand = self.hand
        hand.payments = list(self.ledger.coins)
        whose = {person.id: person for person in hand.members}
        for seen, table, status in (
            (hand.claims, "claims", ClaimStatus.WAITING),
            (hand.requests, "payment_requests", RequestStatus.OPEN),
        ):
            rows = await conn.fetch(f"SELECT id, person_id, status FROM {table}")  # noqa: S608
            seen.clear()
            for row in rows:
                if row["person_id"] in whose and (row["status"] == status or row["id"] % 3 == 0):
                    seen[row["id"]] = whose[row["person_id"]]

    def _replay(self, row) -> None:
        ledger = self.ledger
        match row["action"]:
            case "payment recorded":
                bills = self.hand.meant[row["operation_id"]]
                ledger.pay(row["payment"], row["account"], row["paise"], bills)
            case "payment booked back":
                ledger.reverse(row["source"])
            case "reward given":
                ledger.reward(row["payment"], row["account"], row["paise"])
            case "reward taken back":
                ledger.take_back(row["source"], row["paise"])
            case "refund recorded":
                ledger.refund(row["subject_id"], row["paise"])
            case "credit used":
                assert ledger.use_credit(row["bill"]) == row["paise"], self.context
            case "credit note issued":
                ledger.credit_note(row["bill"], row["paise"])


def _outcome(result) -> str:
    if isinstance(result, Unavailable):
        return "server busy"
    return "refused" if isinstance(result, Refusal) else "done"


async def begun(db, asha, seed) -> Story:
    rng = random.Random(seed)  # noqa: S311 -- a story, not a secret
    await registered(
        db,
        prices_inclusive=rng.random() < 0.5,
        is_rounded=rng.random() < 0.5,
        credits_overpayment=rng.random() < 0.8,
    )
    hand = Hand(
        rng=rng,
        at=tills(db),
        desk=services_at(db, MORNING),
        admins=[asha, *[await known(db, 2 + n, Office.ADMIN) for n in range(2)]],
        members=[await known(db, 1_000 + 10 * seed + n) for n in range(3)],
    )
    async with db.transaction() as tx:
        await tx.subscription_rules.save(Rules(referral_reward_paise=100_00))
        for friend in hand.members[1:]:
            await tx.referrals.add(friend.id, referrer_id=hand.members[0].id, at=MORNING)
    async with db.reading() as repos:
        entries = await repos.audit.list_latest(limit=1)
        bills = await repos.invoices.list_latest(limit=1, offset=0)
        before = await repos.books.figures()
    last = {"entry": entries[0].id if entries else 0, "invoice": bills[0].id if bills else 0}
    return Story(hand, f"seed {seed}", before, last)
