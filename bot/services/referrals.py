"""Invitations: a member's link, who came by it, and what it brought."""

from collections.abc import Callable
from datetime import datetime

from bot.db.database import Database
from bot.models.notices import Notice
from bot.models.payments import Payment, Refund
from bot.models.people import Person, Role
from bot.models.referrals import Arrival, Invitations
from bot.services._authority import require_here
from bot.services._clock import utc_now


class ReferralService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def invitations(self, *, me: Person) -> Invitations:
        """What those of ``me`` came to, and what the next one brings."""
        async with self._db.reading() as repos:
            return await repos.referrals.invitations(me.id)

    async def arrive(self, referrer_id: int, *, me: Person) -> Arrival:
        """``me`` has opened that member's link: keep it, once and for good, if they are new.

        Counted is who is no member, holds no post, and has never bought or paid anything; and only
        while the club gives a reward.

        Raises:
            PersonGone: deleted a moment ago.
        """
        if referrer_id == me.id:
            return Arrival.OWN
        async with self._db.transaction() as tx:
            friend = await require_here(tx, me)
            if friend.role >= Role.MEMBER or await tx.referrals.has_bought(me.id):
                return Arrival.NOT_COUNTED
            referrer = await tx.people.find(referrer_id)
            rules = await tx.subscription_rules.get()
            if referrer and referrer.role >= Role.MEMBER and rules.referral_reward_paise:
                await tx.referrals.add(me.id, referrer_id=referrer_id, at=self._now())
            counted = await tx.referrals.find_referrer_id(me.id) == referrer_id
        return Arrival.COUNTED if counted else Arrival.NOT_COUNTED

    async def reward_of_notice(self, notice: Notice) -> Payment | None:
        async with self._db.reading() as repos:
            return await repos.payments.find(notice.subject_id or 0)

    async def taken_back_of_notice(self, notice: Notice) -> Refund | None:
        async with self._db.reading() as repos:
            return await repos.payments.find_refund(notice.subject_id or 0)
