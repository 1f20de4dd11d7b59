"""Who came in today: marked by hand, taken back the same day."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime

from bot.db.database import Database, Repos
from bot.errors import PersonGone, Unreachable
from bot.errors.visits import CardOfAnotherDay, CardOutdated, OnlyMembersComeIn
from bot.models.audit import AuditAction
from bot.models.notices import Notice, NoticeKind
from bot.models.people import Person, Role
from bot.models.visits import Admission
from bot.services._access import admission_of
from bot.services._authority import require_admin_with
from bot.services._clock import utc_now


class VisitService:
    """``day`` is the club's, as it was on the card; only today is anybody's to change."""

    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def mark(self, person_id: int, day: date, *, by: Person, reason: str = "") -> Admission:
        """Write down that a member is in, if the access rule lets them in; else with a ``reason``.

        Who is marked already stays so. What comes back says whether they are in, and on what. In
        grace they are told how to renew, once a day.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            PersonGone, OnlyMembersComeIn: nobody to mark.
            CardOfAnotherDay: ``day`` is not today.
        """
        async with self._changing(person_id, day, by) as (tx, admin, person):
            admission = await _admission(tx, person, day)
            if admission.is_in or not (admission.is_open or reason):
                return admission
            await tx.visits.add(person_id, day, by=admin.id)
            why = {"reason": reason} if reason else {}
            await _record(tx, AuditAction.VISIT_MARKED, person_id, day, by=admin, **why)
            admission = replace(admission, is_in=True)
            if admission.needs_renewal and admission.is_open:
                await _ask_to_renew(tx, admission)
            return admission

    async def check(self, person_id: int, day: date) -> Admission:
        """Somebody whom only an admin's reason would let in today.

        Raises:
            PersonGone, OnlyMembersComeIn, CardOfAnotherDay: as in ``mark``.
            CardOutdated: they are in, or need no reason.
        """
        async with self._db.reading() as repos:
            person = await self._there(repos, await repos.people.find(person_id), day)
            admission = await _admission(repos, person, day)
        if admission.is_in or admission.is_open:
            raise CardOutdated
        return admission

    async def ask_to_renew(self, person_id: int, day: date, *, by: Person) -> Admission:
        """Tell somebody who was not let in how they stand, and how to renew; once a day.

        Raises:
            NotAllowed, PersonGone, OnlyMembersComeIn, CardOfAnotherDay: as in ``mark``.
            Unreachable: they cannot be told.
            CardOutdated: they are in, or renewing would not help.
        """
        async with self._changing(person_id, day, by) as (tx, admin, person):
            admission = await _admission(tx, person, day)
            if admission.is_in or admission.is_open or not admission.needs_renewal:
                raise CardOutdated
            if not person.is_reachable:
                raise Unreachable
            if await _ask_to_renew(tx, admission):
                told = {"reason": "how to renew"}
                action = AuditAction.MEMBER_MESSAGED
                await tx.audit.add(action, by=admin, subject_id=person_id, after=told)
            return admission

    async def renewal(self, notice: Notice) -> Admission | None:
        """How a member stood on the day that a notice is of.

        ``None``: they have renewed since, are no member or in office, or the mark was taken back.
        """
        day = date.fromisoformat(notice.payload["day"])
        async with self._db.reading() as repos:
            person = await repos.people.find(notice.recipient_id)
            if person is None or person.role is not Role.MEMBER:
                return None
            today = (await repos.club.get()).day(self._now())
            stood = await admission_of(repos, person, day=day)
            stands = await admission_of(repos, person, day=today)
        in_vain = notice.payload["is_in"] and not stood.is_in
        return stood if stands.needs_renewal and stood.needs_renewal and not in_vain else None

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
        """Their row locked: what they have left is used by one visit after the other."""
        async with self._db.transaction() as tx:
            admin, person = await require_admin_with(tx, by, person_id)
            yield tx, admin, await self._there(tx, person, day)

    async def _there(self, repos: Repos, person: Person | None, day: date) -> Person:
        if person is None or person.is_deleted:
            raise PersonGone
        if day != (await repos.club.get()).day(self._now()):
            raise CardOfAnotherDay
        return person


async def _admission(repos: Repos, person: Person, day: date) -> Admission:
    if not person.may_train:
        raise OnlyMembersComeIn
    return await admission_of(repos, person, day=day)


async def _ask_to_renew(tx: Repos, admission: Admission) -> bool:
    """``False``: they were told today."""
    kind, day = NoticeKind.RENEWAL_ASKED, admission.day.isoformat()
    return await tx.notices.add(
        kind,
        to=admission.person.id,
        payload={"day": day, "is_in": admission.is_in},
        dedupe_key=f"{kind}:{admission.person.id}:{day}",
    )


async def _record(
    tx: Repos, action: AuditAction, person_id: int, day: date, *, by: Person, **why: str
) -> None:
    after = {"day": day.isoformat(), **why}
    await tx.audit.add(action, by=by, subject_id=person_id, after=after)
