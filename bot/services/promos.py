"""Promo codes: added, changed, looked at. That one is used is a part of buying a plan."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors.plans import PlanGone
from bot.errors.promos import PromoExists, PromoGone, PromoUsedMore
from bot.models.audit import AuditAction
from bot.models.people import Person
from bot.models.promos import (
    Promo,
    PromoCard,
    PromoFacts,
    PromoField,
    PromoPage,
    check_days,
)
from bot.services._authority import require_admin
from bot.services._clock import utc_now
from bot.services._pages import nearest

PAGE: Final = 8
USES: Final = 8  # that a card tells of


class PromoService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def page(self, number: int) -> PromoPage:
        """That page, or the nearest there is; the newest code first."""
        async with self._db.reading() as repos:
            count = await repos.promos.count()
            number, pages = nearest(number, of=count, size=PAGE)
            promos = await repos.promos.list_latest(limit=PAGE, offset=number * PAGE)
        return PromoPage(number=number, pages=pages, count=count, promos=promos)

    async def card(self, promo_id: int) -> PromoCard:
        """A code, and who used it.

        Raises:
            PromoGone: never there.
        """
        async with self._db.reading() as repos:
            promo = _there(await repos.promos.find(promo_id))
            plan = await repos.plans.find(promo.plan_id) if promo.plan_id else None
            waiting, given_paise = await repos.promos.sums(promo_id)
            return PromoCard(
                promo=promo,
                plan_name=plan.name if plan else None,
                waiting=waiting,
                given_paise=given_paise,
                uses=tuple(await repos.promos.list_uses(promo_id, limit=USES)),
                today=(await repos.club.get()).day(self._now()),
            )

    async def require_new(self, code: str) -> None:
        """Raises PromoExists: there is one, be it over or off."""
        async with self._db.reading() as repos:
            if await repos.promos.find_named(code):
                raise PromoExists(code=code)

    async def add(self, facts: PromoFacts, *, by: Person, operation_id: UUID) -> PromoCard:
        """A new code; once per operation.

        Raises:
            NotAllowed: for admins only.
            PromoExists: there is one, be it over or off.
            PromoDaysReversed: it would end before it begins.
            PlanGone: its plan was never there.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            made = await tx.promos.find_made_by(operation_id)
            if made is None:
                check_days(facts.first_day, facts.last_day)
                if facts.plan_id and await tx.plans.find(facts.plan_id) is None:
                    raise PlanGone
                made = await tx.promos.add(facts, operation_id=operation_id)
                if made is None:
                    raise PromoExists(code=facts.code)
                await tx.audit.add(AuditAction.PROMO_ADDED, by=admin, after=_shown(made))
        return await self.card(made.id)

    async def change(
        self, promo_id: int, field: PromoField, value: date | int | None, *, by: Person
    ) -> PromoCard:
        """Change its days, its limits, or whether it is on; what was used stays used.

        Raises:
            NotAllowed: for admins only.
            PromoGone: never there.
            PromoDaysReversed: it would end before it begins.
            PromoUsedMore: a limit below what is used already.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            promo = _there(await tx.promos.hold(promo_id))
            changes: dict[str, Any] = {field.value: value}
            changed = replace(promo, **changes)
            check_days(changed.first_day, changed.last_day)
            if changed.uses_limit is not None and changed.uses_limit < changed.used:
                raise PromoUsedMore(used=changed.used)
            if changed != promo:
                await tx.promos.save_terms(promo_id, changed)
                await _tell(tx, promo, changed, field, by=admin)
        return await self.card(promo_id)


def _there(promo: Promo | None) -> Promo:
    if promo is None:
        raise PromoGone
    return promo


async def _tell(tx: Repos, was: Promo, to: Promo, field: PromoField, *, by: Person) -> None:
    before, after = _shown(was), _shown(to)
    await tx.audit.add(
        AuditAction.PROMO_CHANGED,
        by=by,
        before={"code": was.code, field.value: before[field.value]},
        after={"code": to.code, field.value: after[field.value]},
    )


def _shown(facts: PromoFacts) -> dict[str, Any]:
    """As the audit log keeps it."""
    return {
        "code": facts.code,
        "percent": facts.gives.percent,
        "amount_paise": facts.gives.amount_paise,
        "plan_id": facts.plan_id,
        "first_day": facts.first_day.isoformat() if facts.first_day else None,
        "last_day": facts.last_day.isoformat() if facts.last_day else None,
        "uses_limit": facts.uses_limit,
        "member_limit": facts.member_limit,
        "is_on": facts.is_on,
    }
