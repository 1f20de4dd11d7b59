"""Money as Excel files, for owners: read in one snapshot, written in a thread, noted in the log."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.db.database import Database, Repos
from bot.errors import NotAllowed
from bot.errors.exports import NothingOwed, NothingToExport, TooMuchToExport
from bot.models.audit import AuditAction
from bot.models.club import Club
from bot.models.exports import (
    MAX_DOCUMENTS,
    Billed,
    Credited,
    Export,
    ExportKind,
    Figure,
    Period,
    PeriodName,
    Returned,
    TakenAhead,
    UsedAhead,
    period_named,
)
from bot.models.gst_summary import summarise
from bot.models.gst_tables import total
from bot.models.payments import Payment
from bot.models.people import Person, Role
from bot.models.plan_sales import PlanSales
from bot.models.plan_sales import total as of_all
from bot.services._authority import require_owner
from bot.services._clock import utc_now
from bot.services._gst_sheets import gst
from bot.services._invoice_sheets import invoices
from bot.services._payment_sheets import payments
from bot.services._plan_sheets import plans
from bot.services._receivable_sheets import receivables

_PAGE: Final = 500  # so that the loop is free again after each


_T = TypeVar("_T")
_Row_co = TypeVar("_Row_co", covariant=True)


class _Page(Protocol[_Row_co]):
    def __call__(
        self, since: datetime, until: datetime, *, after: int, limit: int
    ) -> Awaitable[Sequence[_Row_co]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was read, and how to write it down."""

    rows: int
    paise: dict[Figure, int]
    write: Callable[[], bytes]


class ExportService:
    def __init__(
        self,
        db: Database,
        now: Callable[[], datetime] = utc_now,
        *,
        limit: int = MAX_DOCUMENTS,
    ) -> None:
        self._db = db
        self._now = now
        self._limit = limit

    async def of_period(
        self, kind: ExportKind, period: Period | PeriodName, *, by: Person
    ) -> Export:
        """What was issued, or moved, on these days of the club's clock.

        Raises:
            NotAllowed: for owners only.
            NothingToExport: nothing was.
            TooMuchToExport: more documents than a file may have.
        """
        if kind is ExportKind.RECEIVABLES:  # they are of no period
            return await self.receivables(by=by)
        now = self._now()
        async with self._db.snapshot() as repos:
            club = await _club(repos, by)
            today = club.day(now)
            if isinstance(period, PeriodName):
                period = period_named(period, today)
            tell = await self._read(repos, kind, period, club.zone, today)
        if tell is None:
            raise NothingToExport(first=period.first, last=period.last)
        found = await asyncio.to_thread(tell)
        return await self._made(kind, found, by=by, now=now, period=period)

    async def receivables(self, *, by: Person) -> Export:
        """What is owed now, and what the club owes: credit.

        Raises:
            NotAllowed: for owners only.
            NothingOwed: nothing is.
            TooMuchToExport: more open invoices than a file may have.
        """
        now = self._now()
        async with self._db.snapshot() as repos:
            zone = (await _club(repos, by)).zone
            owed = await repos.exports.owed(limit=self._limit + 1)
            held = await repos.exports.held(limit=self._limit + 1)
        if not owed and not held:
            raise NothingOwed
        self._check(max(len(owed), len(held)))
        found = _Found(
            rows=len(owed),
            paise={
                Figure.DUE: sum(each.due_paise for each in owed),
                Figure.CREDIT: sum(each.paise for each in held),
            },
            write=partial(receivables, owed, held, now=now, zone=zone),
        )
        return await self._made(ExportKind.RECEIVABLES, found, by=by, now=now, period=None)

    async def _made(
        self, kind: ExportKind, found: _Found, *, by: Person, now: datetime, period: Period | None
    ) -> Export:
        """Write it down in the log first: no file leaves unnoted. Then the file, off the loop."""
        days = {"from": period.first.isoformat(), "to": period.last.isoformat()} if period else {}
        async with self._db.transaction() as tx:
            owner = await require_owner(tx, by)
            after = {"export": kind.value, **days, "rows": found.rows}
            await tx.audit.add(AuditAction.MONEY_EXPORTED, by=owner, after=after)
        content = await asyncio.to_thread(found.write)
        return Export(
            kind=kind,
            period=period,
            at=now,
            rows=found.rows,
            paise=found.paise,
            content=content,
        )

    async def _read(
        self, repos: Repos, kind: ExportKind, period: Period, zone: ZoneInfo, today: date
    ) -> Callable[[], _Found] | None:
        """What makes sense of it, later, without the database; ``None``: there is nothing."""
        since, until = period.bounds(zone)
        if kind is ExportKind.PLANS:
            sold = await repos.plan_sales.list_sales(since, until, timezone=zone.key)
            return partial(_plans, sold) if sold else None
        if kind is ExportKind.PAYMENTS:
            count = await repos.exports.count_moved(since, until)
        else:
            count = await repos.exports.count_issued(since, until)
        if kind is ExportKind.GST:
            count += await repos.ahead.count(since, until)
        self._check(count)
        if not count:
            return None
        exports = repos.exports
        if kind is ExportKind.PAYMENTS:
            received = await _all(exports.payments, since, until, lambda each: each.id)
            returned = await _all(exports.returned, since, until, lambda each: each.refund.id)
            return partial(_payments, received, returned, zone)
        billed = await _all(exports.billed, since, until, lambda each: each.invoice.id)
        credited = await _all(exports.credited, since, until, lambda each: each.note.id)
        if kind is ExportKind.GST:
            taken = await _all(repos.ahead.taken, since, until, lambda each: each.payment_id)
            used = await _all(repos.ahead.used, since, until, lambda each: each.id)
            return partial(_gst, billed, credited, taken, used, zone)
        return partial(_invoices, billed, credited, zone, today)

    def _check(self, count: int) -> None:
        if count > self._limit:
            raise TooMuchToExport(limit=self._limit)


async def _club(repos: Repos, by: Person) -> Club:
    """The club, for who is an owner still."""
    now = await repos.people.find(by.id)
    if now is None or now.role < Role.OWNER:
        raise NotAllowed(role=Role.OWNER.name.lower())
    return await repos.club.get()


async def _all(
    page: _Page[_T], since: datetime, until: datetime, id_of: Callable[[_T], int]
) -> list[_T]:
    found: list[_T] = []
    after = 0
    while more := await page(since, until, after=after, limit=_PAGE):
        found += more
        after = id_of(found[-1])
    return found


def _plans(sold: Sequence[PlanSales]) -> _Found:
    whole = of_all(sold)
    return _Found(
        rows=whole.sold,
        paise={
            Figure.BILLED: whole.billed_paise,
            Figure.RECEIVED: whole.received_paise,
            Figure.CREDITED: whole.credited_paise,
            Figure.DUE: whole.due_paise,
        },
        write=partial(plans, sold),
    )


def _payments(received: Sequence[Payment], returned: Sequence[Returned], zone: ZoneInfo) -> _Found:
    return _Found(
        rows=len(received) + len(returned),
        paise={
            Figure.RECEIVED: sum(each.total_paise for each in received),
            Figure.RETURNED: sum(each.refund.total_paise for each in returned),
        },
        write=partial(payments, received, returned, zone),
    )


def _invoices(
    billed: Sequence[Billed], credited: Sequence[Credited], zone: ZoneInfo, today: date
) -> _Found:
    return _Found(
        rows=len(billed) + len(credited),
        paise={
            Figure.BILLED: sum(each.invoice.totals.total_paise for each in billed),
            Figure.CREDITED: sum(each.note.totals.total_paise for each in credited),
            Figure.DUE: sum(each.due_paise for each in billed),
        },
        write=partial(invoices, billed, credited, zone, today),
    )


def _gst(
    billed: Sequence[Billed],
    credited: Sequence[Credited],
    taken: Sequence[TakenAhead],
    used: Sequence[UsedAhead],
    zone: ZoneInfo,
) -> _Found:
    """What was paid ahead is no supply yet: it is not in the figures that are told."""
    summary = summarise(billed, credited, taken, used)
    sums = total(summary.tables.values())
    returned = {each.number for each in summary.advances.returned}
    return _Found(
        rows=len(billed) + len(credited) + len(taken) + len(returned),
        paise={
            Figure.TAXABLE: sums.taxable_paise,
            Figure.CGST: sums.cgst_paise,
            Figure.SGST: sums.sgst_paise,
            Figure.IGST: sums.igst_paise,
        },
        write=partial(gst, summary, zone),
    )
