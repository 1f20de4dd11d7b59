"""The people a story is about: ``await club.member("Anna")``."""

from bot.cache import RedisCache
from bot.db.database import Database
from bot.models.club import Club
from bot.models.people import Office, Person, TelegramUser
from bot.models.registrations import Applicant, Gender
from bot.services.people import PeopleService
from bot.simulator.engine import Engine


class ClubBuilder:
    """Puts people into the simulator and the database; each is known by the first name."""

    def __init__(self, engine: Engine, db: Database, cache: RedisCache) -> None:
        self.engine = engine
        self.people = {}  # first name -> the simulator's person
        self._db = db
        self._service = PeopleService(db, cache)
        self._cache = cache

    def visitor(self, name: str, **details):
        """Someone with Telegram who never wrote to the bot."""
        details.setdefault("username", name.lower())
        self.people[name] = self.engine.add_person(name, **details)
        return self.people[name]

    async def known(self, name: str, **details) -> Person:
        """Someone who pressed Start once."""
        user = self.visitor(name, **details)
        self.engine.private_chat(user).started = True
        full = " ".join(filter(None, [user.first_name, user.last_name]))
        return await self._service.recognise(
            TelegramUser(
                telegram_id=user.id,
                username=user.username,
                display_name=full,
                language_code=user.language_code,
            )
        )

    async def member(self, name: str, **details) -> Person:
        fields = {key: details.pop(key) for key in list(details) if key in Applicant.__slots__}
        person = await self.known(name, **details)
        async with self._db.transaction() as tx:
            await tx.registrations.add_profile(person.id, applicant(name, **fields))
        return await self.again(person)

    async def trains(self, person: Person, name: str) -> Person:
        """Whoever holds an office is a member, too."""
        async with self._db.transaction() as tx:
            await tx.registrations.add_profile(person.id, applicant(name))
        return await self.again(person)

    async def staff(self, name: str, **details) -> Person:
        return await self._in_office(name, Office.STAFF, **details)

    async def admin(self, name: str, **details) -> Person:
        return await self._in_office(name, Office.ADMIN, **details)

    async def owner(self, name: str, **details) -> Person:
        return await self._in_office(name, Office.OWNER, **details)

    async def again(self, person: Person) -> Person:
        """The same person as the database knows them now."""
        await self._cache.forget(person.telegram_id)
        async with self._db.reading() as repos:
            return await repos.people.find(person.id)

    async def two_seconds_pass(self) -> None:
        """The progress of a broadcast is looked at that often."""
        async with self._db.transaction() as tx:
            sql = "UPDATE broadcasts SET reported_at = reported_at - interval '2 seconds'"
            await tx.broadcasts._conn.execute(sql)

    async def _in_office(self, name: str, office: Office, **details) -> Person:
        person = await self.known(name, **details)
        async with self._db.transaction() as tx:
            await tx.people.set_office(person.id, office)
        return await self.again(person)


def applicant(name: str, **changes) -> Applicant:
    fields = {
        "full_name": f"{name} Rao",
        "phone": "+919876543210",
        "phone_verified": True,
        "age": 28,
        "gender": Gender.FEMALE,
        "weight_grams": 62_500,
        "photo_file_id": None,
    }
    return Applicant(**{**fields, **changes})


async def founded(db: Database, **changes) -> None:
    """A club, where no worker has written one down."""
    facts = {
        "name": "Our club",
        "timezone": "Asia/Kolkata",
        "currency": "INR",
        "welcome_text": "Welcome!",
        "review_registrations": True,
        "set_up_at": None,
    }
    async with db.transaction() as tx:
        await tx.club.found(Club(**{**facts, **changes}))


async def enrolled(db: Database, first: int, count: int) -> None:
    """A crowd of members, by Telegram ids that follow each other."""
    async with db.transaction() as tx:
        conn = tx.people._conn
        await conn.execute(
            """
            INSERT INTO people (telegram_id, display_name)
            SELECT $1::bigint + n, 'Person ' || n FROM generate_series(0, $2::integer - 1) AS n
            """,
            first,
            count,
        )
        await conn.execute(
            """
            INSERT INTO profiles (person_id, full_name, search_name, phone, phone_verified, age,
                                  gender, weight_grams)
            SELECT id, display_name, lower(display_name), '+919876543210', true, 30, 'other', 70000
              FROM people
             WHERE telegram_id BETWEEN $1 AND $1 + $2 - 1
            """,
            first,
            count,
        )
