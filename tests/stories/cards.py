"""What stories about members share: the way to a card, and a member with a past."""

from uuid import uuid4

from bot.models.registrations import RegistrationStatus
from tests.club import applicant


async def open_search(chat, who="Asha"):
    await chat.says(who, "/admin")
    return await chat.says(who, "[👥 Members]")


async def open_card(chat, admin, name):
    await open_search(chat, admin)
    return await chat.says(admin, name)


async def with_history(club, db, name="Anna", **details):
    """A member with a photo, an approved registration and what remains in the audit log."""
    person = await club.member(name, photo_file_id="photo-1", **details)
    async with db.transaction() as tx:
        filed = await tx.registrations.add(
            person.id, applicant(name, photo_file_id="photo-1"), operation_id=uuid4()
        )
        await tx.registrations.mark_decided(
            filed.id, RegistrationStatus.APPROVED, by=person.id, reason=None
        )
    return person
