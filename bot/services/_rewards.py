"""The reward for an invitation: given with the friend's first money, taken back with it.

It is booked as a payment of a kind of its own. Credit is what is unused of payments, and all that
spends, shows, states or checks credit asks the payments; so a reward is spent and checked like any
other credit, without a second source of it everywhere. But no money moved: it has no method, no
receipt and no number of a receipt, stands on its own account of the books, is not among what was
received, and is never paid out.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from bot.db.database import Repos
from bot.models import books
from bot.models.audit import AuditAction
from bot.models.books import Entry, EntryKind
from bot.models.notices import NoticeKind
from bot.models.payments import Account, NewRefund, RefundKind, Unused
from bot.models.people import Person
from bot.models.referrals import REWARD_PREFIXES, TAKEN_BACK_PREFIXES, NewReward, Reward
from bot.services._series import next_number

_REASON: Final = "the friend's payment went back"
_OPERATIONS: Final = UUID("0a3f8f0e-6c0c-5b5e-9a55-2f8f9d6d1c25")  # a name space of ours


async def reward_for(
    tx: Repos, payment_id: int, *, of: int | None, by: Person, now: datetime
) -> None:
    """Give whoever invited ``of`` their reward, if this payment is the first money of ``of``.

    Once per friend: the account of the friend is locked, and the database counts. The reward is
    that of the club's rule as it is now.

    Raises:
        SeriesFull: the year's numbers are used up.
    """
    if of is None:
        return
    referrer_id = await tx.referrals.find_earner(of, payment_id=payment_id)
    paise = (await tx.subscription_rules.get()).referral_reward_paise if referrer_id else 0
    if referrer_id is None or not paise:
        return
    new = NewReward(
        numbered=await next_number(tx, REWARD_PREFIXES, at=now, zone=(await tx.club.get()).zone),
        operation_id=uuid5(_OPERATIONS, f"for:{payment_id}"),
        referrer_id=referrer_id,
        friend_id=of,
        for_payment_id=payment_id,
        paise=paise,
        at=now,
        by=by.id,
    )
    await _give(tx, new, by=by)


async def take_back_rewards(
    tx: Repos, payment_ids: Sequence[int], *, by: Person, now: datetime
) -> None:
    """Take back what was given for those of these payments that have gone back whole.

    Only what is left of the reward itself: what the referrer has paid themselves is theirs. What is
    spent stays spent, and the audit log says so. ``hold_account`` has locked the referrer.

    Raises:
        SeriesFull: the year's numbers are used up.
    """
    for reward in await tx.referrals.list_forfeit(payment_ids):
        if reward.unused_paise:
            await _take_back(tx, reward, by=by, now=now)
        if spent := reward.paise - reward.unused_paise:
            await tx.audit.add(
                AuditAction.REWARD_SPENT,
                by=by,
                subject_id=reward.referrer_id,
                after={"number": reward.number, "total_paise": spent},
            )


async def _give(tx: Repos, new: NewReward, *, by: Person) -> None:
    reward_id = await tx.referrals.add_reward(new)
    await tx.books.add(
        Entry(
            kind=EntryKind.PAYMENT,
            document_id=reward_id,
            account=Account(person_id=new.referrer_id),
            booked_at=new.at,
            postings=books.of_reward(new.paise),
        )
    )
    await tx.audit.add(
        AuditAction.REWARD_GIVEN,
        by=by,
        subject_id=new.referrer_id,
        after={"number": new.numbered.number, "total_paise": new.paise},
    )
    await tx.notices.add(
        NoticeKind.REWARD_GIVEN,
        to=new.referrer_id,
        subject_id=reward_id,
        dedupe_key=f"{NoticeKind.REWARD_GIVEN}:{reward_id}",
    )


async def _take_back(tx: Repos, reward: Reward, *, by: Person, now: datetime) -> None:
    zone = (await tx.club.get()).zone
    account = Account(person_id=reward.referrer_id)
    new = NewRefund(
        numbered=await next_number(tx, TAKEN_BACK_PREFIXES, at=now, zone=zone),
        operation_id=uuid5(_OPERATIONS, f"back:{reward.payment_id}"),
        kind=RefundKind.TAKEN_BACK,
        account=account,
        reason=_REASON,
        lines=(),
        sources=(Unused(payment_id=reward.payment_id, unused_paise=reward.unused_paise),),
        refunded_at=now,
        recorded_by=by.id,
    )
    refund_id = await tx.payments.add_refund(new)
    await tx.books.add(
        Entry(
            kind=EntryKind.REFUND,
            document_id=refund_id,
            account=account,
            booked_at=now,
            postings=books.of_reward(-new.total_paise),
        )
    )
    await tx.audit.add(
        AuditAction.REWARD_TAKEN_BACK,
        by=by,
        subject_id=reward.referrer_id,
        after={"number": new.numbered.number, "total_paise": new.total_paise},
    )
    await tx.notices.add(
        NoticeKind.REWARD_TAKEN_BACK,
        to=reward.referrer_id,
        subject_id=refund_id,
        dedupe_key=f"{NoticeKind.REWARD_TAKEN_BACK}:{refund_id}",
    )
