"""Invitations and their rewards: rows are added and read, never changed."""

from collections.abc import Sequence
from datetime import datetime

from bot.db._money import series
from bot.db._rows import Connection, sure
from bot.models.referrals import Invitations, NewReward, OwnReferrals, Reward


class ReferralRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, friend_id: int, *, referrer_id: int, at: datetime) -> None:
        """Whose invitation was first stays."""
        sql = """
            INSERT INTO referrals (friend_id, referrer_id, came_at)
            VALUES ($1, $2, $3)
            ON CONFLICT (friend_id) DO NOTHING
        """
        await self._conn.execute(sql, friend_id, referrer_id, at)

    async def find_referrer_id(self, friend_id: int) -> int | None:
        sql = "SELECT referrer_id FROM referrals WHERE friend_id = $1"
        found: int | None = await self._conn.fetchval(sql, friend_id)
        return found

    async def has_bought(self, person_id: int) -> bool:
        """Whether they have bought or paid anything before."""
        sql = """
            SELECT EXISTS (SELECT FROM subscriptions WHERE person_id = $1)
                OR EXISTS (SELECT FROM payments WHERE person_id = $1)
        """
        return bool(await self._conn.fetchval(sql, person_id))

    async def find_earner(self, friend_id: int, *, payment_id: int) -> int | None:
        """Whom a reward is due for this payment; none where it is not the friend's first money.

        Money that went back whole never counted, nor did a reward that was taken back with it.
        """
        sql = """
            SELECT f.referrer_id
              FROM referrals f
              JOIN people p ON p.id = f.referrer_id AND p.deleted_at IS NULL
             WHERE f.friend_id = $1
               AND NOT EXISTS (SELECT
                                 FROM payments x
                                 JOIN payment_balances b ON b.payment_id = x.id
                                WHERE x.person_id = $1 AND x.id <> $2 AND x.kind = 'money'
                                  AND b.refunded_paise < b.total_paise)
               AND NOT EXISTS (SELECT
                                 FROM rewards r
                                 JOIN payment_balances b ON b.payment_id = r.payment_id
                                WHERE r.friend_id = $1 AND b.refunded_paise < b.total_paise)
        """
        found: int | None = await self._conn.fetchval(sql, friend_id, payment_id)
        return found

    async def add_reward(self, new: NewReward) -> int:
        """Returns its id, a payment's."""
        sql = """
            WITH given AS (
                INSERT INTO payments (number, prefix, year, serial, operation_id, person_id,
                                      received_at, recorded_by, total_paise, kind)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'reward')
                RETURNING id)
            INSERT INTO rewards (payment_id, friend_id, nth, for_payment_id)
            SELECT id, $10, (SELECT count(*) + 1 FROM rewards WHERE friend_id = $10), $11
              FROM given
            RETURNING payment_id
        """
        row = await self._conn.fetchrow(
            sql,
            *series(new.numbered),
            new.operation_id,
            new.referrer_id,
            new.at,
            new.by,
            new.paise,
            new.friend_id,
            new.for_payment_id,
        )
        return int(sure(row)["payment_id"])

    async def list_forfeit(self, payment_ids: Sequence[int]) -> list[Reward]:
        """What was given for those of these payments that have gone back whole, and stands."""
        sql = """
            SELECT x.id AS payment_id, x.number, x.person_id AS referrer_id,
                   x.total_paise AS paise, b.unused_paise
              FROM rewards r
              JOIN payment_balances m ON m.payment_id = r.for_payment_id
              JOIN payment_balances b ON b.payment_id = r.payment_id
              JOIN payments x ON x.id = r.payment_id
             WHERE r.for_payment_id = ANY ($1)
               AND m.refunded_paise = m.total_paise
               AND b.refunded_paise = 0
             ORDER BY x.id
        """
        return [Reward(**dict(row)) for row in await self._conn.fetch(sql, list(payment_ids))]

    async def invitations(self, referrer_id: int) -> Invitations:
        sql = """
            SELECT referral_reward_paise AS reward_paise,
                   (SELECT count(*) FROM referrals WHERE referrer_id = $1) AS came,
                   s.rewarded, s.earned_paise
              FROM subscription_rules
             CROSS JOIN (SELECT count(*) FILTER (WHERE b.refunded_paise < b.total_paise)
                                    AS rewarded,
                                coalesce(sum(b.total_paise - b.refunded_paise), 0)::bigint
                                    AS earned_paise
                           FROM rewards r
                           JOIN payment_balances b ON b.payment_id = r.payment_id
                          WHERE b.person_id = $1) AS s
        """
        return Invitations(**dict(sure(await self._conn.fetchrow(sql, referrer_id))))

    async def of_person(self, person_id: int) -> OwnReferrals:
        sql = """
            SELECT (SELECT came_at FROM referrals WHERE friend_id = $1) AS came_at,
                   (SELECT count(*) FROM referrals WHERE referrer_id = $1) AS invited
        """
        return OwnReferrals(**dict(sure(await self._conn.fetchrow(sql, person_id))))
