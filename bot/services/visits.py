"""Who came in today: marked by hand, taken back the same day."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime

from bot.db.database import Database, Repos
from bot.errors import PersonGone
from bot.errors.visits import CardOfAnotherDay, OnlyMembersComeIn
from bot.models.audit import AuditAction
from bot.models.people import Person
from bot.services._authority import require_admin_with
from bot.services._clock import utc_now


class VisitService:
    """``day`` is the club's, as it was on the card; only today is anybody's to change."""

    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def mark(self, person_id: int, day: date, *, by: Person) -> None:
        """Write down that a member is in; who is marked already stays so.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            PersonGone, OnlyMembersComeIn: nobody to mark.
            CardOfAnotherDay: ``day`` is not today.
        """
        async with self._changing(person_id, day, by) as (tx, admin, person):
            if not person.is_member or person.is_banned:
                raise OnlyMembersComeIn
            if await tx.visits.add(person_id, day, by=admin.id):
                await _record(tx, AuditAction.VISIT_MARKED, person_id, day, by=admin)

    async def unmark(self, person_id: int, day: date, *, by: Person) -> None:
        """Take back a mark of today; who is not marked stays so.

        Raises:
            NotAllowed, PersonGone, CardOfAnotherDay: as in ``mark``.
        """
        async with self._changing(person_id, day, by) as (tx, admin, _):
            if await tx.visits.remove(person_id, day):
                await _record(tx, AuditAction.VISIT_UNMARKED, person_id, day, by=admin)

    @asynccontextmanager
    async def _changing(
        self, person_id: int, day: date, by: Person
    ) -> AsyncIterator[tuple[Repos, Person, Person]]:
        async with self._db.transaction() as tx:
            admin, person = await require_admin_with(tx, by, person_id)
            if person is None or person.is_deleted:
                raise PersonGone
            if day != (await tx.club.get()).day(self._now()):
                raise CardOfAnotherDay
            yield tx, admin, person


async def _record(tx: Repos, action: AuditAction, person_id: int, day: date, *, by: Person) -> None:
    await tx.audit.add(action, by=by, subject_id=person_id, after={"day": day.isoformat()})
