"""Buying a subscription: what is offered, asked for, withdrawn, rejected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors import NotAllowed
from bot.errors.activations import AlreadyDecided, BuyerBanned
from bot.errors.subscriptions import (
    NoPayLater,
    OfferChanged,
    PurchaseDecided,
    PurchaseGone,
    PurchaseWaiting,
)
from bot.models.audit import AuditAction
from bot.models.claims import ClaimStatus, NewClaim
from bot.models.notices import Audience, NoticeKind
from bot.models.payments import total
from bot.models.people import Person
from bot.models.purchases import (
    NewPurchase,
    Offer,
    Purchase,
    PurchaseCard,
    PurchaseQueue,
    PurchaseStatus,
    PurchaseVerdict,
    Shelf,
    Starts,
)
from bot.services._activating import card_of, hold_purchase, verdict
from bot.services._clock import utc_now
from bot.services._offers import (
    offer_of,
    offers_of,
    require_member,
    trial_days,
    upgrade_of,
    with_upgrade,
)
from bot.services._pages import nearest
from bot.services.claims import take_references

PAGE: Final = 8


class PurchaseService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def upgrades(self, *, me: Person) -> Shelf:
        """As ``shelf``, of what may begin in place of what runs; all of it where nothing does.

        Raises:
            NotRegistered, RegistrationWaits: for members only.
        """
        shelf = await self.shelf(me=me)
        async with self._db.reading() as repos:
            upgrade = await upgrade_of(repos, me, today=await self._today(repos))
        if upgrade is None:
            return shelf
        offers = [each for each in shelf.offers if upgrade.leaves(each.total_paise)]
        return replace(shelf, offers=offers, upgrade=upgrade)

    async def shelf(self, *, me: Person) -> Shelf:
        """What waits, or else what is on sale for ``me``, in the club's order.

        Raises:
            NotRegistered, RegistrationWaits: for members only.
        """
        require_member(me)
        async with self._db.reading() as repos:
            if waiting := await repos.purchases.find_waiting_of(me.id):
                return Shelf(waiting=waiting, offers=[])
            today = await self._today(repos)
            plans = await repos.plans.list(only_on_sale=True)
            offers = await offers_of(repos, plans, me, today=today)
            trial = await trial_days(repos, me)
            return Shelf(waiting=None, offers=offers, trial_days=trial)

    async def offer(self, plan_id: int, *, me: Person) -> Offer:
        """One plan, as ``me`` would buy it now.

        Raises:
            PlanGone: not on sale any more.
        """
        async with self._db.reading() as repos:
            return await offer_of(repos, plan_id, me, today=await self._today(repos))

    async def submit(self, new: NewPurchase, *, me: Person, operation_id: UUID) -> Purchase:
        """Ask for a subscription; once per operation, and one request at a time.

        Raises:
            NotAllowed: for members only.
            PlanGone: not on sale any more.
            OfferChanged: it costs something else by now, or lasts longer or shorter; another sum
                is paid than it costs; the code is not good any more.
            NoPayLater: the club does not allow it, or so much.
            PurchaseWaiting: one waits already.
            ReferenceUsed: this bank's reference was reported or booked before.
        """
        async with self._db.transaction() as tx:
            person = await tx.people.hold(me.id)
            if person is None or not person.may_train:
                raise NotAllowed(role="member")
            if made := await tx.purchases.find_made_by(operation_id):
                return made
            if new.code:
                await tx.promos.hold_named(new.code)
            today = await self._today(tx)
            offer = await offer_of(tx, new.plan_id, me, today=today, code=new.code)
            if new.starts is Starts.UPGRADE:
                offer = await with_upgrade(tx, offer, me)
            _check(new, offer)
            claim_id = await _claim(tx, new, offer, me, operation_id) if new.payment else None
            purchase_id = await tx.purchases.add(
                offer,
                person_id=me.id,
                starts=new.starts,
                claim_id=claim_id,
                operation_id=operation_id,
            )
            if purchase_id is None:
                raise PurchaseWaiting
            kind = NoticeKind.PURCHASE_CARD
            await tx.notices.add_for(Audience.ADMINS, kind, subject_id=purchase_id)
            return await _there(tx, purchase_id)

    async def find_waiting(self, *, me: Person) -> Purchase | None:
        """One's own."""
        async with self._db.reading() as repos:
            return await repos.purchases.find_waiting_of(me.id)

    async def withdraw(self, purchase_id: int, *, me: Person) -> None:
        """Take back what waits; a second time changes nothing.

        Raises:
            PurchaseGone: never there, or somebody else's.
            PurchaseDecided: an admin was first.
        """
        async with self._db.transaction() as tx:
            await tx.people.hold(me.id)
            purchase = await tx.purchases.hold(purchase_id)
            if purchase is None or purchase.person_id != me.id:
                raise PurchaseGone
            if purchase.status is PurchaseStatus.WITHDRAWN:
                return
            status, now = PurchaseStatus.WITHDRAWN, self._now()
            if not await tx.purchases.mark_decided(purchase_id, status, by=me.id, at=now):
                raise PurchaseDecided
            await drop_claim(tx, purchase, ClaimStatus.WITHDRAWN, by=me.id, at=now)
            await tx.notices.refresh(NoticeKind.PURCHASE_CARD, subject_id=purchase_id)

    async def reject(self, purchase_id: int, *, reason: str, by: Person) -> PurchaseVerdict:
        """Decline, unless it was decided before; the member is told the reason.

        Raises:
            PurchaseGone, NotAllowed.
        """
        async with self._db.transaction() as tx:
            purchase, admin = await hold_purchase(tx, purchase_id, by=by)
            status, now = PurchaseStatus.REJECTED, self._now()
            if await tx.purchases.mark_decided(
                purchase_id, status, by=admin.id, at=now, reason=reason
            ):
                await drop_claim(
                    tx, purchase, ClaimStatus.REJECTED, by=admin.id, at=now, reason=reason
                )
                await tx.notices.add(
                    NoticeKind.PURCHASE_REJECTED,
                    to=purchase.person_id,
                    subject_id=purchase_id,
                    dedupe_key=f"{NoticeKind.PURCHASE_REJECTED}:{purchase_id}",
                )
                await tx.audit.add(
                    AuditAction.SUBSCRIPTION_REJECTED,
                    by=admin,
                    subject_id=purchase.person_id,
                    after={"plan": purchase.plan_name, "reason": reason},
                )
                await tx.notices.refresh(NoticeKind.PURCHASE_CARD, subject_id=purchase_id)
            today = await self._today(tx)
            return await verdict(tx, purchase_id, status, by=admin, today=today)

    async def count_waiting(self) -> int:
        async with self._db.reading() as repos:
            return await repos.purchases.count_waiting()

    async def queue(self, *, page: int) -> PurchaseQueue:
        """That page, or the nearest there is."""
        async with self._db.reading() as repos:
            count = await repos.purchases.count_waiting()
            number, pages = nearest(page, of=count, size=PAGE)
            entries = await repos.purchases.list_waiting(limit=PAGE, offset=number * PAGE)
        return PurchaseQueue(number=number, pages=pages, count=count, entries=entries)

    async def find_card(self, purchase_id: int) -> PurchaseCard | None:
        async with self._db.reading() as repos:
            return await card_of(repos, purchase_id, today=await self._today(repos))

    async def card(self, purchase_id: int) -> PurchaseCard:
        """As ``find_card``.

        Raises:
            PurchaseGone: never there.
        """
        if card := await self.find_card(purchase_id):
            return card
        raise PurchaseGone

    async def card_to_approve(self, purchase_id: int) -> PurchaseCard:
        """As ``card``, for whoever begins to approve it.

        Raises:
            BuyerBanned: it waits, and can only be rejected.
        """
        card = await self.card(purchase_id)
        if card.person.is_banned and card.purchase.status is PurchaseStatus.WAITING:
            raise BuyerBanned(name=card.person.name)
        return card

    async def waiting_card(self, purchase_id: int) -> PurchaseCard:
        """As ``card``, for whoever is about to decide.

        Raises:
            AlreadyDecided: somebody was faster, or the member has taken it back.
        """
        card = await self.card(purchase_id)
        if card.purchase.status is not PurchaseStatus.WAITING:
            by = card.decided_by.name if card.decided_by else "someone"
            raise AlreadyDecided(what=card.purchase.status.value, by=by)
        return card

    async def _today(self, repos: Repos) -> date:
        return (await repos.club.get()).day(self._now())


async def drop_claim(  # noqa: PLR0913 -- the columns of a decision
    tx: Repos,
    purchase: Purchase,
    status: ClaimStatus,
    *,
    by: int,
    at: datetime,
    reason: str | None = None,
) -> None:
    """Its payment is not booked: the bank's references may be used again."""
    if purchase.claim_id is not None:
        await tx.claims.mark_decided(purchase.claim_id, status, by=by, at=at, reason=reason)
        await tx.bank_references.release(claim_id=purchase.claim_id)


def _check(new: NewPurchase, offer: Offer) -> None:
    """What was to follow on may have nothing to follow by now, as midnight has passed.

    It begins once it is approved, then: who has paid for it is not sent away.
    """
    code, to_pay = offer.discount.code if offer.discount else None, offer.to_pay_paise(new.starts)
    paid = to_pay if new.payment is None else total(new.payment.lines)
    is_possible = new.starts is not Starts.UPGRADE or offer.upgrade is not None
    is_possible &= new.lasts in {None, offer.lasts}
    if not (is_possible and new.total_paise == to_pay == paid and code == new.code):
        raise OfferChanged(total_paise=to_pay)
    if new.payment is None and not offer.may_pay_later:
        raise NoPayLater


async def _claim(tx: Repos, new: NewPurchase, offer: Offer, me: Person, operation_id: UUID) -> int:
    if await tx.purchases.find_waiting_of(me.id):  # which has taken the references, maybe
        raise PurchaseWaiting
    payment = new.payment or NewClaim(lines=())
    claim_id = await tx.claims.add(
        replace(payment, purpose=offer.plan.name, invoice_id=None, request_id=None),
        person_id=me.id,
        operation_id=operation_id,
        for_subscription=True,
    )
    if claim_id is None:
        raise PurchaseWaiting
    await take_references(tx, payment.lines, claim_id)
    return claim_id


async def _there(tx: Repos, purchase_id: int) -> Purchase:
    purchase = await tx.purchases.find(purchase_id)
    if purchase is None:
        raise PurchaseGone
    return purchase
