"""Authority, looked at again inside the transaction: an owner may have been removed since."""

from bot.db.database import Repos
from bot.errors import NotAllowed, PersonGone
from bot.models.people import Office, Person


async def require_owner(tx: Repos, by: Person) -> Person:
    """The owner as they are now, their row locked.

    Raises:
        NotAllowed: for owners only.
    """
    return await _require(Office.OWNER, tx, by)


async def require_admin(tx: Repos, by: Person) -> Person:
    """The admin or owner as they are now, their row locked.

    Raises:
        NotAllowed: for admins only.
    """
    return await _require(Office.ADMIN, tx, by)


async def require_admin_with(
    tx: Repos, by: Person, person_id: int, *others: int
) -> tuple[Person, Person | None]:
    """The admin or owner, and whom they work on, as both are now: their rows locked.

    Always in the same order, so that two admins cannot block each other. ``others``: who else is
    locked with them.

    Raises:
        NotAllowed: for admins only.
    """
    admin, person = await tx.people.hold_both(by.id, person_id, *others)
    return _in_office(Office.ADMIN, admin), person


async def require_admin_among(tx: Repos, by: Person, *others: int) -> Person:
    """As ``require_admin_with``, with any number of people.

    Raises:
        NotAllowed: for admins only.
    """
    held = {number: await tx.people.hold(number) for number in sorted({by.id, *others})}
    return _in_office(Office.ADMIN, held[by.id])


async def require_here(tx: Repos, me: Person) -> Person:
    """The person as they are now, their row locked: nothing new of whom is being deleted.

    Raises:
        PersonGone: deleted.
    """
    now = await tx.people.hold(me.id)
    if now is None or now.is_deleted:
        raise PersonGone
    return now


async def _require(office: Office, tx: Repos, by: Person) -> Person:
    return _in_office(office, await tx.people.hold(by.id))


def _in_office(office: Office, now: Person | None) -> Person:
    if now is None or now.role < office.role:
        raise NotAllowed(role=office)
    return now
