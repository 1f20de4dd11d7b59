"""What the demo club's members have subscribed to: somebody is in every state."""

from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import uuid4

from bot.db.database import Database
from bot.demo.invoices import ANNA, ANNA_F, ARJUN, JOSE, KABIR, MEERA, PRIYA, ROHAN, SUNITA, VIKRAM
from bot.documents.qr import qr_png
from bot.models.audit import AuditAction
from bot.models.claims import NewClaim, Proof
from bot.models.payments import Method, PaymentLine
from bot.models.people import Person
from bot.models.plans import Plan
from bot.models.purchases import Decision, NewPurchase, Purchase, Starts
from bot.services.activations import ActivationService
from bot.services.credit_notes import CreditNoteService
from bot.services.purchases import PurchaseService
from bot.services.subscriptions import SubscriptionService

SCREENSHOT_ID: Final = "AgACAgUAAxDemoScreenshotOfAPayment"
_SCREENSHOT_SAYS: Final = "Paid 2500.00 to sahyadrifitness@okhdfcbank, UTR 412601362208"


class Bought(NamedTuple):
    """``rupees``: received so far; ``None``: all of it."""

    days_ago: int
    by: int
    plan: str
    method: Method = Method.UPI
    rupees: int | None = None


# Today Anna's and Meera's run, Anna's for four more days; Arjun owes a part. Sunita is in grace,
# José on its last day, Priya's is over. Kabir's is frozen, Vikram is banned (``write_states``).
BOUGHT: Final = (
    Bought(115, ANNA, "30 Days"),
    Bought(110, MEERA, "90 Days"),
    Bought(85, ANNA, "30 Days", Method.CASH),
    Bought(61, SUNITA, "30 Days", Method.CASH),
    Bought(60, PRIYA, "30 Days"),
    Bought(60, ARJUN, "180 Days", Method.CASH, rupees=8_000),
    Bought(55, ANNA, "30 Days"),
    Bought(44, VIKRAM, "90 Days", Method.CASH),
    Bought(36, JOSE, "30 Days"),
    Bought(31, SUNITA, "30 Days"),
    Bought(30, KABIR, "90 Days", Method.CASH),
    Bought(25, ANNA, "30 Days"),
    Bought(20, MEERA, "90 Days"),
)
OF_TODAY: Final = 2  # Rohan's, of which one is cancelled
_FROZEN_SINCE, _FROZEN_FOR = 3, 10


@cache
def screenshot() -> bytes:
    return qr_png(_SCREENSHOT_SAYS)


class Counter(NamedTuple):
    """Vera's, at a moment."""

    db: Database
    vera: Person
    at: datetime

    async def person(self, telegram_id: int) -> Person:
        async with self.db.reading() as repos:
            found = await repos.people.find_by_telegram_id(telegram_id)
        if found is None:
            raise LookupError(telegram_id)
        return found

    async def ask(
        self,
        by: int,
        plan: str,
        line: PaymentLine,
        *,
        starts: Starts = Starts.TODAY,
        proof: Proof | None = None,
    ) -> Purchase:
        new = NewPurchase(
            plan_id=(await _plan(self.db, plan)).id,
            starts=starts,
            total_paise=line.amount_paise,
            payment=NewClaim(lines=(line,), proof=proof),
        )
        purchases = PurchaseService(self.db, now=lambda: self.at)
        return await purchases.submit(new, me=await self.person(by), operation_id=uuid4())

    async def approve(self, purchase: Purchase, decision: Decision | None = None) -> int:
        """Returns the subscription's id."""
        service = ActivationService(self.db, now=lambda: self.at)
        made = await service.approve(purchase.id, by=self.vera, decision=decision)
        if made.card.deal is None:
            raise LookupError(purchase.id)
        return made.card.deal.subscription.id

    @property
    def subscriptions(self) -> SubscriptionService:
        return SubscriptionService(self.db, now=lambda: self.at)


async def subscribe(db: Database, bought: Bought, *, by: Person, now: datetime) -> None:
    """Asked for and approved on its day."""
    at = now - timedelta(days=bought.days_ago)
    counter, plan = Counter(db, by, at), await _plan(db, bought.plan)
    reference = f"4125{bought.by % 1_000:03}{bought.days_ago:05}"
    line = PaymentLine(
        method=bought.method,
        amount_paise=plan.price_paise,
        reference=reference if bought.method is Method.UPI else None,
    )
    purchase = await counter.ask(bought.by, bought.plan, line)
    partly = None
    if bought.rupees is not None:
        last = plan.duration.last_day(await counter.subscriptions.today())
        partly = _received(plan, last, bought.rupees * 100)
    await counter.approve(purchase, partly)


async def write_states(db: Database, *, by: Person, now: datetime) -> None:
    """What no purchase by itself leads to: frozen, banned, ahead, and two requests that wait."""
    then = Counter(db, by, now - timedelta(days=_FROZEN_SINCE))
    (kabirs,) = await then.subscriptions.list_of((await then.person(KABIR)).id)
    await then.subscriptions.freeze(
        kabirs.id,
        on=await then.subscriptions.today(),
        days=_FROZEN_FOR,
        reason="Away for a wedding",
        by=by,
        operation_id=uuid4(),
    )
    vikram = await then.person(VIKRAM)
    async with db.transaction() as tx:
        await tx.members.ban(vikram.id, reason="Filmed others while they trained", by=by.id)
        await tx.audit.add(AuditAction.MEMBER_BANNED, by=by, subject_id=vikram.id)
    today = Counter(db, by, now)
    await _begin_later(today)
    upi = PaymentLine(method=Method.UPI, amount_paise=2_500_00, reference="412601362208")
    shot = Proof(kind="photo", file_id=SCREENSHOT_ID, hash=sha256(screenshot()).hexdigest())
    await today.ask(ANNA_F, "30 Days", upi, proof=shot)
    await today.ask(PRIYA, "30 Days", PaymentLine(method=Method.CASH, amount_paise=2_500_00))


async def _begin_later(today: Counter) -> None:
    """Rohan has exams first: what he took today is cancelled, what follows on stays."""
    plan = await _plan(today.db, "30 Days")
    cash = PaymentLine(method=Method.CASH, amount_paise=plan.price_paise)
    unpaid = _received(plan, plan.duration.last_day(await today.subscriptions.today()), 0)
    dropped = await today.approve(await today.ask(ROHAN, plan.name, cash), unpaid)
    later = PaymentLine(method=Method.CASH, amount_paise=7_000_00)
    await today.approve(await today.ask(ROHAN, "90 Days", later, starts=Starts.AFTER))
    await today.subscriptions.cancel(
        dropped, reason="Exams first", by=today.vera, operation_id=uuid4()
    )
    deal = await ActivationService(today.db, now=lambda: today.at).deal(dropped)
    await CreditNoteService(today.db, now=lambda: today.at).cancel(
        deal.invoice_id or 0, reason="Exams first", by=today.vera, operation_id=uuid4()
    )


def _received(plan: Plan, last_day: date, paise: int) -> Decision:
    return Decision(price_paise=plan.price_paise, last_day=last_day, cash_paise=paise)


async def _plan(db: Database, name: str) -> Plan:
    async with db.reading() as repos:
        plans = await repos.plans.list(only_on_sale=True)
    return next(plan for plan in plans if plan.name == name)
