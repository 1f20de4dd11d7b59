"""An upgrade approved: what runs ends, its unused days are credited, and that pays the new bill."""

from datetime import date, datetime
from typing import Any, Final

from bot.db.database import Repos
from bot.errors.activations import UpgradeChanged
from bot.models.payments import Account, Unused, settle
from bot.models.people import Person
from bot.models.purchases import Decision, Purchase
from bot.models.subscriptions import Change, ChangeKind
from bot.models.upgrades import Replaced
from bot.services._credit import spend
from bot.services._subscription_changes import change_one
from bot.services._worth import credit_back, replaced_by

_REASON: Final = "Upgrade"  # of the credit note, as it is printed


def check_replaced(replaced: Replaced, decision: Decision, *, is_looked_at: bool) -> None:
    """What an admin has not looked at is approved only as the member was shown it.

    Raises:
        UpgradeChanged.
    """
    if decision.credit_paise != replaced.credit_paise:
        raise UpgradeChanged
    if replaced.short_paise and not is_looked_at:
        raise UpgradeChanged


async def end_replaced(
    tx: Repos, purchase: Purchase, *, by: Person, now: datetime, today: date
) -> list[Unused]:
    """Credit the unused days and end what runs with yesterday; returns what of it was paid.

    Raises:
        NotCreditable, SeriesFull.
    """
    replaced = await replaced_by(tx, purchase, today=today)
    if replaced is None:
        return []
    known: dict[str, Any] = {
        "by": by,
        "now": now,
        "operation_id": await tx.purchases.operation_id(purchase.id),
    }
    freed: list[Unused] = []
    paise = replaced.credit_paise
    if paise and replaced.invoice_id:
        freed = await credit_back(tx, replaced.invoice_id, paise, reason=_REASON, **known)
    term = replaced.subscription.term
    if not term.is_cancelled and term.last_day >= today:
        change = Change(id=0, kind=ChangeKind.CANCEL, on=today)
        used = sum(each.unused_paise for each in freed)
        told = {"upgraded": True, "credited_paise": paise, "used_paise": used}
        await change_one(tx, replaced.subscription, change, told=told, **known)
    return freed


async def use_freed(  # noqa: PLR0913 -- what is spent, on what, by whom
    tx: Repos,
    purchase: Purchase,
    invoice_id: int,
    freed: list[Unused],
    *,
    by: Person,
    now: datetime,
) -> None:
    """What was paid for unused days pays the new bill; more than it asks stays credit."""
    account = Account(person_id=purchase.person_id)
    dues = [due for due in await tx.payments.dues(account) if due.invoice_id == invoice_id]
    if made := settle(dues, freed):
        await spend(tx, account, made, dues, by=by, now=now)
