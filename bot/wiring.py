"""The routing table as text: for the log at start and for ``python -m bot routes``."""

from collections.abc import Iterable
from typing import Final

from bot.startup import Route, describe

HEADER: Final = ("tier", "router", "handler", "event", "filters", "who may")


def table(routes: Iterable[Route]) -> str:
    """Columns under their headings, the first match wins from the top."""
    rows = [HEADER, *map(_row, routes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _row(route: Route) -> tuple[str, ...]:
    name = route.handler.callback.__name__
    tier = f"{route.tier.value} {route.tier.name.lower()}"
    return tier, route.router, name, route.event, describe(route), route.may
