"""Jobs in human words, the failed ones above all."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.jobs import (
    WORKER_DIED,
    CheckRows,
    DeadJob,
    DeadJobs,
    GreetBirthdays,
    Prune,
    RemindOfDues,
    RemindOfExpiry,
    SendFollowUps,
    StartBroadcast,
)
from bot.texts.format import esc, moment, shorten

_NAMES: Final = {
    Prune.kind: "nightly clean-up",
    CheckRows.kind: "nightly check of the records",
    StartBroadcast.kind: "start of a scheduled broadcast",
    SendFollowUps.kind: "follow-ups",
    GreetBirthdays.kind: "birthday greetings",
    RemindOfDues.kind: "dues reminders",
    RemindOfExpiry.kind: "reminders of subscriptions that end",
}
_WHY: Final = {
    WORKER_DIED: "the program stopped in the middle of it, each time",
    "TimeoutError": "it took too long",
    "Unavailable": "a server was away",
    "ValidationError": "it was written by another version of the program",
}
_DETAIL: Final = 120  # characters of what the error said


def job_name(kind: str) -> str:
    return _NAMES.get(kind, esc(kind))


def dead(page: DeadJobs, zone: ZoneInfo) -> str:
    head = "🧯 <b>Failed jobs</b>"
    if page.pages > 1:
        head += f", page {page.number + 1} of {page.pages}"
    if not page.jobs:
        return f"{head}\nNone: all work in the background is done or on its way."
    lines = [_line(number, job, zone) for number, job in enumerate(page.jobs, page.first)]
    return "\n\n".join([head, *lines, "🔁 tries one again\n🗑 forgets it"])


def died(kind: str, error: str) -> str:
    return (
        f"🧯 A job in the background has failed for good: <b>{job_name(kind)}</b>.\n{_why(error)}"
    )


def rows_broken(sentences: Sequence[str]) -> str:
    listed = "\n".join(f"• {esc(sentence)}" for sentence in sentences)
    return (
        f"🚨 <b>The nightly check found records that contradict each other:</b>\n{listed}\n"
        "Please tell whoever runs the bot; a backup from before may be needed."
    )


def retry(number: int) -> str:
    return f"🔁 Retry {number}"


def forget(number: int) -> str:
    return f"🗑 Forget {number}"


RETRIED: Final = "✅ It will be tried again."
FORGOTTEN: Final = "✅ Forgotten."


def _line(number: int, job: DeadJob, zone: ZoneInfo) -> str:
    tries = f"{job.attempts} tries" if job.attempts != 1 else "1 try"
    when = moment(job.dead_at, zone)
    return f"{number}. <b>{job_name(job.kind)}</b>, {when}, after {tries}\n{_why(job.error)}"


def _why(error: str) -> str:
    name, _, said = error.partition(": ")
    why = _WHY.get(name, f"a fault in the program ({esc(name)})")
    detail = f": {esc(shorten(said, _DETAIL))}" if said and name not in _WHY else ""
    return f"Why: {why}{detail}."
