"""The invoice_drafts table and its lines."""

from collections.abc import Mapping
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection, storable
from bot.models.billing import BillLine
from bot.models.drafts import Draft, DraftEntry, DraftLine, DraftStatus, NewLine
from bot.models.invoices import Buyer
from bot.models.items import ItemKind

_COLUMNS = """
    id, created_by, person_id, buyer_name, buyer_phone, buyer_address, buyer_state, buyer_gstin,
    shipping_paise, revision, status
"""


class DraftRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(
        self, operation_id: UUID, buyer: Buyer, *, person_id: int | None, by: int
    ) -> int | None:
        """Returns its number; ``None``: this operation has made one already."""
        sql = """
            INSERT INTO invoice_drafts (operation_id, created_by, person_id, buyer_name,
                                        buyer_phone, buyer_address, buyer_state, buyer_gstin)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (operation_id) DO NOTHING
            RETURNING id
        """
        added: int | None = await self._conn.fetchval(
            sql, operation_id, by, person_id, *_buyer_columns(buyer)
        )
        return added

    async def find_made_by(self, operation_id: UUID) -> int | None:
        sql = "SELECT id FROM invoice_drafts WHERE operation_id = $1"
        made: int | None = await self._conn.fetchval(sql, operation_id)
        return made

    async def find(self, draft_id: int) -> Draft | None:
        row = await self._conn.fetchrow(
            f"SELECT {_COLUMNS} FROM invoice_drafts WHERE id = $1", draft_id
        )
        return await self._draft(row) if row else None

    async def find_person_id(self, draft_id: int) -> int | None:
        """Whom it is for, which never changes: who is to be locked before it."""
        sql = "SELECT person_id FROM invoice_drafts WHERE id = $1"
        person_id: int | None = await self._conn.fetchval(sql, draft_id)
        return person_id

    async def hold(self, draft_id: int) -> Draft | None:
        """As ``find``, locked until the transaction ends."""
        sql = "SELECT FROM invoice_drafts WHERE id = $1 FOR NO KEY UPDATE"
        await self._conn.execute(sql, draft_id)
        return await self.find(draft_id)

    async def find_address(self, person_id: int) -> dict[str, str]:
        """The newest that was written down for them, as fields of a buyer; empty: none was."""
        sql = """
            SELECT buyer_address AS address, buyer_state AS state_code
              FROM invoice_drafts
             WHERE person_id = $1 AND buyer_address IS NOT NULL AND buyer_state IS NOT NULL
             ORDER BY id DESC
             LIMIT 1
        """
        row = await self._conn.fetchrow(sql, person_id)
        return dict(row) if row else {}

    async def list_open(self, *, of: int, limit: int) -> list[DraftEntry]:
        """Newest first."""
        sql = """
            SELECT d.id, d.buyer_name,
                   (SELECT count(*) FROM invoice_draft_lines l WHERE l.draft_id = d.id) AS lines
              FROM invoice_drafts d
             WHERE d.created_by = $1 AND d.status = 'open'
             ORDER BY d.id DESC
             LIMIT $2
        """
        return [DraftEntry(**row) for row in await self._conn.fetch(sql, of, limit)]

    async def add_line(self, draft_id: int, new: NewLine) -> bool:
        """``False``: it is there already."""
        sql = """
            INSERT INTO invoice_draft_lines (draft_id, operation_id, item_id, name, kind, code,
                                             quantity, price_paise, rate_bps, discount_bps)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (operation_id) DO NOTHING
            RETURNING id
        """
        line = new.line
        added = await self._conn.fetchval(
            sql,
            draft_id,
            new.operation_id,
            line.item_id,
            storable(line.name),
            line.kind,
            line.code,
            line.quantity,
            line.price_paise,
            line.rate_bps,
            line.discount_bps,
        )
        return added is not None

    async def remove_line(self, draft_id: int, line_id: int) -> bool:
        """``False``: it is gone already."""
        sql = "DELETE FROM invoice_draft_lines WHERE id = $1 AND draft_id = $2 RETURNING id"
        return await self._conn.fetchval(sql, line_id, draft_id) is not None

    async def set_rates(self, rates: Mapping[int, int]) -> None:
        """In basis points, by line."""
        sql = """
            UPDATE invoice_draft_lines l
               SET rate_bps = new.rate_bps
              FROM unnest($1::bigint[], $2::integer[]) AS new (id, rate_bps)
             WHERE l.id = new.id
        """
        await self._conn.execute(sql, list(rates), list(rates.values()))

    async def set_buyer(self, draft_id: int, buyer: Buyer) -> None:
        sql = """
            UPDATE invoice_drafts
               SET buyer_name = $2, buyer_phone = $3, buyer_address = $4, buyer_state = $5,
                   buyer_gstin = $6
             WHERE id = $1
        """
        await self._conn.execute(sql, draft_id, *_buyer_columns(buyer))

    async def set_shipping(self, draft_id: int, paise: int) -> None:
        sql = "UPDATE invoice_drafts SET shipping_paise = $2 WHERE id = $1"
        await self._conn.execute(sql, draft_id, paise)

    async def touch(self, draft_id: int) -> None:
        """It is not what was looked at any more."""
        sql = "UPDATE invoice_drafts SET revision = revision + 1 WHERE id = $1"
        await self._conn.execute(sql, draft_id)

    async def touch_open(self) -> None:
        """None of them is what was looked at any more."""
        await self._conn.execute(
            "UPDATE invoice_drafts SET revision = revision + 1 WHERE status = 'open'"
        )

    async def set_status(self, draft_id: int, status: DraftStatus) -> None:
        sql = "UPDATE invoice_drafts SET status = $2 WHERE id = $1"
        await self._conn.execute(sql, draft_id, status)

    async def _draft(self, row: Record) -> Draft:
        sql = """
            SELECT id, item_id, name, kind, code, quantity, price_paise, rate_bps, discount_bps
              FROM invoice_draft_lines
             WHERE draft_id = $1
             ORDER BY id
        """
        lines = tuple(_line(line) for line in await self._conn.fetch(sql, row["id"]))
        fields = dict(row)
        buyer = Buyer(
            name=fields.pop("buyer_name"),
            phone=fields.pop("buyer_phone"),
            address=fields.pop("buyer_address"),
            state_code=fields.pop("buyer_state"),
            gstin=fields.pop("buyer_gstin"),
        )
        fields["status"] = DraftStatus(fields["status"])
        return Draft(buyer=buyer, lines=lines, **fields)


def _line(row: Record) -> DraftLine:
    fields = dict(row)
    line_id = fields.pop("id")
    fields["kind"] = ItemKind(fields["kind"])
    return DraftLine(id=line_id, line=BillLine(**fields))


def _buyer_columns(buyer: Buyer) -> tuple[str | None, ...]:
    address = storable(buyer.address) if buyer.address else None
    return storable(buyer.name), buyer.phone, address, buyer.state_code, buyer.gstin
