"""What is done later: tasks with all they need to know, and jobs, their way through the queue."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final, Generic, TypeVar

ATTEMPTS: Final = 5  # then a job is dead, until an owner has it tried again
WORKER_DIED: Final = "WorkerDied"  # the error of a job whose last attempt was never heard of again


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done. ``kind`` is stored and names its handler: never rename one."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prune(Task):
    """Remove what nobody needs any more."""

    kind: ClassVar[str] = "prune"
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRows(Task):
    """Look whether the rows keep every promise of ``db/invariants.py``."""

    kind: ClassVar[str] = "check-rows"
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBroadcast(Task):
    """Send a scheduled broadcast, if it is still to be sent at this very moment."""

    kind: ClassVar[str] = "start-broadcast"
    broadcast_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFollowUps(Task):
    """Write to members who stay away."""

    kind: ClassVar[str] = "follow-ups"
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GreetBirthdays(Task):
    """Congratulate everybody whose birthday it is."""

    kind: ClassVar[str] = "birthdays"
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindOfDues(Task):
    """Remind members of what is due."""

    kind: ClassVar[str] = "dues-reminders"
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindOfExpiry(Task):
    """Tell members that their subscription ends, and admins who was locked in the night."""

    kind: ClassVar[str] = "expiry"
    day: date


TaskT = TypeVar("TaskT", bound=Task)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Generic[TaskT]):
    """One attempt at a task. A later attempt has a higher number and makes this one void."""

    id: int
    attempt: int  # from 1
    task: TaskT


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What the queue knows of a job that is now in hand, its payload not read yet."""

    id: int
    kind: str
    attempt: int
    payload: dict[str, Any]
    is_dead: bool  # its attempts were used up before


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadJob:
    """``error``: its class, a colon, what it said."""

    id: int
    kind: str
    attempts: int
    error: str
    created_at: datetime
    dead_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadJobs:
    """A page of them, newest first, numbered from 0; ``first``: the number of its first line."""

    number: int
    pages: int
    first: int
    jobs: list[DeadJob]
