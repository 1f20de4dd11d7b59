"""The club as a business: its profile, how it stands to GST, and tax rates by date.

What is issued keeps a copy of its own, so that nothing here ever reaches back.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from PIL import Image as Pictures

from bot.db.database import Database
from bot.errors.business import GstinNeeded, NotALogo, StateInGstin
from bot.models.audit import AuditAction
from bot.models.business import (
    Business,
    BusinessSetting,
    GstScheme,
    TaxRate,
    TaxRatePage,
    Value,
)
from bot.models.gstin import STATES
from bot.models.people import Person
from bot.services._authority import require_admin
from bot.services._pages import nearest

PAGE: Final = 15
_LOGO_DOTS: Final = (800, 320)  # finer than a printer shows


class BusinessService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def get(self) -> Business:
        async with self._db.reading() as repos:
            return await repos.business.get()

    async def change(self, setting: BusinessSetting, value: Value, *, by: Person) -> Business:
        """Change one fact, and what goes with it; the value it has already is not told of.

        Whoever looked at an invoice draft before has to look again before it is sent. A GSTIN
        registers the business in the State it names; without one it is not registered.

        Raises:
            NotAllowed: for admins only.
            GstinNeeded: to be registered, or to charge GST.
            StateInGstin: another State than that of the GSTIN.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            business = await tx.business.hold()
            saved = _changed(business, setting, value)
            changed = [s for s in BusinessSetting if getattr(business, s) != getattr(saved, s)]
            await tx.business.save(saved, changed or [setting])
            if changed:
                await tx.drafts.touch_open()  # they are taxed, and headed, by these
                await tx.audit.add(
                    AuditAction.BUSINESS_CHANGED,
                    by=admin,
                    before=_facts(business, changed),
                    after=_facts(saved, changed),
                )
        return saved

    async def keep_logo(self, file_id: str, content: bytes) -> None:
        """Keep a picture for whatever is issued under it, no larger than it is printed.

        Raises:
            NotALogo: it is no picture.
        """
        shrunk = await asyncio.to_thread(_shrunk, content)
        async with self._db.transaction() as tx:
            await tx.business.keep_logo(file_id, shrunk)

    async def rates(self, number: int) -> TaxRatePage:
        """That page of them, or the nearest there is."""
        async with self._db.reading() as repos:
            count = await repos.business.count_rates()
            number, pages = nearest(number, of=count, size=PAGE)
            rates = await repos.business.list_rates(limit=PAGE, offset=number * PAGE)
        return TaxRatePage(number=number, pages=pages, rates=rates)

    async def set_rate(self, rate: TaxRate, *, by: Person) -> None:
        """Add a dated rate; one that begins on the same day is corrected.

        Raises:
            NotAllowed: for admins only.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            await tx.business.hold()  # two who set the same one come one after the other
            was = await tx.business.find_rate(rate.code, rate.valid_from)
            if was == rate:
                return
            await tx.business.set_rate(rate)
            await tx.audit.add(
                AuditAction.TAX_RATE_SET,
                by=admin,
                before={"rate_bps": was.rate_bps if was else None},
                after={
                    "code": rate.code,
                    "valid_from": rate.valid_from.isoformat(),
                    "rate_bps": rate.rate_bps,
                },
            )


def _shrunk(content: bytes) -> bytes:
    file = BytesIO()
    try:
        with Pictures.open(BytesIO(content)) as picture:
            picture.thumbnail(_LOGO_DOTS)
            picture.convert("RGBA").save(file, "PNG")
    except (OSError, ValueError, Pictures.DecompressionBombError):
        raise NotALogo from None
    return file.getvalue()


def _changed(business: Business, setting: BusinessSetting, value: Value) -> Business:
    match setting:
        case BusinessSetting.GSTIN if value is None:
            return _unregistered(business)
        case BusinessSetting.GSTIN:
            return _registered(business, str(value))
        case BusinessSetting.SCHEME if value == GstScheme.UNREGISTERED:
            return _unregistered(business)
        case BusinessSetting.SCHEME | BusinessSetting.IS_GST_ON if value and not business.gstin:
            raise GstinNeeded
        case BusinessSetting.STATE_CODE if business.gstin and value != business.state_code:
            raise StateInGstin(state=STATES[business.state_code])
    fields: dict[str, Any] = {setting.value: value}
    return replace(business, **fields)


def _registered(business: Business, gstin: str) -> Business:
    is_new = business.scheme is GstScheme.UNREGISTERED
    scheme = GstScheme.REGULAR if is_new else business.scheme
    return replace(business, gstin=gstin, state_code=gstin[:2], scheme=scheme)


def _unregistered(business: Business) -> Business:
    return replace(business, gstin=None, scheme=GstScheme.UNREGISTERED, is_gst_on=False)


def _facts(business: Business, settings: Iterable[BusinessSetting]) -> dict[str, Any]:
    return {setting.value: getattr(business, setting) for setting in settings}
