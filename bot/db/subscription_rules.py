"""The subscription_rules table: its one row."""

from bot.db._rows import Connection, sure
from bot.models.subscriptions import Rules


class SubscriptionRuleRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self) -> Rules:
        sql = """
            SELECT grace_days, grace_visits, freeze_days, pay_later, pay_later_limit_paise,
                   remind_before, follow_up_every, follow_up_days, trial_days,
                   referral_reward_paise
              FROM subscription_rules
        """
        row = sure(await self._conn.fetchrow(sql))
        return Rules(**{**row, "remind_before": tuple(row["remind_before"])})

    async def save(self, rules: Rules) -> None:
        sql = """
            UPDATE subscription_rules
               SET grace_days = $1, grace_visits = $2, freeze_days = $3, pay_later = $4,
                   pay_later_limit_paise = $5, remind_before = $6, follow_up_every = $7,
                   follow_up_days = $8, trial_days = $9, referral_reward_paise = $10
        """
        await self._conn.execute(
            sql,
            rules.grace_days,
            rules.grace_visits,
            rules.freeze_days,
            rules.pay_later,
            rules.pay_later_limit_paise,
            rules.remind_before,
            rules.follow_up_every,
            rules.follow_up_days,
            rules.trial_days,
            rules.referral_reward_paise,
        )

    async def hold(self) -> Rules:
        """Locked until the transaction ends: one change after the other."""
        await self._conn.execute("SELECT FROM subscription_rules FOR UPDATE")
        return await self.get()
