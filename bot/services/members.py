"""Finding people, their cards, and the club's words to them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors import MemberNotFound, NotYourself, PersonGone, Unreachable
from bot.models.audit import AuditAction
from bot.models.members import Found, MemberCard, Picked, Wanted
from bot.models.notices import NoticeKind
from bot.models.people import Person
from bot.services._access import standing_of
from bot.services._authority import require_admin_with
from bot.services._clock import utc_now


class MemberService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def search(self, wanted: Wanted, *, limit: int) -> Found:
        """Everyone who may be meant, at most ``limit`` of them.

        Raises:
            MemberNotFound: nobody.
        """
        async with self._db.reading() as repos:
            found = {hit.id: hit for hit in await hits(repos, wanted, limit=limit + 1)}
        if not found:
            raise MemberNotFound(typed=wanted.said)
        return Found(people=list(found.values())[:limit], more=len(found) > limit)

    async def pick(self, wanted: Sequence[Wanted], *, unclear: Sequence[str] = ()) -> Picked:
        """Whom each of several searches means, where that is one person.

        ``unclear``: what was typed beside them and can mean nobody.
        """
        people: dict[int, Person] = {}
        nobody, several = list(unclear), []
        async with self._db.reading() as repos:
            for each in wanted:
                found = {hit.id: hit for hit in await hits(repos, each, limit=2)}
                if not found:
                    nobody.append(each.said)
                elif len(found) > 1:
                    several.append(each.said)
                else:
                    people |= found
        return Picked(people=list(people.values()), nobody=nobody, several=several)

    async def card(self, person_id: int) -> MemberCard:
        """One person as they are now, and how their subscription stands.

        Raises:
            PersonGone: deleted.
        """
        async with self._db.reading() as repos:
            card = await repos.members.find_card(person_id)
            if card is None or card.person.is_deleted:
                raise PersonGone
            today = (await repos.club.get()).day(self._now())
            return replace(card, standing=await standing_of(repos, person_id, today=today))

    async def reachable(self, person_id: int, *, by: Person) -> Person:
        """Someone the club can write to.

        Raises:
            PersonGone, NotYourself, Unreachable: it cannot.
        """
        async with self._db.reading() as repos:
            return _someone_to_write_to(await repos.people.find(person_id), by)

    async def message(self, person_id: int, text: str, *, by: Person, operation_id: UUID) -> None:
        """Have the club say something to someone; once per operation.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            PersonGone, NotYourself, Unreachable: nobody to say it to.
        """
        async with self._db.transaction() as tx:
            admin, person = await require_admin_with(tx, by, person_id)
            _someone_to_write_to(person, admin)
            owed = await tx.notices.add(
                NoticeKind.FROM_THE_CLUB,
                to=person_id,
                payload={"text": text},
                dedupe_key=f"message:{operation_id}",
            )
            if owed:
                await tx.audit.add(
                    AuditAction.MEMBER_MESSAGED,
                    by=admin,
                    subject_id=person_id,
                    after={"characters": len(text)},
                )


async def hits(repos: Repos, wanted: Wanted, *, limit: int) -> list[Person]:
    """An id and a username mean one person; a phone or a name may mean several."""
    found: list[Person | None] = []
    if wanted.telegram_id is not None:
        found.append(await repos.people.find_by_telegram_id(wanted.telegram_id))
    if wanted.username:
        found.append(await repos.people.find_by_username(wanted.username))
    if wanted.phone:
        found += await repos.members.list_by_phone(wanted.phone, limit=limit)
    if wanted.part_of_name:
        found += await repos.members.list_by_name(wanted.part_of_name, limit=limit)
    return [person for person in found if person]


def _someone_to_write_to(person: Person | None, by: Person) -> Person:
    if person is None or person.is_deleted:
        raise PersonGone
    if person.id == by.id:
        raise NotYourself
    if not person.is_reachable:
        raise Unreachable
    return person
