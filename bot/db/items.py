"""The items table."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection, fold, like
from bot.models.items import MAX_STOCK, Item, ItemFacts, ItemKind

_COLUMNS = "id, serial, name, kind, hsn, mrp_paise, rate_bps, stock, is_active"
_SORTED = "NOT is_active, search_name, serial"


class ItemRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def lock(self) -> None:
        """Until the transaction ends nobody else changes the catalogue; reading goes on."""
        await self._conn.execute("SELECT pg_advisory_xact_lock('items'::regclass::oid::bigint)")

    async def find(self, item_id: int) -> Item | None:
        row = await self._conn.fetchrow(f"SELECT {_COLUMNS} FROM items WHERE id = $1", item_id)
        return item(row) if row else None

    async def find_by_serial(self, serial: int) -> Item | None:
        row = await self._conn.fetchrow(f"SELECT {_COLUMNS} FROM items WHERE serial = $1", serial)
        return item(row) if row else None

    async def find_by_operation(self, operation_id: UUID) -> Item | None:
        sql = f"SELECT {_COLUMNS} FROM items WHERE operation_id = $1"
        row = await self._conn.fetchrow(sql, operation_id)
        return item(row) if row else None

    async def find_active(self, name: str, hsn: str) -> Item | None:
        """The one item on sale that this name and code mean."""
        sql = f"""
            SELECT {_COLUMNS}
              FROM items
             WHERE search_name = $1 AND hsn = $2 AND is_active
        """
        row = await self._conn.fetchrow(sql, fold(name), hsn)
        return item(row) if row else None

    async def list_by_name(self, part: str, *, limit: int, only_active: bool) -> list[Item]:
        """Items whose name holds ``part``, whatever its case or accents."""
        sql = f"""
            SELECT {_COLUMNS}
              FROM items
             WHERE search_name LIKE $1 AND (is_active OR NOT $2)
             ORDER BY {_SORTED}
             LIMIT $3
        """
        found = await self._conn.fetch(sql, like(fold(part)), only_active, limit)
        return [item(row) for row in found]

    async def list_page(self, *, limit: int, offset: int) -> list[Item]:
        sql = f"SELECT {_COLUMNS} FROM items ORDER BY {_SORTED} LIMIT $1 OFFSET $2"
        return [item(row) for row in await self._conn.fetch(sql, limit, offset)]

    async def list_all(self) -> list[Item]:
        sql = f"SELECT {_COLUMNS} FROM items ORDER BY serial"
        return [item(row) for row in await self._conn.fetch(sql)]

    async def hold_all(self) -> list[Item]:
        """As ``list_all``; nobody sells a piece or changes an item until the transaction ends."""
        sql = f"SELECT {_COLUMNS} FROM items ORDER BY id FOR UPDATE"
        return [item(row) for row in await self._conn.fetch(sql)]

    async def count(self) -> int:
        return int(await self._conn.fetchval("SELECT count(*) FROM items"))

    async def add(self, facts: Sequence[ItemFacts], *, operation_id: UUID | None) -> list[Item]:
        """Each gets the next serial; ``lock`` first, or another may want the same one."""
        sql = f"""
            INSERT INTO items
                   (serial, name, search_name, kind, hsn, mrp_paise, rate_bps, stock, is_active,
                    operation_id)
            SELECT (SELECT coalesce(max(serial), 0) FROM items) + number, name, search_name, kind,
                   hsn, mrp_paise, rate_bps, stock, is_active, $9
              FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[],
                          $6::integer[], $7::integer[], $8::boolean[])
                   WITH ORDINALITY
                AS given (name, search_name, kind, hsn, mrp_paise, rate_bps, stock, is_active,
                          number)
            RETURNING {_COLUMNS}
        """
        return [item(row) for row in await self._conn.fetch(sql, *_spread(facts), operation_id)]

    async def change(self, changes: Sequence[tuple[int, ItemFacts]]) -> None:
        """Write what items are from now on, by their ids."""
        sql = """
            UPDATE items
               SET name = given.name, search_name = given.search_name, kind = given.kind,
                   hsn = given.hsn, mrp_paise = given.mrp_paise, rate_bps = given.rate_bps,
                   stock = given.stock, is_active = given.is_active
              FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[],
                          $6::integer[], $7::integer[], $8::boolean[], $9::bigint[])
                AS given (name, search_name, kind, hsn, mrp_paise, rate_bps, stock, is_active, id)
             WHERE items.id = given.id
        """
        ids = [item_id for item_id, _ in changes]
        await self._conn.execute(sql, *_spread([facts for _, facts in changes]), ids)

    async def hold(self, item_id: int) -> Item | None:
        """The item as it is now, locked until the transaction ends."""
        sql = f"SELECT {_COLUMNS} FROM items WHERE id = $1 FOR UPDATE"
        row = await self._conn.fetchrow(sql, item_id)
        return item(row) if row else None

    async def take(self, item_id: int, quantity: int) -> bool:
        """Take pieces out of the stock, where they are counted. ``False``: fewer are left."""
        sql = """
            UPDATE items
               SET stock = stock - $2
             WHERE id = $1 AND (stock IS NULL OR stock >= $2)
            RETURNING id
        """
        return await self._conn.fetchval(sql, item_id, quantity) is not None

    async def put_back(self, item_id: int, quantity: int) -> None:
        """Into the stock, where it is counted; never beyond what may be counted."""
        sql = """
            UPDATE items
               SET stock = least(stock + $2, $3)
             WHERE id = $1 AND stock IS NOT NULL
        """
        await self._conn.execute(sql, item_id, quantity, MAX_STOCK)

    async def billed_on(self, invoice_id: int) -> dict[int, int]:
        """The items with counted stock that an invoice billed, and how many pieces; by their ids.

        Its lines do not know their items; those of its draft do, and lines that are alike in one
        draft come into one document.
        """
        sql = """
            SELECT d.item_id, sum(d.quantity)::integer AS quantity
              FROM invoices i
              JOIN invoice_draft_lines d ON d.draft_id = i.draft_id
              JOIN items t ON t.id = d.item_id AND t.stock IS NOT NULL
             WHERE i.id = $1
               AND EXISTS (SELECT FROM invoice_lines l
                            WHERE l.invoice_id = i.id AND l.name = d.name AND l.kind = d.kind
                              AND l.code = d.code AND l.quantity = d.quantity
                              AND l.price_paise = d.price_paise
                              AND l.discount_bps = d.discount_bps)
             GROUP BY d.item_id
             ORDER BY d.item_id
        """
        rows = await self._conn.fetch(sql, invoice_id)
        return {row["item_id"]: row["quantity"] for row in rows}


def item(row: Record) -> Item:
    return Item(**{**row, "kind": ItemKind(row["kind"])})


def _spread(facts: Sequence[ItemFacts]) -> tuple[list[object], ...]:
    """Column by column, as ``unnest`` wants it."""
    return (
        [each.name for each in facts],
        [fold(each.name) for each in facts],
        [each.kind for each in facts],
        [each.hsn for each in facts],
        [each.mrp_paise for each in facts],
        [each.rate_bps for each in facts],
        [each.stock for each in facts],
        [each.is_active for each in facts],
    )
