"""Credit spent on invoices."""

from collections.abc import Sequence
from datetime import datetime

from bot.db.database import Repos
from bot.errors.claims import ClaimWaiting
from bot.errors.invoices import InvoiceGone
from bot.errors.payments import CreditChanged, NoCredit, NothingDue
from bot.models.audit import AuditAction
from bot.models.payments import Account, Allocation, Due, settle
from bot.models.people import Person, Role
from bot.services._accounts import account_of, allocate, hold_account


async def credit_of(repos: Repos, account: Account) -> int:
    """What is unused of its payments, in paise."""
    return sum(each.unused_paise for each in await repos.payments.unused(account))


async def use_credit(
    tx: Repos, invoice_id: int, *, by: Person, seen_paise: int | None, now: datetime
) -> int:
    """See ``PaymentService.use_credit``."""
    invoice = await tx.invoices.find(invoice_id)
    if invoice is None:
        raise InvoiceGone
    account = account_of(invoice)
    me = await _hold(tx, account, by)
    done = await tx.audit.find_own(AuditAction.CREDIT_USED, subject_id=account.person_id or 0)
    if done:
        return int(done["total_paise"])
    if account.person_id == by.id and await tx.claims.is_waiting(invoice_id):
        raise ClaimWaiting
    dues = [due for due in await tx.payments.dues(account) if due.invoice_id == invoice_id]
    made = await settling(tx, account, dues)
    spent = sum(each.amount_paise for each in made)
    if seen_paise is not None and seen_paise != spent:
        raise CreditChanged(credit_paise=spent)
    await spend(tx, account, made, dues, by=me, now=now)
    return spent


async def settling(tx: Repos, account: Account, dues: Sequence[Due]) -> list[Allocation]:
    """What the credit of a locked account comes to on these, the oldest of both first.

    Raises:
        NothingDue: there are none.
        NoCredit: the account has none.
    """
    if not dues:
        raise NothingDue
    made = settle(dues, await tx.payments.unused(account))
    if not made:
        raise NoCredit
    return made


async def spend(  # noqa: PLR0913 -- what is spent, on what, by whom
    tx: Repos,
    account: Account,
    made: Sequence[Allocation],
    dues: Sequence[Due],
    *,
    by: Person,
    now: datetime,
) -> None:
    """Book what ``settling`` came to."""
    await allocate(tx, made, account, by=by, now=now)
    settled = {each.invoice_id for each in made}
    await tx.audit.add(
        AuditAction.CREDIT_USED,
        by=by,
        subject_id=account.person_id,
        after={
            "number": ", ".join(due.number for due in dues if due.invoice_id in settled),
            "total_paise": sum(each.amount_paise for each in made),
        },
    )


async def _hold(tx: Repos, account: Account, by: Person) -> Person:
    if account.person_id == by.id:
        return await tx.people.hold(by.id) or by
    if by.role < Role.ADMIN:
        raise InvoiceGone
    return await hold_account(tx, account, by=by)
