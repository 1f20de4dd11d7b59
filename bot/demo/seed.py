"""Fills an empty database with the demo club; a club that has people keeps them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

from bot.app import prepare_database
from bot.db.database import Database, Repos, open_pool
from bot.demo.business import BUSINESS
from bot.demo.items import ITEMS
from bot.demo.payments import write_money
from bot.demo.people import ACTORS, BIRTHDAYS, MEMBERS, RHYTHMS, VERA, WEEKS, Actor
from bot.models.business import BusinessSetting
from bot.models.club import Club
from bot.models.people import TelegramUser
from bot.models.registrations import Applicant

CLUB_NAME = "Sahyadri Fitness"
WELCOME = "Strength, breath and good company, six days a week."


async def seed(database_url: str, *, timezone: str, currency: str) -> None:
    """Write the club once; a second start finds it and leaves it as it is."""
    await prepare_database(database_url, migrating=True)
    async with open_pool(database_url, size=1) as pool, Database(pool).transaction() as tx:
        club = Club(
            name=CLUB_NAME,
            timezone=timezone,
            currency=currency,
            welcome_text=WELCOME,
            review_registrations=True,
            set_up_at=datetime.now(UTC),
        )
        await tx.club.found(club)
        if await tx.people.find_by_telegram_id(ACTORS[0].telegram_id) is None:
            await _write(tx, today=club.day(datetime.now(UTC)))
            await _write_money(tx)


class _Within(Database):
    """For services: what they do is part of one transaction, all of the club or none of it."""

    def __init__(self, tx: Repos) -> None:
        self._tx = tx

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Repos]:
        yield self._tx

    reading = transaction


async def _write_money(tx: Repos) -> None:
    """Nobody is told of what happened before the demo began."""
    vera = await tx.people.find_by_telegram_id(VERA.telegram_id)
    if vera is None:
        return
    await write_money(_Within(tx), by=vera, now=datetime.now(UTC))
    for telegram_id in [*MEMBERS, *(actor.telegram_id for actor in ACTORS)]:
        if person := await tx.people.find_by_telegram_id(telegram_id):
            await tx.privacy.delete_notices(person.id)
    await tx.notices.add_commands([actor.telegram_id for actor in ACTORS])


async def _write(tx: Repos, *, today: date) -> None:
    await tx.business.save(BUSINESS, list(BusinessSetting))
    for actor in ACTORS:
        person_id = await tx.people.remember(_user(actor))
        if actor.office:
            await tx.people.set_office(person_id, actor.office)
        if actor.profile:
            await tx.registrations.add_profile(person_id, actor.profile)
    for telegram_id, profile in MEMBERS.items():
        person_id = await tx.people.remember(_member(telegram_id, profile))
        await tx.registrations.add_profile(person_id, profile)
    await tx.items.add(ITEMS, operation_id=None)
    for telegram_id in RHYTHMS.keys() | BIRTHDAYS.keys():
        await _write_habits(tx, telegram_id, today)


async def _write_habits(tx: Repos, telegram_id: int, today: date) -> None:
    person = await tx.people.find_by_telegram_id(telegram_id)
    if person is None:
        return
    if rhythm := RHYTHMS.get(telegram_id):
        for days_ago in range(rhythm.last, 7 * WEEKS, rhythm.every):
            await tx.visits.add(person.id, today - timedelta(days=days_ago))
    if birthday := BIRTHDAYS.get(telegram_id):
        await tx.birthdays.save(birthday, of=person.id)


def _user(actor: Actor) -> TelegramUser:
    return TelegramUser(
        telegram_id=actor.telegram_id,
        username=actor.username,
        display_name=f"{actor.first_name} {actor.last_name}",
        language_code="en",
    )


def _member(telegram_id: int, profile: Applicant) -> TelegramUser:
    return TelegramUser(
        telegram_id=telegram_id, username=None, display_name=profile.full_name, language_code="en"
    )
