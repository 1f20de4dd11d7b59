"""Reminders of what is due: by themselves on their days, or by an admin's press."""

from collections.abc import Callable
from datetime import date, datetime

from bot.db.database import Database, Repos
from bot.errors import Unreachable
from bot.errors.payments import NothingDue
from bot.errors.receivables import AccountGone, DuesContested
from bot.models.audit import AuditAction
from bot.models.follow_ups import missed_its_day
from bot.models.jobs import Job, RemindOfDues
from bot.models.notices import Notice, NoticeKind
from bot.models.payments import Account
from bot.models.people import Person
from bot.models.receivables import OpenInvoice, Reminded, Reminder
from bot.services._authority import require_admin_with
from bot.services._clock import utc_now


class DuesReminderService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def send(self, job: Job[RemindOfDues]) -> None:
        """Owe the club's day its reminders; a day that is over has none.

        Raises:
            JobTaken: another worker does it.
        """
        day = job.task.day
        async with self._db.transaction() as tx:
            club = await tx.club.get()
            if day == club.day(self._now()):
                await tx.dues_reminders.owe(day, timezone=club.timezone)
            await tx.jobs.complete(job)

    async def remind(self, account: Account, *, by: Person) -> Reminded:
        """Owe somebody a reminder of all that they owe, at most one a day.

        A repeat of the same update gets the same answer.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            AccountGone: there is no such person.
            Unreachable: a walk-in customer, deleted, banned, or has blocked the bot.
            NothingDue: all is settled.
            DuesContested: an admin has to look at what they reported or do not accept.
        """
        if account.person_id is None:
            raise Unreachable
        async with self._db.transaction() as tx:
            admin, person = await require_admin_with(tx, by, account.person_id)
            if person is None:
                raise AccountGone
            if person.is_deleted or person.is_banned or not person.is_reachable:
                raise Unreachable
            today = (await tx.club.get()).day(self._now())
            invoices = await _to_remind_of(tx, person.id, today)
            is_new = await _owe(tx, person.id, invoices, today)
            if is_new:
                await _record(tx, invoices, person, by=admin)
            at = await tx.dues_reminders.last_at(person.id)
            is_new = is_new or await tx.audit.has_own(AuditAction.DUES_REMINDED)
        return Reminded(at=at or self._now(), is_new=is_new)

    async def reminder(self, notice: Notice) -> Reminder | None:
        """What a notice says now. ``None``: the reason is gone, or it would come too late.

        The reason is gone once nothing is due of what it was owed for, or all of that waits for an
        admin's look.
        """
        wanted = set(notice.payload["invoices"])
        async with self._db.reading() as repos:
            today = (await repos.club.get()).day(self._now())
            if missed_its_day(notice, today):
                return None
            account = Account(person_id=notice.recipient_id)
            invoices = await repos.receivables.list_open(account, today)
            contested = await repos.dues_reminders.contested(notice.recipient_id)
        left = [each for each in invoices if each.invoice_id not in contested]
        if not wanted & {each.invoice_id for each in left}:
            return None
        return Reminder(day=today, invoices=left)


async def _to_remind_of(tx: Repos, person_id: int, today: date) -> list[OpenInvoice]:
    invoices = await tx.receivables.list_open(Account(person_id=person_id), today)
    if not invoices:
        raise NothingDue
    contested = await tx.dues_reminders.contested(person_id)
    if not (left := [each for each in invoices if each.invoice_id not in contested]):
        raise DuesContested
    return left


async def _owe(tx: Repos, person_id: int, invoices: list[OpenInvoice], today: date) -> bool:
    """``False``: they were reminded today already. The key is that of ``DuesReminderRepo.owe``."""
    kind = NoticeKind.DUES_REMINDER
    return await tx.notices.add(
        kind,
        to=person_id,
        payload={
            "day": today.isoformat(),
            "invoices": sorted(each.invoice_id for each in invoices),
        },
        dedupe_key=f"{kind}:{person_id}:{today.isoformat()}",
    )


async def _record(tx: Repos, invoices: list[OpenInvoice], person: Person, *, by: Person) -> None:
    await tx.audit.add(
        AuditAction.DUES_REMINDED,
        by=by,
        subject_id=person.id,
        after={"total_paise": sum(each.due_paise for each in invoices)},
    )
