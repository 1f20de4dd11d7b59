"""Authority, looked at again inside the transaction: an owner may have been removed since."""

from bot.db.database import Repos
from bot.errors import NotAllowed
from bot.models.people import Office, Person, Role


async def require_owner(tx: Repos, by: Person) -> Person:
    """The owner as they are now, their row locked.

    Raises:
        NotAllowed: for owners only.
    """
    now = await tx.people.hold(by.id)
    if now is None or now.role < Role.OWNER:
        raise NotAllowed(role=Office.OWNER)
    return now
