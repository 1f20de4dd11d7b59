"""Plans: what members subscribe to, changed one fact at a time."""

from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors.plans import PlanExists, PlanGone
from bot.models.audit import AuditAction
from bot.models.people import Person
from bot.models.plans import Duration, Plan, PlanFacts, PlanField
from bot.services._authority import require_admin


class PlanService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def list(self, *, only_on_sale: bool = False) -> list[Plan]:
        """In their order."""
        async with self._db.reading() as repos:
            return await repos.plans.list(only_on_sale=only_on_sale)

    async def get(self, plan_id: int) -> Plan:
        """On sale or not.

        Raises:
            PlanGone: never there.
        """
        async with self._db.reading() as repos:
            return _there(await repos.plans.find(plan_id))

    async def require_new(self, name: str) -> None:
        """Raises PlanExists: one on sale has this name."""
        async with self._db.reading() as repos:
            await _no_twin(repos, name)

    async def add(self, facts: PlanFacts, *, by: Person, operation_id: UUID) -> Plan:
        """As the last of the list; once per operation.

        Raises:
            NotAllowed: for admins only.
            PlanExists: one on sale has this name.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            await tx.plans.lock()
            if done := await tx.plans.find_made_by(operation_id):
                return done
            if facts.is_on_sale:
                await _no_twin(tx, facts.name)
            added = await tx.plans.add(facts, operation_id=operation_id)
            await tx.audit.add(AuditAction.PLAN_ADDED, by=admin, after=_shown(added))
            return added

    async def change(
        self, plan_id: int, field: PlanField, value: str | int | Duration | None, *, by: Person
    ) -> Plan:
        """Change one fact; what was bought stays as it is.

        Raises:
            NotAllowed: for admins only.
            PlanGone: never there.
            PlanExists: another one on sale has this name.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            await tx.plans.lock()
            plan = _there(await tx.plans.find(plan_id))
            changes: dict[str, Any] = {field.value: value}
            changed = replace(plan, **changes)
            if changed == plan:
                return plan
            if changed.is_on_sale and field in {PlanField.NAME, PlanField.IS_ON_SALE}:
                await _no_twin(tx, changed.name, but=plan_id)
            await tx.plans.save(plan_id, changed)
            before, after = _shown(plan), _shown(changed)
            await tx.audit.add(
                AuditAction.PLAN_CHANGED,
                by=admin,
                before={"name": plan.name, field.value: before[field.value]},
                after={"name": changed.name, field.value: after[field.value]},
            )
            return changed

    async def move_up(self, plan_id: int, *, seen_at: int, by: Person) -> Plan:
        """Before the one above it; the first stays where it is, and so does one that has moved.

        ``seen_at``: its position when this was asked for.

        Raises:
            NotAllowed: for admins only.
            PlanGone: never there.
        """
        async with self._db.transaction() as tx:
            await require_admin(tx, by)
            await tx.plans.lock()
            plan = _there(await tx.plans.find(plan_id))
            all_of_them = await tx.plans.list(only_on_sale=False)
            above = [each for each in all_of_them if each.position < plan.position]
            if above and plan.position == seen_at:
                await tx.plans.swap(plan.id, above[-1].id)
            return _there(await tx.plans.find(plan_id))


def _there(plan: Plan | None) -> Plan:
    if plan is None:
        raise PlanGone
    return plan


async def _no_twin(tx: Repos, name: str, *, but: int | None = None) -> None:
    twin = await tx.plans.find_on_sale(name)
    if twin and twin.id != but:
        raise PlanExists


def _shown(facts: PlanFacts) -> dict[str, Any]:
    """As the audit log keeps it."""
    values = {each.name: getattr(facts, each.name) for each in fields(PlanFacts)}
    duration = facts.duration
    return {**values, "duration": f"{duration.count} {duration.unit}"}
