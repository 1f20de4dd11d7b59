"""The tax of what is paid ahead: as it comes, as invoices get it, as it goes back.

All of it on a locked account, in the transaction of the money.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.db.database import Repos
from bot.models.advances import AdvanceUse, OpenAdvance, advance_of
from bot.models.payments import Allocation, Unused
from bot.services._rates import rate_of_day


async def take_advance(
    tx: Repos, payment: Unused, made: Sequence[Allocation], *, now: datetime, for_fitness: bool
) -> None:
    """What ``made`` leaves of a payment that is being booked, by the settings of this moment."""
    paise = payment.unused_paise - sum(each.amount_paise for each in made)
    seller = await tx.business.get()
    if not seller.charges_gst or not paise:
        return
    today = (await tx.club.get()).day(now)
    usual_bps = seller.default_rate_bps
    rate_bps = await rate_of_day(tx, seller.service_sac, today, usual_bps=usual_bps)
    if advance := advance_of(paise, seller, rate_bps=rate_bps, for_fitness=for_fitness):
        await tx.advances.add(payment.payment_id, advance)


async def adjust(tx: Repos, allocation_id: int, made: Allocation) -> None:
    """What an invoice has just got of an advance; what it gives back is no advance any more."""
    if made.amount_paise < 0:
        return
    found = await tx.advances.list_open([made.payment_id])
    if (ahead := found.get(made.payment_id)) is None:
        return
    paise = ahead.adjusted(made.amount_paise)
    totals = ahead.advance.part(paise, used_paise=ahead.used_paise)
    use = AdvanceUse(payment_id=made.payment_id, totals=totals, allocation_id=allocation_id)
    await tx.advances.add_use(use)


async def advances_in(tx: Repos, sources: Sequence[Unused]) -> list[tuple[Unused, OpenAdvance]]:
    """What of these sources is an advance; ask before they are booked."""
    found = await tx.advances.list_open([each.payment_id for each in sources])
    parts = []
    for source in sources:
        ahead = found.get(source.payment_id)
        paise = ahead.refunded(source.unused_paise) if ahead else 0
        if ahead and paise:
            parts.append((Unused(payment_id=source.payment_id, unused_paise=paise), ahead))
    return parts


async def give_advances_back(
    tx: Repos, refund_id: int, parts: Sequence[tuple[Unused, OpenAdvance]]
) -> None:
    """Book ``advances_in`` of a refund."""
    for part, ahead in parts:
        totals = ahead.advance.part(part.unused_paise, used_paise=ahead.used_paise)
        use = AdvanceUse(payment_id=part.payment_id, totals=totals, refund_id=refund_id)
        await tx.advances.add_use(use)
