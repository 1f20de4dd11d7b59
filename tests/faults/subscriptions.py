"""What is done with subscriptions while workers die."""

from dataclasses import replace
from uuid import uuid4

from bot.keyboards.activations import ApprovePurchase
from bot.keyboards.subscriptions import AskCancel, AskFreeze
from bot.models.claims import NewClaim
from bot.models.payments import Method, PaymentLine
from bot.models.purchases import NewPurchase, Purchase, Starts
from bot.models.subscriptions import ChangeKind
from bot.services.purchases import PurchaseService
from tests.faults.claims import reference, reported
from tests.faults.invoices import pressed
from tests.stories.invoicing import registered
from tests.stories.subscribing import subscribed

PRICE = 2_500_00

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
    "two subscriptions waiting for one person": """
        SELECT person_id, count(*) FROM subscription_requests
         WHERE status = 'waiting' GROUP BY 1 HAVING count(*) > 1
    """,
    "a subscription waits for somebody who is deleted": """
        SELECT r.id FROM subscription_requests r JOIN people p ON p.id = r.person_id
         WHERE r.status = 'waiting' AND p.deleted_at IS NOT NULL
    """,
    "a subscription that was asked for, without a bill of its price": """
        SELECT s.id, s.price_paise, i.total_paise
          FROM subscriptions s LEFT JOIN invoices i ON i.id = s.invoice_id
         WHERE s.request_id IS NOT NULL AND s.price_paise IS DISTINCT FROM i.total_paise
    """,
    "a decision on a subscription that is not in the log once": """
        SELECT r.person_id, count(*), (SELECT count(*) FROM audit_log a
                                        WHERE a.subject_id = r.person_id
                                          AND a.action IN ('subscription approved',
                                                           'subscription rejected')) AS logged
          FROM subscription_requests r
         WHERE r.status IN ('approved', 'rejected')
         GROUP BY 1
        HAVING count(*) <> (SELECT count(*) FROM audit_log a
                             WHERE a.subject_id = r.person_id
                               AND a.action IN ('subscription approved', 'subscription rejected'))
    """,
    "the payment of a subscription goes another way than its request": """
        SELECT r.id, r.status, c.status AS claim
          FROM subscription_requests r JOIN claims c ON c.id = r.claim_id
         WHERE (r.status, c.status) NOT IN (('waiting', 'waiting'), ('withdrawn', 'withdrawn'),
                                            ('rejected', 'rejected'), ('approved', 'approved'),
                                            ('approved', 'rejected'))
    """,
    "a bank's reference held for a subscription that is not to be": """
        SELECT b.claim_id, r.status
          FROM bank_references b JOIN subscription_requests r USING (claim_id)
         WHERE r.status IN ('rejected', 'withdrawn')
    """,
    "a change of a subscription without its audit entry and its notice": """
        SELECT c.id, c.kind FROM subscription_changes c
          JOIN subscriptions s ON s.id = c.subscription_id
          JOIN people p ON p.id = s.person_id AND p.deleted_at IS NULL
         WHERE NOT EXISTS (SELECT FROM audit_log a WHERE a.operation_id = c.operation_id)
            OR NOT EXISTS (SELECT FROM notices n
                            WHERE n.dedupe_key = 'subscription-changed:' || c.operation_id)
    """,
}


class Buying:
    """By UPI, its reference typed: one request with its payment, one card, and an answer."""

    of = "UtrMk"

    async def prepare(self, stage, names) -> None:
        await registered(stage.db)
        for name in names:
            await stage.club.member(name)

    async def before(self, stage, name) -> None:
        await stage.plays(name, "/subscribe", "[30 Days · ₹2,500.00]", "[📱 UPI]")

    def act(self, stage, name) -> int:
        return stage.chat.act(name, reference(name))

    async def check(self, stage, name) -> None:
        claim, member = await reported(stage, name), await stage.person(name)
        async with stage.db.reading() as repos:
            purchase = await repos.purchases.find_waiting_of(member.id)
        assert (purchase.claim_id, purchase.price_paise) == (claim.id, PRICE)
        assert [line.reference for line in claim.lines] == [reference(name)]
        assert len([text for text in stage.heard("Asha") if f"{name} Rao" in text]) == 1
        assert "is with the club" in stage.heard(name)[-1]


class Activating:
    """A request with half of its money: one subscription, one bill, one payment, each told once."""

    of = "act-yes"
    plan_id, starts = 1, Starts.TODAY
    line = PaymentLine(method=Method.CASH, amount_paise=PRICE)
    came = ("[None of it]", "1250")
    due_paise = 1_250_00

    async def prepare(self, stage, names) -> None:
        await registered(stage.db)
        self.ids: dict[str, int] = {}
        for name in names:
            member = await stage.club.member(name)
            await self.begin(stage, member)
            line = replace(self.line, reference=self.line.reference and reference(name))
            made = await asked(stage, member, line, plan_id=self.plan_id, starts=self.starts)
            self.ids[name] = made.id
        await stage.says("Asha", "/start")

    async def begin(self, stage, member) -> None:
        """What they have had before."""

    async def before(self, stage, name) -> None:
        approve = ApprovePurchase(purchase_id=self.ids[name], drafting=False)
        await stage.engine.handled(pressed(stage, approve))
        await stage.plays("Asha", *self.came)

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[✅ Confirm]")

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            (bought,) = await repos.subscriptions.list_of(member.id)
            (invoice,) = await repos.invoices.list_of(member.id)
            assert await repos.invoices.due(invoice.id) == self.due_paise
            assert len(await repos.payments.list_of_invoice(invoice.id)) == 1
            assert (await repos.subscriptions.origin(bought.id))[0] == self.ids[name]
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
            told = await repos.privacy.list_told(member.id)
        assert log.count("subscription approved") == 1
        assert sorted(notice.kind for notice in told) == [
            "invoice",
            "payment-booked",
            "subscription-begun",
        ]


class ActivatingAsAsked(Activating):
    """All of it, by UPI."""

    line = PaymentLine(method=Method.UPI, amount_paise=PRICE, reference="each their own")
    came = ("[As reported: ₹2,500.00]", "[None of it]")
    due_paise = 0


class Freezing:
    """Five days of one that runs: one change, one entry, one notice."""

    of = "sub-make"
    ask = AskFreeze
    steps = ("[📅 Today]", "5", "Away")
    yes = "[✅ Yes, freeze it]"
    made = (ChangeKind.FREEZE, 5)
    days = 35  # that it lasts then

    async def prepare(self, stage, names) -> None:
        asha, self.ids = await stage.person("Asha"), {}
        for name in names:
            member = await stage.club.member(name)
            self.ids[name] = await subscribed(stage.db, member, asha)
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        await stage.engine.handled(pressed(stage, self.ask(subscription_id=self.ids[name])))
        await stage.plays("Asha", *(step.format(name.lower()) for step in self.steps))

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", self.yes)

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            bought = await repos.subscriptions.find(self.ids[name])
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
            told = await repos.privacy.list_told(member.id)
        assert [(each.kind, each.days) for each in bought.changes] == [self.made]
        assert (bought.term.last_day - bought.first_day).days == self.days - 1
        assert log == ["subscription changed"]
        assert [notice.kind for notice in told] == ["subscription-changed"]


class Cancelling(Freezing):
    """On its first day; it was never billed."""

    of = "sub-cancel-yes"
    ask = AskCancel
    steps = ("Moved",)
    yes = "[🚫 Yes, cancel it]"
    made = (ChangeKind.CANCEL, 0)
    days = 0


async def asked(stage, member, line, *, plan_id=1, starts=Starts.TODAY) -> Purchase:
    """Somebody asks for a subscription, and says that they pay for it so."""
    payment, total = NewClaim(lines=(line,)), line.amount_paise
    new = NewPurchase(plan_id=plan_id, starts=starts, total_paise=total, payment=payment)
    return await PurchaseService(stage.db).submit(new, me=member, operation_id=uuid4())


PATHS = [Buying, Activating, ActivatingAsAsked, Freezing, Cancelling]
