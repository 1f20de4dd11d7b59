"""What a person owes, and what they are about to pay; reporting it is in claims.py."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.db.database import Database, Repos
from bot.errors.subscriptions import PurchaseWaiting
from bot.models.dues import Means, Owed, OwnClaim, Payable, PayableKind, PlanChoice
from bot.models.payments import Account
from bot.models.people import Person
from bot.models.purchases import Starts
from bot.services import _own
from bot.services._clock import utc_now
from bot.services._credit import credit_of
from bot.services._offers import offer_of, require_member, with_upgrade


class DueService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def owed(self, me: Person) -> Owed:
        """All that ``me`` owes, has reported and has to their credit."""
        async with self._db.reading() as repos:
            return Owed(
                today=(await repos.club.get()).day(self._now()),
                dues=await repos.payments.dues(Account(person_id=me.id)),
                requests=await repos.payment_requests.list_open(person_id=me.id),
                waiting=await repos.dues.list_waiting(me.id),
                credit_paise=await credit_of(repos, Account(person_id=me.id)),
                may_report=await _own.may_report(repos, me),
            )

    async def payable(self, kind: PayableKind, subject_id: int, *, me: Person) -> Payable:
        """An invoice or a request of one's own, as it is now.

        Raises:
            InvoiceGone, RequestGone: never there, settled (a request), or somebody else's.
            NothingDue: the invoice is settled.
        """
        async with self._db.reading() as repos:
            if kind is PayableKind.INVOICE:
                return await _invoice(repos, subject_id, me)
            return await _request(repos, subject_id, me)

    async def advance(self, amount_paise: int, purpose: str, *, me: Person) -> Payable:
        """What nobody has asked for.

        Raises:
            NotAllowed: who is no member and was never billed owes the club nothing.
        """
        async with self._db.reading() as repos:
            await _own.require_customer(repos, me)
            return Payable(
                kind=PayableKind.ADVANCE,
                id=None,
                name=purpose,
                due_paise=amount_paise,
                usable_credit_paise=0,
                waiting=await _waiting(repos, me, invoice_id=None, request_id=None),
                means=await _means(repos),
            )

    async def plan(
        self, plan_id: int, starts: Starts, *, me: Person, code: str | None = None
    ) -> Payable:
        """A plan on sale. Where nothing runs any more, what was to follow on starts today.

        A ``code`` that is not good for it takes nothing off; the offer says why. What is to begin
        in place of what runs costs so much less.

        The club takes it by UPI or in cash: what an approval knows how to book.

        Raises:
            NotRegistered, RegistrationWaits: for members only.
            PurchaseWaiting: one request at a time.
            PlanGone: not on sale any more.
        """
        require_member(me)
        async with self._db.reading() as repos:
            if await repos.purchases.find_waiting_of(me.id):
                raise PurchaseWaiting
            today = (await repos.club.get()).day(self._now())
            offer = await offer_of(repos, plan_id, me, today=today, code=code)
            offer = await with_upgrade(repos, offer, me)
            starts = offer.possible(starts)
            return Payable(
                kind=PayableKind.PLAN,
                id=plan_id,
                name=offer.plan.name,
                due_paise=offer.to_pay_paise(starts),
                usable_credit_paise=0,
                waiting=None,
                means=replace(await _means(repos), bank_details=""),
                choice=PlanChoice(
                    offer=offer, starts=starts, takes_codes=await repos.promos.has_any_on()
                ),
            )

    async def waiting_advance(self, me: Person) -> OwnClaim | None:
        """What they have reported that nobody had asked for.

        Raises:
            NotAllowed: as in ``advance``.
        """
        async with self._db.reading() as repos:
            await _own.require_customer(repos, me)
            return await _waiting(repos, me, invoice_id=None, request_id=None)


async def _invoice(repos: Repos, invoice_id: int, me: Person) -> Payable:
    invoice, due_paise = await _own.due_invoice(repos, invoice_id, me)
    return Payable(
        kind=PayableKind.INVOICE,
        id=invoice_id,
        name=invoice.number,
        due_paise=due_paise,
        usable_credit_paise=min(await credit_of(repos, Account(person_id=me.id)), due_paise),
        waiting=await _waiting(repos, me, invoice_id=invoice_id, request_id=None),
        means=await _means(repos),
    )


async def _request(repos: Repos, request_id: int, me: Person) -> Payable:
    request = await _own.open_request(repos, request_id, me)
    return Payable(
        kind=PayableKind.REQUEST,
        id=request_id,
        name=request.purpose,
        due_paise=request.amount_paise,
        usable_credit_paise=0,
        waiting=await _waiting(repos, me, invoice_id=None, request_id=request_id),
        means=await _means(repos),
    )


async def _waiting(
    repos: Repos, me: Person, *, invoice_id: int | None, request_id: int | None
) -> OwnClaim | None:
    """Of what they have reported, what is about this very thing."""
    about = (invoice_id, request_id)
    waiting = await repos.dues.list_waiting(me.id)
    return next((each for each in waiting if (each.invoice_id, each.request_id) == about), None)


async def _means(repos: Repos) -> Means:
    business = await repos.business.get()
    return Means(
        upi_id=business.upi_id or None,
        payee_name=business.trade_name.strip() or business.legal_name,
        bank_details=business.bank_details.strip(),
    )
