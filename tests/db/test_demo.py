"""The demo club's rows keep every promise, and a second start adds none."""

from bot.db.invariants import broken
from bot.demo.invoices import SALES
from bot.demo.seed import seed
from tests.postgres import connected

COUNTS = """
    SELECT (SELECT count(*) FROM people) AS people,
           (SELECT count(*) FROM invoices) AS invoices,
           (SELECT count(*) FROM invoice_drafts WHERE status = 'open') AS drafts,
           (SELECT count(*) FROM notices WHERE kind = 'invoice') AS told
"""


async def test_the_demo_club_is_sound_and_written_once(database_url):
    async with connected(database_url) as conn:
        for _ in range(2):
            await seed(database_url, timezone="Asia/Kolkata", currency="INR")
            row = await conn.fetchrow(COUNTS)
            assert (row["people"], row["drafts"], row["told"]) == (12, 1, 0)
            assert row["invoices"] == len(SALES)
            assert await broken(conn) == []
