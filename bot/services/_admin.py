"""Authority, looked at again inside the transaction: an admin may have been removed since."""

from bot.db.database import Repos
from bot.errors import NotAllowed
from bot.models.people import Office, Person, Role


async def require_admin(tx: Repos, by: Person) -> Person:
    """The admin as they are now, their row locked.

    Raises:
        NotAllowed: for admins and owners only.
    """
    now = await tx.people.hold(by.id)
    if now is None or now.role < Role.ADMIN:
        raise NotAllowed(role=Office.ADMIN)
    return now
