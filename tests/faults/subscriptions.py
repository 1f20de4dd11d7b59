"""What is done with subscriptions while workers die."""

from uuid import uuid4

from bot.keyboards.activations import ApprovePurchase
from bot.models.claims import NewClaim
from bot.models.payments import Method, PaymentLine
from bot.models.purchases import NewPurchase, Starts
from bot.services.purchases import PurchaseService
from tests.faults.invoices import pressed
from tests.stories.invoicing import registered

# As in ``invariants.py``.
SQL = {
    "a request that was approved without its subscription, or the other way round": """
        SELECT r.id, r.status FROM subscription_requests r
         WHERE (r.status = 'approved')
               <> EXISTS (SELECT FROM subscriptions WHERE request_id = r.id)
    """,
    "a decision on a subscription that nobody is told of": """
        SELECT r.id, r.status
          FROM subscription_requests r
          LEFT JOIN subscriptions s ON s.request_id = r.id
         WHERE r.status IN ('approved', 'rejected')
           AND NOT EXISTS (SELECT FROM notices
                            WHERE kind = 'subscription-begun' AND subject_id = s.id
                               OR kind = 'purchase-rejected' AND subject_id = r.id)
    """,
}


class Activating:
    """A request with half of its money: one subscription, one bill, one payment, each told once."""

    of = "act-yes"

    async def prepare(self, stage, names) -> None:
        await registered(stage.db)
        purchases = PurchaseService(stage.db)
        self.ids: dict[str, int] = {}
        for name in names:
            member = await stage.club.member(name)
            line = PaymentLine(method=Method.CASH, amount_paise=2_500_00)
            new = NewPurchase(
                plan_id=1,
                starts=Starts.TODAY,
                total_paise=line.amount_paise,
                payment=NewClaim(lines=(line,)),
            )
            made = await purchases.submit(new, me=member, operation_id=uuid4())
            self.ids[name] = made.id
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        approve = ApprovePurchase(purchase_id=self.ids[name], drafting=False)
        await stage.engine.handled(pressed(stage, approve))
        await stage.plays("Asha", "[None of it]", "1250")

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[✅ Confirm]")

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            (bought,) = await repos.subscriptions.list_of(member.id)
            (invoice,) = await repos.invoices.list_of(member.id)
            assert await repos.invoices.due(invoice.id) == 1_250_00
            assert len(await repos.payments.list_of_invoice(invoice.id)) == 1
            assert (await repos.subscriptions.origin(bought.id))[0] == self.ids[name]
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
            told = await repos.privacy.list_told(member.id)
            assert await repos.maintenance.broken() == []
        assert log.count("subscription approved") == 1
        assert sorted(notice.kind for notice in told) == [
            "invoice",
            "payment-booked",
            "subscription-begun",
        ]
