"""A purchase is approved: subscription, bill, payment and notices are one transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.db.database import Database, Repos
from bot.db.subscriptions import NewSubscription
from bot.errors import PersonGone
from bot.errors.activations import BuyerBanned, FirstDayChanged, LastDayTooFar, UpgradeChanged
from bot.errors.invoices import AddressNeeded
from bot.errors.payments import ReferenceUsed
from bot.errors.subscriptions import LastDayPast, NotOfBill
from bot.models.audit import AuditAction
from bot.models.claims import Claim, ClaimStatus
from bot.models.drafts import DraftStatus, NewLine
from bot.models.invoices import ADDRESS_FROM_PAISE
from bot.models.notices import NoticeKind
from bot.models.payments import Account, Method, PaymentLine, Receipt
from bot.models.people import Person
from bot.models.plans import MAX_DAYS
from bot.models.purchases import (
    Deal,
    Decision,
    Purchase,
    PurchaseCard,
    PurchaseStatus,
    PurchaseVerdict,
    Seen,
)
from bot.services._accounts import receive
from bot.services._activating import card_of, deal_of, first_day, hold_purchase, verdict
from bot.services._clock import utc_now
from bot.services._issuing import issue_documents
from bot.services._plan_bill import purchase_line
from bot.services._upgrading import check_replaced, end_replaced, use_freed
from bot.services.drafts import buyer_of
from bot.services.purchases import drop_claim

_OBSTACLES = (
    AddressNeeded,
    BuyerBanned,
    NotOfBill,
    FirstDayChanged,
    LastDayPast,
    LastDayTooFar,
    ReferenceUsed,
    UpgradeChanged,
)


class ActivationService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def approve(
        self,
        purchase_id: int,
        *,
        by: Person,
        decision: Decision | None = None,
        seen_first_day: date | None = None,
    ) -> PurchaseVerdict:
        """Make of a purchase a subscription, unless it was decided before.

        The invoice is for the decided price; what was received settles it, the rest stays due.
        ``decision``: ``None``: as it was asked for. ``seen_first_day``: what was shown as the first
        day; ``None``: nobody looked.

        Raises:
            PurchaseGone, NotAllowed.
            BuyerBanned: nothing new for whoever is banned.
            NotOfBill: more is received than billed.
            FirstDayChanged: it would begin on another day than was shown.
            UpgradeChanged: not so much can be taken off as was decided; as was asked for, where
                nobody looked.
            LastDayPast, LastDayTooFar: see ``check_last_day``.
            AddressNeeded: of the member, by Rule 46; the newest that a draft for them has is taken.
            ReferenceUsed, SeriesFull: see ``_accounts.receive``.
        """
        async with self._db.transaction() as tx:
            purchase, admin = await hold_purchase(tx, purchase_id, by=by)
            now = self._now()
            today = (await tx.club.get()).day(now)
            if purchase.status is PurchaseStatus.WAITING:
                card = await card_of(tx, purchase_id, today=today)
                decided = decision or (card.usual if card else None)
                if decided is None:
                    raise PersonGone
                if card:
                    _check(card, decided, seen_first_day, is_looked_at=decision is not None)
                await _activate(tx, purchase, decided, by=admin, now=now, today=today)
            status = PurchaseStatus.APPROVED
            return await verdict(tx, purchase_id, status, by=admin, today=today)

    async def settle(self, purchase_id: int, seen: Seen, *, by: Person) -> PurchaseVerdict:
        """As ``approve``, exactly what was shown; why it cannot be comes with the card by now.

        Raises:
            PurchaseGone, NotAllowed, SeriesFull: as ``approve``.
        """
        try:
            return await self.approve(
                purchase_id, by=by, decision=seen.decision, seen_first_day=seen.first_day
            )
        except _OBSTACLES as refusal:
            async with self._db.reading() as repos:
                made = await self._approved(repos, purchase_id, by=by)
            return PurchaseVerdict(card=made.card, stands=False, obstacle=refusal)

    async def find_verdict(self, purchase_id: int, *, by: Person) -> PurchaseVerdict | None:
        """Whether ``by`` has approved it, or what else was decided; ``None``: it waits still.

        Raises:
            PurchaseGone: never there.
        """
        async with self._db.reading() as repos:
            made = await self._approved(repos, purchase_id, by=by)
        return None if made.card.purchase.status is PurchaseStatus.WAITING else made

    async def deal(self, subscription_id: int) -> Deal:
        """Raises SubscriptionGone: never there."""
        async with self._db.reading() as repos:
            return await deal_of(repos, subscription_id)

    async def _approved(self, repos: Repos, purchase_id: int, *, by: Person) -> PurchaseVerdict:
        today = (await repos.club.get()).day(self._now())
        return await verdict(repos, purchase_id, PurchaseStatus.APPROVED, by=by, today=today)


def check_last_day(last_day: date, first_day: date) -> None:
    """Of a subscription.

    Raises:
        LastDayPast: it would be over before it began.
        LastDayTooFar: later than any may end.
    """
    if last_day < first_day:
        raise LastDayPast
    if last_day - first_day >= timedelta(days=MAX_DAYS):
        raise LastDayTooFar


def _check(
    card: PurchaseCard, decided: Decision, seen_first_day: date | None, *, is_looked_at: bool
) -> None:
    if card.person.is_banned:
        raise BuyerBanned(name=card.person.name)
    if seen_first_day not in {None, card.first_day}:
        raise FirstDayChanged
    if card.replaced:
        check_replaced(card.replaced, decided, is_looked_at=is_looked_at)


async def _activate(  # noqa: PLR0913 -- all that an activation is made of
    tx: Repos, purchase: Purchase, decision: Decision, *, by: Person, now: datetime, today: date
) -> None:
    begins = await first_day(tx, purchase, today=today)
    if decision.received_paise > decision.to_pay_paise:
        raise NotOfBill(price_paise=decision.to_pay_paise)
    check_last_day(decision.last_day, begins)
    freed = await end_replaced(tx, purchase, by=by, now=now, today=today)
    invoice_id = await _bill(tx, purchase, decision, by=by, now=now)
    await use_freed(tx, purchase, invoice_id, freed, by=by, now=now)
    subscription_id = await tx.subscriptions.add(
        NewSubscription(
            request_id=purchase.id,
            person_id=purchase.person_id,
            plan_id=purchase.plan_id,
            plan_name=purchase.plan_name,
            price_paise=decision.price_paise,
            first_day=begins,
            last_day=decision.last_day,
            visits_limit=purchase.visits_limit,
            invoice_id=invoice_id,
            bought_at=now,
            recorded_by=by.id,
        )
    )
    await _book(tx, purchase, decision, invoice_id, by=by, now=now)
    status = PurchaseStatus.APPROVED
    await tx.purchases.mark_decided(purchase.id, status, by=by.id, at=now)
    await _tell(tx, purchase, decision, subscription_id, by=by, begins=begins)


async def _bill(
    tx: Repos, purchase: Purchase, decision: Decision, *, by: Person, now: datetime
) -> int:
    """An invoice of one line, its tax within the price."""
    operation_id = await tx.purchases.operation_id(purchase.id)
    member = await tx.members.find_card(purchase.person_id)
    plan = await tx.plans.find(purchase.plan_id)
    if member is None or plan is None:
        raise PersonGone
    buyer = buyer_of(member)
    if decision.price_paise >= ADDRESS_FROM_PAISE:
        buyer = replace(buyer, **await tx.drafts.find_address(purchase.person_id))
    draft_id = await tx.drafts.add(operation_id, buyer, person_id=purchase.person_id, by=by.id)
    draft_id = draft_id or await tx.drafts.find_made_by(operation_id) or 0
    today = (await tx.club.get()).day(now)
    paise = decision.price_paise
    line = await purchase_line(tx, plan, purchase, price_paise=paise, today=today)
    await tx.drafts.add_line(draft_id, NewLine(operation_id=operation_id, line=line))
    draft = await tx.drafts.hold(draft_id)
    if draft is None:
        raise PersonGone
    (invoice_id,) = await issue_documents(tx, draft, by=by, now=now, exact=True)
    await tx.drafts.set_status(draft_id, DraftStatus.ISSUED)
    return invoice_id


async def _book(  # noqa: PLR0913 -- all that a receipt is made of
    tx: Repos,
    purchase: Purchase,
    decision: Decision,
    invoice_id: int,
    *,
    by: Person,
    now: datetime,
) -> None:
    """What has come in; a claim of which nothing came is not booked."""
    claim = await tx.claims.find(purchase.claim_id) if purchase.claim_id else None
    if not decision.received_paise:
        reason = "nothing received"
        await drop_claim(tx, purchase, ClaimStatus.REJECTED, by=by.id, at=now, reason=reason)
        return
    receipt = Receipt(
        account=Account(person_id=purchase.person_id),
        lines=_lines(claim, decision),
        invoices=(invoice_id,),
    )
    operation_id: UUID = await tx.purchases.operation_id(purchase.id)
    payment_id = await receive(
        tx, receipt, operation_id=operation_id, by=by, now=now, claim_id=purchase.claim_id
    )
    if claim is not None:
        await tx.claims.mark_decided(
            claim.id, ClaimStatus.APPROVED, by=by.id, at=now, payment_id=payment_id
        )


def _lines(claim: Claim | None, decision: Decision) -> tuple[PaymentLine, ...]:
    references = {line.method: line.reference for line in claim.lines} if claim else {}
    received = {Method.UPI: decision.upi_paise, Method.CASH: decision.cash_paise}
    return tuple(
        PaymentLine(method=method, amount_paise=paise, reference=references.get(method))
        for method, paise in received.items()
        if paise
    )


async def _tell(  # noqa: PLR0913 -- all that the log keeps
    tx: Repos,
    purchase: Purchase,
    decision: Decision,
    subscription_id: int,
    *,
    by: Person,
    begins: date,
) -> None:
    """The log keeps what was asked for, too, where an admin decided otherwise."""
    asked: dict[str, str | int] = {
        "last_day": purchase.duration.last_day(begins).isoformat(),
        "total_paise": purchase.price_paise,
    }
    decided: dict[str, str | int] = {
        "last_day": decision.last_day.isoformat(),
        "total_paise": decision.price_paise,
    }
    code = {"code": purchase.promo_code} if purchase.promo_code else {}
    await tx.audit.add(
        AuditAction.SUBSCRIPTION_APPROVED,
        by=by,
        subject_id=purchase.person_id,
        before={name: was for name, was in asked.items() if was != decided[name]},
        after={"plan": purchase.plan_name, **decided, **code},
    )
    await tx.notices.add(
        NoticeKind.SUBSCRIPTION_BEGUN,
        to=purchase.person_id,
        subject_id=subscription_id,
        dedupe_key=f"{NoticeKind.SUBSCRIPTION_BEGUN}:{subscription_id}",
    )
    await tx.notices.refresh(NoticeKind.PURCHASE_CARD, subject_id=purchase.id)
