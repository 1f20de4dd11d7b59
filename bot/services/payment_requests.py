"""An admin asks a person for money that no invoice asks for: a fee, an advance."""

from typing import Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors import Unreachable
from bot.errors.claims import RequestGone
from bot.errors.payment_requests import RequestPaid, RequestReported
from bot.models.audit import AuditAction
from bot.models.claims import PaymentRequest, RequestCard, RequestPage, RequestStatus
from bot.models.notices import Notice, NoticeKind
from bot.models.payments import Account
from bot.models.people import Person
from bot.services._accounts import hold_account
from bot.services._authority import require_admin_with
from bot.services._pages import nearest

PAGE: Final = 8


class PaymentRequestService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def ask(  # noqa: PLR0913 -- all that a request is made of
        self,
        person_id: int,
        *,
        amount_paise: int,
        purpose: str,
        by: Person,
        operation_id: UUID,
        for_fitness: bool = False,
    ) -> PaymentRequest:
        """Ask this person for money, and tell them; once per operation.

        ``for_fitness``: for services at the club, which decides how it is taxed when it comes.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            Unreachable: deleted, or has blocked the bot.
        """
        async with self._db.transaction() as tx:
            admin, person = await require_admin_with(tx, by, person_id)
            if person is None or not person.is_reachable:
                raise Unreachable
            request_id = await tx.payment_requests.add(
                person_id=person_id,
                amount_paise=amount_paise,
                purpose=purpose,
                by=admin.id,
                operation_id=operation_id,
                for_fitness=for_fitness,
            )
            if request_id is not None:
                await _tell(tx, request_id, amount_paise, to=person_id, by=admin)
            made = await tx.payment_requests.find_made_by(operation_id)
        if made is None:
            raise RequestGone
        return made

    async def asks_what_for(self) -> bool:
        """Whether it matters for its tax, and the settings do not say."""
        async with self._db.reading() as repos:
            return (await repos.business.get()).asks_what_for

    async def made(self, operation_id: UUID) -> PaymentRequest | None:
        """What this confirm screen has asked for already."""
        async with self._db.reading() as repos:
            return await repos.payment_requests.find_made_by(operation_id)

    async def cancel(self, request_id: int, *, by: Person) -> PaymentRequest:
        """Ask no longer; a second time changes nothing.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            RequestGone: never there.
            RequestPaid, RequestReported: their member was first.
        """
        async with self._db.transaction() as tx:
            request = await _request(tx, request_id)
            admin = await hold_account(tx, Account(person_id=request.person_id), by=by)
            waiting = await tx.claims.list_of(request.person_id, waiting=True)
            if any(claim.request_id == request_id for claim in waiting):
                raise RequestReported
            closed = await tx.payment_requests.close(request_id, RequestStatus.CANCELLED)
            request = await _request(tx, request_id)
            if request.status is RequestStatus.PAID:
                raise RequestPaid
            if closed:
                await tx.audit.add(
                    AuditAction.REQUEST_CANCELLED,
                    by=admin,
                    subject_id=request.person_id,
                    after={"total_paise": request.amount_paise},
                )
                await tx.notices.refresh(NoticeKind.PAYMENT_REQUESTED, subject_id=request_id)
            return request

    async def count_open(self) -> int:
        async with self._db.reading() as repos:
            return await repos.payment_requests.count_open()

    async def page(self, number: int) -> RequestPage:
        """Of everybody's that are open: that page, or the nearest there is."""
        async with self._db.reading() as repos:
            count = await repos.payment_requests.count_open()
            number, pages = nearest(number, of=count, size=PAGE)
            entries = await repos.payment_requests.list_page(limit=PAGE, offset=number * PAGE)
        return RequestPage(number=number, pages=pages, count=count, entries=entries)

    async def card(self, request_id: int) -> RequestCard:
        """As admins see it.

        Raises:
            RequestGone: never there.
        """
        async with self._db.reading() as repos:
            request = await _request(repos, request_id)
            person = await repos.people.find(request.person_id)
            admin = await repos.people.find(request.raised_by)
        if person is None:
            raise RequestGone
        raised_by = None if admin is None or admin.is_deleted else admin.name
        return RequestCard(request=request, person=person, raised_by=raised_by)

    async def of_notice(self, notice: Notice) -> PaymentRequest | None:
        """The one that a notice tells of."""
        async with self._db.reading() as repos:
            return await repos.payment_requests.find(notice.subject_id or 0)


async def _tell(tx: Repos, request_id: int, paise: int, *, to: int, by: Person) -> None:
    kind, after = NoticeKind.PAYMENT_REQUESTED, {"total_paise": paise}
    await tx.notices.add(kind, to=to, subject_id=request_id, dedupe_key=f"{kind}:{request_id}")
    await tx.audit.add(AuditAction.PAYMENT_REQUESTED, by=by, subject_id=to, after=after)


async def _request(repos: Repos, request_id: int) -> PaymentRequest:
    request = await repos.payment_requests.find(request_id)
    if request is None:
        raise RequestGone
    return request
