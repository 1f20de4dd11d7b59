"""A person's own notices: read, tidied; and what they wish to hear of, and when."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.db.database import Database, Repos
from bot.errors import AlwaysTold, NotificationGone, PersonGone
from bot.models.notifications import Delivery, Inbox, Opened, Preferences, QuietHours, Topic
from bot.models.people import Person
from bot.services._pages import nearest

PAGE: Final = 8


class NotificationService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def inbox(self, number: int, *, me: Person) -> Inbox:
        """A page, newest first; a number beyond the ends gives the nearest page."""
        async with self._db.reading() as repos:
            counts = await repos.notifications.count(me.id)
            number, pages = nearest(number, of=counts.total, size=PAGE)
            entries = await repos.notifications.list_latest(me.id, limit=PAGE, offset=number * PAGE)
        return Inbox(number=number, pages=pages, entries=entries, **counts._asdict())

    async def open(self, notice_id: int, *, me: Person) -> Opened:
        """Read one; it is not sent by this, and an unsent one still will be.

        Raises:
            NotificationGone: deleted, never there, or somebody else's.
        """
        async with self._db.reading() as repos:
            opened = await repos.notifications.open(notice_id, of=me.id)
        if opened is None:
            raise NotificationGone
        return opened

    async def read_all(self, up_to: int, *, me: Person) -> None:
        """What came after ``up_to`` was not on the screen, and stays unread."""
        async with self._db.reading() as repos:
            await repos.notifications.mark_read(of=me.id, up_to=up_to)

    async def delete(self, notice_id: int, *, me: Person) -> None:
        """Take one off the person's list; a second tap changes nothing more.

        Raises:
            NotificationGone: never there, or somebody else's.
        """
        async with self._db.reading() as repos:
            if not await repos.notifications.hide(notice_id, of=me.id):
                raise NotificationGone

    async def delete_read(self, up_to: int, *, me: Person) -> int:
        """Take what was read off the list; returns how many."""
        async with self._db.reading() as repos:
            return await repos.notifications.hide_read(of=me.id, up_to=up_to)

    async def preferences(self, me: Person) -> Preferences:
        async with self._db.reading() as repos:
            return await repos.notifications.find_preferences(me.id) or Preferences()

    async def choose(self, topic: Topic, delivery: Delivery, *, me: Person) -> Preferences:
        """Decide how one topic reaches them.

        Raises:
            AlwaysTold: this is nothing to choose about.
            PersonGone: deleted a moment ago.
        """
        if topic.is_fixed:
            raise AlwaysTold
        async with self._changing(me) as tx:
            await tx.notifications.choose(topic, delivery, of=me.id)
        return await self.preferences(me)

    async def keep_quiet(self, me: Person, *, is_quiet: bool) -> Preferences:
        """Have quiet hours kept, or not.

        Raises:
            PersonGone: as in ``choose``.
        """
        async with self._changing(me) as tx:
            await tx.notifications.keep_quiet(of=me.id, is_quiet=is_quiet)
        return await self.preferences(me)

    async def set_quiet_hours(self, hours: QuietHours, *, me: Person) -> Preferences:
        """Move the quiet hours, and have them kept.

        Raises:
            PersonGone: as in ``choose``.
        """
        async with self._changing(me) as tx:
            await tx.notifications.set_quiet_hours(hours, of=me.id)
        return await self.preferences(me)

    @asynccontextmanager
    async def _changing(self, me: Person) -> AsyncIterator[Repos]:
        """Wishes of nobody who is being deleted; what waits because of the old ones is released."""
        async with self._db.transaction() as tx:
            person = await tx.people.hold(me.id)
            if person is None or person.is_deleted:
                raise PersonGone
            yield tx
            await tx.notices.release(of=me.id)
