"""What a person has to do with money, across the tables: counted, handed out, blanked.

Documents of money stay for good, as the law wants them; what people wrote and sent does not. What
was subscribed to stays with its bill, and with it why the club changed it: those rows are added to,
never rewritten. So are the audit log, which keeps the reasons of admins, and the reasons printed on
credit notes and kept with refunds: they stay too, and people are told so before they delete.
"""

from typing import Final, NamedTuple

from bot.db._rows import Connection, sure
from bot.db.claims import ClaimRepo
from bot.db.credit_notes import CreditNoteRepo
from bot.db.payment_requests import PaymentRequestRepo
from bot.db.payments import PaymentRepo
from bot.db.purchases import PurchaseRepo
from bot.db.rejections import RejectionRepo
from bot.db.subscriptions import SubscriptionRepo
from bot.models.privacy import MoneyCounts, MoneyData, Subscribed
from bot.models.purchases import Purchase

BLANK: Final = "-"  # in columns that may not be empty


class Blanked(NamedTuple):
    """Ids of what admins have cards of."""

    claims: list[int]
    rejections: list[int]
    purchases: list[int]


class PrivateMoneyRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def count(self, person_id: int) -> MoneyCounts:
        sql = """
            SELECT (SELECT count(*) FROM invoices WHERE person_id = $1) AS invoices,
                   (SELECT count(*) FROM payments WHERE person_id = $1 AND kind = 'money')
                       AS receipts,
                   (SELECT count(*) FROM refunds
                     WHERE person_id = $1 AND kind <> 'taken-back') AS refunds,
                   (SELECT count(*) FROM credit_notes n JOIN invoices i ON i.id = n.invoice_id
                     WHERE i.person_id = $1) AS credit_notes,
                   (SELECT count(*) FROM claims WHERE person_id = $1) AS claims,
                   (SELECT count(*) FROM payment_requests WHERE person_id = $1) AS requests,
                   (SELECT count(*) FROM invoice_rejections WHERE person_id = $1) AS rejections,
                   (SELECT count(*) FROM subscription_requests WHERE person_id = $1) AS purchases,
                   (SELECT count(*) FROM subscriptions WHERE person_id = $1) AS subscriptions
        """
        return MoneyCounts(**dict(sure(await self._conn.fetchrow(sql, person_id))))

    async def export(self, person_id: int) -> MoneyData:
        """All of it, the oldest first."""
        payments, requests = PaymentRepo(self._conn), PaymentRequestRepo(self._conn)
        notes, rejections = CreditNoteRepo(self._conn), RejectionRepo(self._conn)
        claims = await ClaimRepo(self._conn).list_of(person_id, waiting=False)
        paid = [await payments.find(each) for each in await self._ids("payments", person_id)]
        back = [await payments.find_refund(each) for each in await self._ids("refunds", person_id)]
        credited = [await notes.find(each) for each in await self._note_ids(person_id)]
        asked = [await requests.find(n) for n in await self._ids("payment_requests", person_id)]
        refused = [
            await rejections.find(each) for each in await self._ids("invoice_rejections", person_id)
        ]
        return MoneyData(
            payments=[each for each in paid if each],
            refunds=[each for each in back if each],
            credit_notes=[each for each in credited if each],
            claims=claims[::-1],
            requests=[each for each in asked if each],
            rejections=[each for each in refused if each],
            purchases=await self._purchases(person_id),
            subscriptions=await self._subscriptions(person_id),
        )

    async def _purchases(self, person_id: int) -> list[Purchase]:
        repo = PurchaseRepo(self._conn)
        ids = await self._ids("subscription_requests", person_id)
        return [each for number in ids if (each := await repo.find(number))]

    async def _subscriptions(self, person_id: int) -> list[Subscribed]:
        repo = SubscriptionRepo(self._conn)
        return [
            Subscribed(subscription=each, changes=await repo.history(each.id))
            for each in await repo.list_of(person_id)
        ]

    async def blank(self, person_id: int, *, by: int) -> Blanked:
        """Withdraw, cancel and settle what is open, and forget what they wrote and sent."""
        await self._conn.execute(
            """
            DELETE FROM bank_references
             WHERE payment_id IS NULL
               AND claim_id IN (SELECT id FROM claims WHERE person_id = $1)
            """,
            person_id,
        )
        await self._conn.execute(
            """
            UPDATE claim_lines
               SET reference = NULL
             WHERE claim_id IN (SELECT id FROM claims WHERE person_id = $1)
            """,
            person_id,
        )
        await self._conn.execute(
            """
            UPDATE payment_requests
               SET purpose = $2, status = CASE status WHEN 'open' THEN 'cancelled' ELSE status END
             WHERE person_id = $1
            """,
            person_id,
            BLANK,
        )
        return Blanked(
            claims=await self._blank_claims(person_id, by),
            rejections=await self._settle(person_id, by),
            purchases=await self._blank_purchases(person_id, by),
        )

    async def _blank_claims(self, person_id: int, by: int) -> list[int]:
        sql = """
            UPDATE claims
               SET status = CASE status WHEN 'waiting' THEN 'withdrawn' ELSE status END,
                   decided_at = coalesce(decided_at, now()), decided_by = coalesce(decided_by, $2),
                   purpose = '', reason = NULL, upi_reference = NULL, proof_kind = NULL,
                   proof_file_id = NULL, proof_hash = NULL
             WHERE person_id = $1
            RETURNING id
        """
        return [row["id"] for row in await self._conn.fetch(sql, person_id, by)]

    async def _blank_purchases(self, person_id: int, by: int) -> list[int]:
        sql = """
            UPDATE subscription_requests
               SET status = CASE status WHEN 'waiting' THEN 'withdrawn' ELSE status END,
                   decided_at = coalesce(decided_at, now()), decided_by = coalesce(decided_by, $2),
                   reason = NULL
             WHERE person_id = $1
            RETURNING id
        """
        return [row["id"] for row in await self._conn.fetch(sql, person_id, by)]

    async def _settle(self, person_id: int, by: int) -> list[int]:
        sql = """
            UPDATE invoice_rejections
               SET reason = $3, settled_at = coalesce(settled_at, now()),
                   settled_by = coalesce(settled_by, $2)
             WHERE person_id = $1
            RETURNING id
        """
        return [row["id"] for row in await self._conn.fetch(sql, person_id, by, BLANK)]

    async def _ids(self, table: str, person_id: int) -> list[int]:
        sql = f"SELECT id FROM {table} WHERE person_id = $1 ORDER BY id"
        return [row["id"] for row in await self._conn.fetch(sql, person_id)]

    async def _note_ids(self, person_id: int) -> list[int]:
        sql = """
            SELECT n.id
              FROM credit_notes n
              JOIN invoices i ON i.id = n.invoice_id
             WHERE i.person_id = $1
             ORDER BY n.id
        """
        return [row["id"] for row in await self._conn.fetch(sql, person_id)]
