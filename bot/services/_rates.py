"""At what rate something is taxed on a day."""

from datetime import date

from bot.db.database import Repos


async def rate_of_day(repos: Repos, code: str, day: date, *, usual_bps: int) -> int:
    """Of an HSN or SAC, in basis points: what the club has set as of that day, else the usual."""
    dated = await repos.business.rate_on(code, day) if code else None
    return usual_bps if dated is None else dated
