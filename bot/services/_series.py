"""The next number of a document: consecutive per financial year, on the club's clock."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.db.database import Repos
from bot.errors.invoices import SeriesFull, SeriesSealed
from bot.models.gstin import financial_year, financial_year_name
from bot.models.payments import Numbered


async def next_number(
    tx: Repos, prefixes: Sequence[str], *, at: datetime, zone: ZoneInfo
) -> Numbered:
    """Of the first of these series that is neither used up nor sealed.

    It is ours once the transaction is committed, and no gap if it is not.

    Raises:
        SeriesFull: there is no such series.
        SeriesSealed: there is none, and the last is sealed.
    """
    year = financial_year(at, zone)
    name = financial_year_name(year)
    for prefix in prefixes:
        serial = await tx.invoices.next_serial(prefix, year)
        if serial is not None:
            number = f"{prefix}/{name}/{serial:06}"
            return Numbered(number=number, prefix=prefix, year=year, serial=serial)
    series = f"{prefixes[-1]}/{name}"
    if await tx.invoices.is_sealed(prefixes[-1], year):
        raise SeriesSealed(series=series)
    raise SeriesFull(series=series)
