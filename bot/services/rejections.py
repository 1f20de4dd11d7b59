"""A member does not accept an invoice; an admin looks at it, and cancels it or lets it stand."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.db.database import Database, Repos
from bot.errors.claims import RejectionGone
from bot.models.audit import AuditAction
from bot.models.claims import Rejection, RejectionQueue, RejectionVerdict
from bot.models.notices import Audience, Notice, NoticeKind
from bot.models.people import Person
from bot.services import _own
from bot.services._authority import require_admin, require_here
from bot.services._clock import utc_now
from bot.services._pages import nearest

PAGE: Final = 8


class RejectionService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def reject(self, invoice_id: int, *, reason: str, me: Person) -> Rejection:
        """Tell the admins why ``me`` does not accept it; while that is open, only once.

        Raises:
            PersonGone: deleted a moment ago.
            InvoiceGone: never there, or somebody else's.
            NothingDue: it is settled.
        """
        async with self._db.transaction() as tx:
            await require_here(tx, me)
            await _own.due_invoice(tx, invoice_id, me)
            made = await tx.rejections.add(invoice_id, person_id=me.id, reason=reason)
            if made is not None:
                kind = NoticeKind.INVOICE_REJECTED
                await tx.notices.add_for(Audience.ADMINS, kind, subject_id=made)
            rejection = await tx.rejections.find_open(invoice_id)
        if rejection is None:
            raise RejectionGone
        return rejection

    async def let_stand(self, rejection_id: int, *, by: Person) -> RejectionVerdict:
        """The invoice is right; its member is told so. Unless somebody settled it before.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            RejectionGone: never there.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            settled = await tx.rejections.settle_one(rejection_id, by=admin.id, at=self._now())
            rejection = await tx.rejections.find(rejection_id)
            if rejection is None:
                raise RejectionGone
            if settled:
                await _tell_settled(tx, rejection, by=admin)
            stands = settled or await tx.audit.has_own(AuditAction.REJECTION_SETTLED)
            return RejectionVerdict(rejection=rejection, stands=stands)

    async def find_open(self, invoice_id: int) -> Rejection | None:
        async with self._db.reading() as repos:
            return await repos.rejections.find_open(invoice_id)

    async def get(self, rejection_id: int) -> Rejection:
        """Open or settled.

        Raises:
            RejectionGone: never there.
        """
        async with self._db.reading() as repos:
            rejection = await repos.rejections.find(rejection_id)
        if rejection is None:
            raise RejectionGone
        return rejection

    async def queue(self, *, page: int) -> RejectionQueue:
        """That page of the open ones, or the nearest there is."""
        async with self._db.reading() as repos:
            count = await repos.rejections.count_open()
            number, pages = nearest(page, of=count, size=PAGE)
            entries = await repos.rejections.list_open(limit=PAGE, offset=number * PAGE)
        return RejectionQueue(number=number, pages=pages, count=count, entries=entries)

    async def of_notice(self, notice: Notice) -> Rejection | None:
        """The one that a notice tells of."""
        async with self._db.reading() as repos:
            return await repos.rejections.find(notice.subject_id or 0)


async def _tell_settled(tx: Repos, rejection: Rejection, *, by: Person) -> None:
    await tx.audit.add(
        AuditAction.REJECTION_SETTLED,
        by=by,
        subject_id=rejection.person_id,
        after={"number": rejection.number},
    )
    await tx.notices.add(
        NoticeKind.REJECTION_SETTLED,
        to=rejection.person_id,
        subject_id=rejection.id,
        dedupe_key=f"{NoticeKind.REJECTION_SETTLED}:{rejection.id}",
    )
    await tx.notices.refresh(NoticeKind.INVOICE_REJECTED, subject_id=rejection.id)
