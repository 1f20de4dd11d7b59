"""The catalogue: found, paged, exported, and changed one item at a time."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors.items import ItemExists, ItemGone, ItemNotFound, ItemSearchTooShort
from bot.models.audit import AuditAction
from bot.models.items import (
    MAX_SERIAL,
    FoundItems,
    Item,
    ItemExport,
    ItemFacts,
    ItemField,
    ItemPage,
    differences,
)
from bot.models.people import Person
from bot.services import _item_sheets
from bot.services._authority import require_admin
from bot.services._pages import nearest
from bot.services.amounts import trimmed

PAGE: Final = 8
_SHORTEST_PART: Final = 2


class ItemService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def find_by_serial(self, serial: int, *, only_active: bool = True) -> Item | None:
        """What can be sold by that number; also what no longer can, unless ``only_active``."""
        async with self._db.reading() as repos:
            return await _by_serial(repos, serial, only_active=only_active)

    async def search(self, part: str, *, limit: int, only_active: bool = True) -> FoundItems:
        """The item of this serial, alone; or those with this in their names, at most ``limit``.

        Raises:
            ItemSearchTooShort: a single letter, or nothing.
            ItemNotFound: there is none.
        """
        said = trimmed(part)
        is_number = said.isascii() and said.isdigit()
        if len(said) < _SHORTEST_PART and not is_number:
            raise ItemSearchTooShort
        serial = int(said) if is_number and len(said) <= len(str(MAX_SERIAL)) else 0
        async with self._db.reading() as repos:
            if numbered := await _by_serial(repos, serial, only_active=only_active):
                return FoundItems(items=[numbered], more=False)
            named = await repos.items.list_by_name(said, limit=limit + 1, only_active=only_active)
        if not named:
            raise ItemNotFound(typed=said)
        return FoundItems(items=named[:limit], more=len(named) > limit)

    async def get(self, item_id: int) -> Item:
        """The item as it is now, on sale or not.

        Raises:
            ItemGone: no such item.
        """
        async with self._db.reading() as repos:
            return _there(await repos.items.find(item_id))

    async def page(self, number: int) -> ItemPage:
        """A page of all items; a number beyond the ends gives the nearest page."""
        async with self._db.reading() as repos:
            total = await repos.items.count()
            number, pages = nearest(number, of=total, size=PAGE)
            items = await repos.items.list_page(limit=PAGE, offset=number * PAGE)
        return ItemPage(number=number, pages=pages, items=items, total=total)

    async def require_new(self, name: str, hsn: str) -> None:
        """Say early what ``add`` would refuse.

        Raises:
            ItemExists: an item on sale has this name and code.
        """
        async with self._db.reading() as repos:
            await _no_twin(repos, name, hsn)

    async def add(self, facts: ItemFacts, *, by: Person, operation_id: UUID) -> Item:
        """Take an item into the catalogue under the next serial; once per operation.

        Raises:
            NotAllowed: for admins only.
            ItemExists: an item on sale has this name and code.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            await tx.items.lock()
            if done := await tx.items.find_by_operation(operation_id):
                return done
            if facts.is_active:
                await _no_twin(tx, facts.name, facts.hsn)
            [added] = await tx.items.add([facts], operation_id=operation_id)
            await tx.audit.add(
                AuditAction.ITEM_ADDED,
                by=admin,
                after={"serial": added.serial, **_values(added, list(ItemField))},
                operation_id=operation_id,
            )
        return added

    async def change(
        self, item_id: int, field: ItemField, value: str | int | None, *, by: Person
    ) -> Item:
        """Change one fact; the value it has already changes nothing. A new stock is a correction.

        Raises:
            NotAllowed: for admins only.
            ItemGone: no such item.
            ItemExists: another item on sale has this name and code.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            await tx.items.lock()
            was = _there(await tx.items.hold(item_id))
            if await tx.audit.has_own(AuditAction.ITEM_CHANGED):
                return was
            changes: dict[str, Any] = {field.value: value}
            item = replace(was, **changes)
            if not differences(was, item):
                return was
            if item.is_active:
                await _no_twin(tx, item.name, item.hsn, beside=item)
            await tx.items.change([(item.id, item)])
            await tx.audit.add(
                AuditAction.ITEM_CHANGED,
                by=admin,
                before={"serial": was.serial, "item": was.name, **_values(was, [field])},
                after={"serial": was.serial, "item": was.name, **_values(item, [field])},
            )
        return item

    async def deactivate(self, item_id: int, *, by: Person) -> Item:
        """Sell it no more; it stays in the books, and can come back.

        Raises:
            NotAllowed, ItemGone: as in ``change``.
        """
        return await self.change(item_id, ItemField.IS_ACTIVE, value=False, by=by)

    async def activate(self, item_id: int, *, by: Person) -> Item:
        """Sell it again.

        Raises:
            NotAllowed, ItemGone, ItemExists: as in ``change``.
        """
        return await self.change(item_id, ItemField.IS_ACTIVE, value=True, by=by)

    async def export(self) -> ItemExport:
        """Everything, by serial, with the headings that an upload wants."""
        async with self._db.reading() as repos:
            items = await repos.items.list_all()
        content = await asyncio.to_thread(_item_sheets.catalogue, items)
        return ItemExport(content=content, items=len(items), at=datetime.now(UTC))


async def _by_serial(repos: Repos, serial: int, *, only_active: bool) -> Item | None:
    if not 0 < serial <= MAX_SERIAL:
        return None
    found = await repos.items.find_by_serial(serial)
    return found if found and (found.is_active or not only_active) else None


async def _no_twin(repos: Repos, name: str, hsn: str, *, beside: Item | None = None) -> None:
    twin = await repos.items.find_active(name, hsn)
    if twin and (beside is None or twin.id != beside.id):
        raise ItemExists(name=twin.name, serial=twin.serial)


def _there(item: Item | None) -> Item:
    if item is None:
        raise ItemGone
    return item


def _values(facts: ItemFacts, fields: list[ItemField]) -> dict[str, Any]:
    return {field.value: getattr(facts, field) for field in fields}
