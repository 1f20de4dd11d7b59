"""Who does which task: the one table. A kind that is not in it waits for a build that knows it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, NamedTuple

from bot import logs
from bot.models.jobs import (
    CheckRows,
    GreetBirthdays,
    Job,
    Prune,
    RemindOfDues,
    RemindOfExpiry,
    SendFollowUps,
    StartBroadcast,
    Task,
)
from bot.services import Services

Perform = Callable[[Job[Any], Services], Awaitable[None]]

log = logs.get(__name__)


class Handler(NamedTuple):
    """``perform`` may be cut off at any await and begun again, by another worker even meanwhile.

    So its effect and ``tx.jobs.complete`` share one transaction; what it does elsewhere must bear
    repetition.
    """

    task: type[Task]
    perform: Perform


async def prune(job: Job[Prune], services: Services) -> None:
    await services.maintenance.prune(job)


async def check_rows(job: Job[CheckRows], services: Services) -> None:
    for sentence in await services.maintenance.check_rows(job):
        log.error("rows are wrong", broken=sentence)


async def start_broadcast(job: Job[StartBroadcast], services: Services) -> None:
    await services.broadcasts.start(job)


async def send_follow_ups(job: Job[SendFollowUps], services: Services) -> None:
    await services.follow_ups.send(job)


async def greet_birthdays(job: Job[GreetBirthdays], services: Services) -> None:
    await services.birthdays.greet(job)


async def remind_of_dues(job: Job[RemindOfDues], services: Services) -> None:
    await services.dues_reminders.send(job)


async def remind_of_expiry(job: Job[RemindOfExpiry], services: Services) -> None:
    await services.expiry.remind(job)


HANDLERS: Final = (
    Handler(Prune, prune),
    Handler(CheckRows, check_rows),
    Handler(StartBroadcast, start_broadcast),
    Handler(SendFollowUps, send_follow_ups),
    Handler(GreetBirthdays, greet_birthdays),
    Handler(RemindOfDues, remind_of_dues),
    Handler(RemindOfExpiry, remind_of_expiry),
)
