"""An admin asks a person for money that no invoice asks for: a fee, an advance."""

from uuid import UUID

from bot.db.database import Database
from bot.errors import NotAllowed, Unreachable
from bot.errors.claims import RequestGone
from bot.models.audit import AuditAction
from bot.models.claims import PaymentRequest, RequestStatus
from bot.models.notices import Notice, NoticeKind
from bot.models.people import Person, Role
from bot.services._authority import require_admin


class PaymentRequestService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def ask(
        self, person_id: int, *, amount_paise: int, purpose: str, by: Person, operation_id: UUID
    ) -> PaymentRequest:
        """Ask this person for money, and tell them; once per operation.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            Unreachable: deleted, or has blocked the bot.
        """
        async with self._db.transaction() as tx:
            admin, person = await tx.people.hold_both(by.id, person_id)
            if admin is None or admin.role < Role.ADMIN:
                raise NotAllowed(role=Role.ADMIN.name.lower())
            if person is None or not person.is_reachable:
                raise Unreachable
            request_id = await tx.payment_requests.add(
                person_id=person_id,
                amount_paise=amount_paise,
                purpose=purpose,
                by=admin.id,
                operation_id=operation_id,
            )
            if request_id is not None:
                await tx.notices.add(
                    NoticeKind.PAYMENT_REQUESTED,
                    to=person_id,
                    subject_id=request_id,
                    dedupe_key=f"{NoticeKind.PAYMENT_REQUESTED}:{request_id}",
                )
                await tx.audit.add(
                    AuditAction.PAYMENT_REQUESTED,
                    by=admin,
                    subject_id=person_id,
                    after={"total_paise": amount_paise},
                )
            made = await tx.payment_requests.find_made_by(operation_id)
        if made is None:
            raise RequestGone
        return made

    async def cancel(self, request_id: int, *, by: Person) -> PaymentRequest:
        """Ask no longer; a second time changes nothing.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            RequestGone: never there, or paid.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            closed = await tx.payment_requests.close(request_id, RequestStatus.CANCELLED)
            request = await tx.payment_requests.find(request_id)
            if request is None or request.status is RequestStatus.PAID:
                raise RequestGone
            if closed:
                await tx.audit.add(
                    AuditAction.REQUEST_CANCELLED,
                    by=admin,
                    subject_id=request.person_id,
                    after={"total_paise": request.amount_paise},
                )
                await tx.notices.refresh(NoticeKind.PAYMENT_REQUESTED, subject_id=request_id)
            return request

    async def find_own(self, request_id: int, *, me: Person) -> PaymentRequest:
        """An open one of one's own.

        Raises:
            RequestGone: paid, cancelled, never there, or somebody else's.
        """
        async with self._db.reading() as repos:
            request = await repos.payment_requests.find(request_id)
        is_mine = request is not None and request.person_id == me.id
        if request is None or not is_mine or request.status is not RequestStatus.OPEN:
            raise RequestGone
        return request

    async def list_open_of(self, me: Person) -> list[PaymentRequest]:
        """One's own, the oldest first."""
        async with self._db.reading() as repos:
            return await repos.payment_requests.list_open(person_id=me.id)

    async def list_open(self) -> list[PaymentRequest]:
        """Everybody's, the oldest first."""
        async with self._db.reading() as repos:
            return await repos.payment_requests.list_open()

    async def of_notice(self, notice: Notice) -> PaymentRequest | None:
        """The one that a notice tells of."""
        async with self._db.reading() as repos:
            return await repos.payment_requests.find(notice.subject_id or 0)
