"""Time zones and currencies, as people type them."""

from functools import cache
from typing import Final
from zoneinfo import available_timezones

from babel.core import get_global

from bot.errors import NotACurrency, NotAZone

_NO_PLACES: Final = {"localtime", "Factory"}


def zone(typed: str) -> str:
    """The zone of that name, or of that city: ``asia/kolkata``, ``New York``, ``Calcutta``.

    Raises:
        NotAZone: none, or more than one.
    """
    found = _zones().get("_".join(typed.casefold().split()))
    if found is None:
        raise NotAZone(typed=typed)
    return found


def currency(typed: str) -> str:
    """The ISO code of money that is in use somewhere today.

    Raises:
        NotACurrency: not such a code.
    """
    code = typed.upper()
    if code not in _currencies():
        raise NotACurrency(typed=typed)
    return code


@cache
def _zones() -> dict[str, str | None]:
    """Every name and every city, folded; ``None`` where a city means two zones."""
    aliases = get_global("zone_aliases")
    known = available_timezones() - _NO_PLACES
    canonical = {name: aliases.get(name, name) for name in known}
    canonical = {name: to if to in known else name for name, to in canonical.items()}
    found: dict[str, str | None] = {}
    for name, to in sorted(canonical.items()):
        city = name.rpartition("/")[2].casefold()
        found[city] = to if found.get(city, to) == to else None
    return found | {name.casefold(): to for name, to in canonical.items()}


@cache
def _currencies() -> frozenset[str]:
    return frozenset(
        code
        for used in get_global("territory_currencies").values()
        for code, _since, until, is_tender in used
        if is_tender and until is None
    )
