"""A person's own data: counted, handed out, erased."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors import (
    AlreadyErased,
    LastOwner,
    NotAllowed,
    OwnerFromEnvironment,
    PersonGone,
    Refusal,
    StillInOffice,
)
from bot.models.audit import AuditAction
from bot.models.members import MemberCard, objection
from bot.models.notices import NoticeKind
from bot.models.people import Office, Person
from bot.models.privacy import Holdings, Loss, PersonalData
from bot.services._clock import utc_now
from bot.services.bans import take_office
from bot.services.people import PersonCache


class PrivacyService:
    def __init__(
        self, db: Database, cache: PersonCache, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._db = db
        self._cache = cache
        self._now = now

    async def export(self, me: Person) -> PersonalData:
        """Everything the club holds of ``me``.

        Raises:
            PersonGone: deleted a moment ago.
        """
        async with self._db.transaction() as tx:
            card = await tx.members.find_card(me.id)
            if card is None or card.person.is_deleted:
                raise PersonGone
            return PersonalData(
                taken_at=await tx.privacy.now(),
                card=card,
                registrations=await tx.registrations.list_of(me.id),
                bans=await tx.privacy.list_bans(me.id),
                traces=await tx.privacy.list_traces(me.id),
                notices=await tx.privacy.list_told(me.id),
                preferences=await tx.notifications.find_preferences(me.id),
                visits=await tx.visits.list_of(me.id),
                birthday=await tx.birthdays.find(me.id),
                invoices=await tx.invoices.list_of(me.id),
                money=await tx.private_money.export(me.id),
                referrals=await tx.referrals.of_person(me.id),
            )

    async def before_deleting(self, person_id: int, *, by: Person) -> tuple[MemberCard, Loss]:
        """What an admin sees before they delete someone.

        Raises:
            PersonGone, NotYourself, NobodyTouchesOwners, AboveYou, NotAllowed: they may not.
        """
        async with self._db.reading() as repos:
            card = await repos.members.find_card(person_id)
            if card is None:
                raise PersonGone
            if no := objection(by, card.person):
                raise no
            return card, await self._loss(repos, person_id)

    async def delete(self, person_id: int, *, by: Person, operation_id: UUID) -> Holdings:
        """Remove someone and everything of theirs that no law wants kept; returns the counts.

        The same operation again, from the same question, returns the same counts.

        Raises:
            As in ``before_deleting``.
        """
        action = AuditAction.MEMBER_DELETED
        async with self._db.transaction() as tx:
            admin, person = await tx.people.hold_both(by.id, person_id)
            done = await tx.audit.find_outcome(action, operation_id, subject_id=person_id)
            if done:
                return Holdings(**done)
            if admin is None:
                raise NotAllowed(role="admin")
            if person is None:
                raise PersonGone
            if no := objection(admin, person):
                raise no
            holdings = await _erase(tx, person, action, by=admin, of=operation_id)
        await self._forget(person)
        return holdings

    async def before_leaving(self, me: Person) -> Loss:
        """What a person sees before they delete themselves.

        Raises:
            OwnerFromEnvironment, LastOwner, StillInOffice: they are needed, or in office.
        """
        async with self._db.reading() as repos:
            if no := await _unfinished_business(repos, me):
                raise no
            return await self._loss(repos, me.id)

    async def leave(self, asked_id: int, *, me: Person) -> Holdings:
        """Delete oneself. ``asked_id`` is who was asked: after it they are somebody new.

        Raises:
            AlreadyErased: the button was theirs in an earlier life.
            OwnerFromEnvironment, LastOwner, StillInOffice: as in ``before_leaving``.
        """
        async with self._db.transaction() as tx:
            done = await _leave(tx, asked_id, me)
        await self._forget(me)
        if done is None:
            raise AlreadyErased
        return done

    async def _loss(self, repos: Repos, person_id: int) -> Loss:
        today = (await repos.club.get()).day(self._now())
        bought = await repos.subscriptions.list_of(person_id)
        ends = max((each.term.last_day for each in bought), default=date.min)
        return Loss(
            holdings=await repos.privacy.count_holdings(person_id),
            subscribed_until=ends if ends >= today else None,
        )

    async def _forget(self, person: Person) -> None:
        if person.telegram_id is not None:
            await self._cache.forget(person.telegram_id)


async def _leave(tx: Repos, asked_id: int, me: Person) -> Holdings | None:
    person = await tx.people.hold(me.id)
    if done := await tx.audit.find_own(AuditAction.MEMBER_LEFT, subject_id=asked_id):
        return Holdings(**done)
    if asked_id != me.id:
        await tx.privacy.delete_newcomer(me.id)  # the second tap alone wrote them down
        return None
    if person is None or person.is_deleted:
        return None
    if no := await _unfinished_business(tx, person):
        raise no
    return await _erase(tx, person, AuditAction.MEMBER_LEFT, by=person)


async def _erase(
    tx: Repos, person: Person, action: AuditAction, *, by: Person, of: UUID | None = None
) -> Holdings:
    holdings = await tx.privacy.count_holdings(person.id)
    if person.office:
        await take_office(tx, person, by=by)
    for registration_id in await tx.privacy.delete_registrations(person.id):
        await tx.notices.refresh(NoticeKind.REGISTRATION_CARD, subject_id=registration_id)
    await tx.privacy.delete_profile(person.id)
    await tx.privacy.delete_notices(person.id)
    await tx.privacy.delete_preferences(person.id)
    await tx.privacy.delete_visits(person.id)
    await tx.privacy.delete_birthday(person.id)
    await tx.privacy.delete_follow_ups(person.id)
    await tx.privacy.delete_drafts(person.id)
    await _blank_money(tx, person, by=by)
    if person.telegram_id is not None:
        await tx.quarantine.delete_of(person.telegram_id)
    await tx.privacy.anonymise(person.id)
    await tx.audit.add(action, by=by, subject_id=person.id, after=asdict(holdings), operation_id=of)
    return holdings


async def _blank_money(tx: Repos, person: Person, *, by: Person) -> None:
    """The documents stay; cards about what was open are drawn again, without what they held."""
    blanked = await tx.private_money.blank(person.id, by=by.id)
    for kind, ids in (
        (NoticeKind.CLAIM_CARD, blanked.claims),
        (NoticeKind.INVOICE_REJECTED, blanked.rejections),
        (NoticeKind.PURCHASE_CARD, blanked.purchases),
    ):
        for each in ids:
            await tx.notices.refresh(kind, subject_id=each)


async def _unfinished_business(repos: Repos, me: Person) -> Refusal | None:
    if me.is_banned:
        return NotAllowed(role="member")
    if me.from_environment:
        return OwnerFromEnvironment()
    if me.office is Office.OWNER and len(await repos.people.list_in_office(Office.OWNER)) == 1:
        return LastOwner()
    return StillInOffice() if me.office else None
