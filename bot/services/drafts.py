"""Invoices that are being written: they live in the database, whatever becomes of the chat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors import PersonGone
from bot.errors.invoices import DraftGone, DraftIssued
from bot.errors.items import ItemOffSale
from bot.models.billing import BillLine, lay_out, needs_address
from bot.models.drafts import Draft, DraftEntry, DraftStatus, NewLine, Review
from bot.models.invoices import Buyer
from bot.models.items import NAME_CHARACTERS, Item, ItemKind
from bot.models.members import MemberCard
from bot.models.people import Person
from bot.services._authority import require_admin, require_admin_with
from bot.services._clock import utc_now
from bot.services._rates import rate_of_day

SHOWN: Final = 5  # of one's own open drafts


class DraftService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def list_open(self, me: Person) -> list[DraftEntry]:
        """One's own, newest first."""
        async with self._db.reading() as repos:
            return await repos.drafts.list_open(of=me.id, limit=SHOWN)

    async def begin_for(self, person_id: int, *, by: Person, operation_id: UUID) -> int:
        """A draft for somebody we know; once per operation; returns its number.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            PersonGone: deleted.
        """
        async with self._db.transaction() as tx:
            # Held as well: nothing is begun for somebody who is being deleted.
            await require_admin_with(tx, by, person_id)
            card = await tx.members.find_card(person_id)
            if card is None or card.person.is_deleted:
                raise PersonGone
            return await _begin(tx, operation_id, buyer_of(card), person_id=person_id, by=by)

    async def begin_for_walk_in(self, name: str, *, by: Person, operation_id: UUID) -> int:
        """A draft for a customer who is no member; once per operation; returns its number.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
        """
        async with self._db.transaction() as tx:
            await require_admin(tx, by)
            return await _begin(tx, operation_id, Buyer(name=name), person_id=None, by=by)

    async def review(self, draft_id: int, *, by: Person) -> Review:
        """A draft as it is, and the documents that it makes by the club's settings of now.

        Rates by date are those of the day of supply, today: what has another is brought up to date.

        Raises:
            NotAllowed, DraftGone.
        """
        async with self._db.transaction() as tx:
            await require_admin(tx, by)
            draft = await tx.drafts.hold(draft_id)
            if draft is None or draft.status is DraftStatus.DROPPED:
                raise DraftGone
            draft = await _with_rates_of_today(tx, draft)
            business = await tx.business.get()
        documents = tuple(lay_out(draft.bill, business)) if draft.lines else ()
        lacks_address = needs_address(draft.buyer, documents, business)
        return Review(draft=draft, documents=documents, needs_address=lacks_address)

    async def find_open(self, draft_id: int, *, by: Person) -> Draft:
        """One that may still be changed.

        Raises:
            NotAllowed, DraftGone, DraftIssued.
        """
        async with self._changing(draft_id, by) as (_, draft):
            return draft

    async def line_of(self, item: Item, *, quantity: int, discount_bps: int) -> BillLine:
        """An item of the catalogue as a line; a rate by date goes before the item's own."""
        async with self._db.reading() as repos:
            rate = await _rate_on(repos, item.hsn, item.rate_bps)
        return BillLine(
            name=item.name,
            kind=item.kind,
            code=item.hsn,
            quantity=quantity,
            price_paise=item.mrp_paise,
            rate_bps=rate,
            discount_bps=discount_bps,
            item_id=item.id,
        )

    async def line_by_hand(
        self, name: str, kind: ItemKind, price_paise: int, *, quantity: int, discount_bps: int
    ) -> BillLine:
        """A line that is in no catalogue: a service has the club's SAC, goods have no code."""
        async with self._db.reading() as repos:
            business = await repos.business.get()
            code = "" if kind is ItemKind.GOODS else business.service_sac
            rate = await _rate_on(repos, code, business.default_rate_bps)
        return BillLine(
            name=name,
            kind=kind,
            code=code,
            quantity=quantity,
            price_paise=price_paise,
            rate_bps=rate,
            discount_bps=discount_bps,
        )

    async def add_line(self, draft_id: int, new: NewLine, *, by: Person) -> None:
        """Once per operation.

        Raises:
            NotAllowed, DraftGone, DraftIssued.
            ItemOffSale: it was taken off sale since it was found.
        """
        async with self._changing(draft_id, by) as (tx, _):
            await _require_on_sale(tx, new.line)
            if await tx.drafts.add_line(draft_id, new):
                await tx.drafts.touch(draft_id)

    async def remove_line(self, draft_id: int, line_id: int, *, by: Person) -> None:
        """One that is gone already stays so.

        Raises:
            NotAllowed, DraftGone, DraftIssued.
        """
        async with self._changing(draft_id, by) as (tx, _):
            if await tx.drafts.remove_line(draft_id, line_id):
                await tx.drafts.touch(draft_id)

    async def set_buyer(self, draft_id: int, buyer: Buyer, *, by: Person) -> None:
        """Their address, State, GSTIN: what decides the place of supply.

        Raises:
            NotAllowed, DraftGone, DraftIssued.
        """
        async with self._changing(draft_id, by) as (tx, draft):
            if draft.buyer != buyer:
                await tx.drafts.set_buyer(draft_id, buyer)
                await tx.drafts.touch(draft_id)

    async def set_shipping(self, draft_id: int, paise: int, *, by: Person) -> None:
        """What it costs to bring it; 0: nothing.

        Raises:
            NotAllowed, DraftGone, DraftIssued.
        """
        async with self._changing(draft_id, by) as (tx, draft):
            if draft.shipping_paise != paise:
                await tx.drafts.set_shipping(draft_id, paise)
                await tx.drafts.touch(draft_id)

    async def drop(self, draft_id: int, *, by: Person) -> None:
        """One that is dropped already stays so.

        Raises:
            NotAllowed, DraftIssued.
        """
        async with self._db.transaction() as tx:
            await require_admin(tx, by)
            draft = await tx.drafts.hold(draft_id)
            if draft and draft.status is DraftStatus.ISSUED:
                raise await issued(tx, draft)
            await tx.drafts.set_status(draft_id, DraftStatus.DROPPED)

    @asynccontextmanager
    async def _changing(self, draft_id: int, by: Person) -> AsyncIterator[tuple[Repos, Draft]]:
        async with self._db.transaction() as tx:
            await require_admin(tx, by)
            yield tx, await hold_open(tx, draft_id)


def buyer_of(card: MemberCard) -> Buyer:
    """Who never registered goes by what Telegram shows, which may be longer than a bill takes."""
    phone = card.profile.phone if card.profile else None
    return Buyer(name=card.person.name[:NAME_CHARACTERS], phone=phone)


async def hold_open(tx: Repos, draft_id: int) -> Draft:
    """A draft that may still be changed, locked.

    Raises:
        DraftGone, DraftIssued.
    """
    draft = await tx.drafts.hold(draft_id)
    if draft is None or draft.status is DraftStatus.DROPPED:
        raise DraftGone
    if draft.status is DraftStatus.ISSUED:
        raise await issued(tx, draft)
    return draft


async def new_rates(tx: Repos, draft: Draft, day: date) -> dict[int, int]:
    """By line, those whose rate by date is another on this day of supply."""
    rates = {
        each.id: await tx.business.rate_on(each.line.code, day)
        for each in draft.lines
        if each.line.code
    }
    return {
        each.id: rate
        for each in draft.lines
        if (rate := rates.get(each.id)) is not None and rate != each.line.rate_bps
    }


async def issued(tx: Repos, draft: Draft) -> DraftIssued:
    """The refusal that tells what became of it."""
    entries = await tx.invoices.list_of_draft(draft.id)
    return DraftIssued(numbers=", ".join(entry.number for entry in entries))


async def _require_on_sale(tx: Repos, line: BillLine) -> None:
    item = await tx.items.find(line.item_id) if line.item_id else None
    if item is not None and not item.is_active:
        raise ItemOffSale(name=item.name)


async def _begin(
    tx: Repos, operation_id: UUID, buyer: Buyer, *, person_id: int | None, by: Person
) -> int:
    added = await tx.drafts.add(operation_id, buyer, person_id=person_id, by=by.id)
    number = added or await tx.drafts.find_made_by(operation_id)
    if number is None:
        raise DraftGone
    return number


async def _with_rates_of_today(tx: Repos, draft: Draft) -> Draft:
    if draft.status is not DraftStatus.OPEN:
        return draft
    changed = await new_rates(tx, draft, (await tx.club.get()).day(utc_now()))
    if not changed:
        return draft
    await tx.drafts.set_rates(changed)
    await tx.drafts.touch(draft.id)
    return await tx.drafts.find(draft.id) or draft


async def _rate_on(repos: Repos, code: str, usual: int) -> int:
    """By the day of supply, which is today's of the club."""
    today = (await repos.club.get()).day(utc_now())
    return await rate_of_day(repos, code, today, usual_bps=usual)
