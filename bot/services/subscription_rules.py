"""The club's rules of subscriptions, one by one."""

from dataclasses import replace
from typing import Any

from bot.db.database import Database
from bot.models.audit import AuditAction
from bot.models.people import Person
from bot.models.subscription_cards import Rule
from bot.models.subscriptions import Rules
from bot.services._authority import require_admin


class SubscriptionRuleService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def get(self) -> Rules:
        async with self._db.reading() as repos:
            return await repos.subscription_rules.get()

    async def change(self, rule: Rule, value: int | tuple[int, ...], *, by: Person) -> Rules:
        """One of them; what others change at the same time stays.

        Raises:
            NotAllowed: for admins only.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            was = await tx.subscription_rules.hold()
            changes: dict[str, Any] = {rule.value: value}
            rules = replace(was, **changes)
            if was != rules:
                await tx.subscription_rules.save(rules)
                await tx.audit.add(
                    AuditAction.SUBSCRIPTION_RULES_CHANGED,
                    by=admin,
                    before={rule.value: rule.of(was)},
                    after={rule.value: value},
                )
            return rules
