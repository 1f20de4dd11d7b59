"""What a person's menu has to tell them."""

from collections.abc import Callable
from datetime import datetime

from bot.db.database import Database
from bot.models.menu import Menu
from bot.models.people import Person
from bot.services._access import standing_of
from bot.services._clock import utc_now


class MenuService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def of(self, me: Person) -> Menu:
        async with self._db.reading() as repos:
            club = await repos.club.get()
            today = club.day(self._now())
            return Menu(
                club=club,
                unread=await repos.notifications.count_unread(me.id),
                has_documents=await repos.documents.count(me.id) > 0,
                standing=await standing_of(repos, me.id, today=today) if me.is_member else None,
            )
