"""``make bench-broadcast``: what a broadcast costs, and whether its pace holds.

First at no limits, where only the bot's own work counts; then within Telegram's, for as many
messages as ``--paced`` says.
"""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Annotated, NamedTuple
from uuid import uuid4

import typer
import uvloop

from bot import embedded
from bot.assembly import build_services
from bot.db.database import Database, open_pool
from bot.models.broadcasts import Content, NewBroadcast, Segment, SegmentKind
from bot.models.people import Office, Person, TelegramUser
from bot.services import Services
from tests.bench.telegram import Telegram
from tests.bench.worker import Bots, running
from tests.club import enrolled

WORKER = ("-m", "bot", "worker")
ADMIN = 400_000
FIRST = 500_000
TEXT = "🏊 <b>{name}</b>, the pool of {club} is open again from <i>Monday</i>."


class Figures(NamedTuple):
    messages: int
    seconds: float
    cpu_seconds: float
    busiest_second: int
    wrong: int  # people who got none, or more than one
    memory_mb: float

    def __str__(self) -> str:
        return (
            f"{self.messages / self.cpu_seconds:7.0f} messages/CPU-second"
            f" {1000 * self.cpu_seconds / self.messages:6.2f} CPU-ms/message"
            f" {self.messages / self.seconds:6.1f} messages/s"
            f" {self.busiest_second:5} in the busiest second"
            f" {self.memory_mb:4.0f} MB {self.wrong:3} wrong or lost"
        )


class Inbox:
    """Everybody's: when which chat got a message."""

    def __init__(self) -> None:
        self.arrived: list[tuple[int, float]] = []
        self.up = 0  # workers

    def hears(self, method: str, params: dict) -> object:
        if method == "setMyCommands":  # the first thing that a worker does
            self.up += 1
            return True
        if method == "sendMessage" and int(params["chat_id"]) >= FIRST:
            self.arrived.append((int(params["chat_id"]), perf_counter()))
        return {
            "message_id": len(self.arrived) + 1,
            "date": 0,
            "chat": {"id": 1, "type": "private"},
        }


async def measure(urls: embedded.Urls, people: int, *, workers: int, limits: str) -> Figures:
    inbox = Inbox()
    fleet = running(Telegram(inbox.hears), urls, command=WORKER, count=workers, limits=limits)
    async with fleet as bots:
        while inbox.up < workers:
            await asyncio.sleep(0.05)
        async with _club(urls.database_url, people) as (services, admin):
            before = bots.cpu_seconds()
            began = perf_counter()
            await _send(services, admin)
            await _finish(inbox, people)
        return _figures(inbox, bots, people, began=began, before=before)


def _figures(inbox: Inbox, bots: Bots, people: int, *, began: float, before: float) -> Figures:
    moments = [at for _, at in inbox.arrived]
    counts = [chat for chat, _ in inbox.arrived]
    return Figures(
        messages=len(moments),
        seconds=moments[-1] - began,
        cpu_seconds=bots.cpu_seconds() - before,
        busiest_second=max(bisect_right(moments, at + 1) - n for n, at in enumerate(moments)),
        wrong=people - len(set(counts)) + len(counts) - len(set(counts)),
        memory_mb=bots.memory_mb(),
    )


async def _finish(inbox: Inbox, people: int) -> None:
    """Until everybody has it; who waits ten seconds for the next message gives up."""
    seen, since = -1, perf_counter()
    while len(inbox.arrived) < people:
        if len(inbox.arrived) > seen:
            seen, since = len(inbox.arrived), perf_counter()
        if perf_counter() - since > 10:
            break
        await asyncio.sleep(0.05)


async def _send(services: Services, admin: Person) -> None:
    everyone = Segment(kind=SegmentKind.EVERYONE)
    new = NewBroadcast(operation_id=uuid4(), segment=everyone, content=Content(html=TEXT))
    broadcast_id = await services.broadcasts.add(new, by=admin)
    await services.broadcasts.send(broadcast_id, revision=1, by=admin)


@asynccontextmanager
async def _club(database_url: str, people: int) -> AsyncIterator[tuple[Services, Person]]:
    """Exactly so many members, and an admin who is none."""
    async with open_pool(database_url, size=2) as pool:
        db = Database(pool)
        await enrolled(db, FIRST, people)
        async with db.transaction() as tx:
            user = TelegramUser(
                telegram_id=ADMIN, username=None, display_name="Asha", language_code=None
            )
            admin_id = await tx.people.remember(user)
            await tx.people.set_office(admin_id, Office.ADMIN)
            admin = await tx.people.find(admin_id)
        yield build_services(db, None), admin


def main(
    people: Annotated[int, typer.Option(help="How many get it at no limits.")] = 10_000,
    paced: Annotated[int, typer.Option(help="How many within Telegram's limits.")] = 900,
    workers: Annotated[int, typer.Option(min=1, help="How many share the work.")] = 2,
) -> None:
    """Measure a broadcast on this machine; compare figures of one run only."""
    print(f"a broadcast by {workers} workers")
    for many, limits in (people, "none"), (paced, "telegram"):
        if many:
            with embedded.throwaway() as urls:
                found = uvloop.run(measure(urls, many, workers=workers, limits=limits))
            print(f"  to {many:6} people, limits: {limits:9}{found}")


if __name__ == "__main__":
    cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    cli.command()(main)
    cli()
