"""Credit spent on an invoice."""

from datetime import datetime

from bot.db.database import Repos
from bot.errors.claims import ClaimWaiting
from bot.errors.invoices import InvoiceGone
from bot.errors.payments import CreditChanged, NoCredit, NothingDue
from bot.models.audit import AuditAction
from bot.models.payments import Account, Allocation, settle
from bot.models.people import Person, Role
from bot.services._accounts import account_of, allocate, hold_account


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
    made = await _settling(tx, account, invoice_id)
    spent = sum(each.amount_paise for each in made)
    if seen_paise is not None and seen_paise != spent:
        raise CreditChanged(credit_paise=spent)
    await allocate(tx, made, account, by=me, now=now)
    await tx.audit.add(
        AuditAction.CREDIT_USED,
        by=me,
        subject_id=account.person_id,
        after={"number": invoice.number, "total_paise": spent},
    )
    return spent


async def _hold(tx: Repos, account: Account, by: Person) -> Person:
    if account.person_id == by.id:
        return await tx.people.hold(by.id) or by
    if by.role < Role.ADMIN:
        raise InvoiceGone
    return await hold_account(tx, account, by=by)


async def _settling(tx: Repos, account: Account, invoice_id: int) -> list[Allocation]:
    dues = [due for due in await tx.payments.dues(account) if due.invoice_id == invoice_id]
    if not dues:
        raise NothingDue
    made = settle(dues, await tx.payments.unused(account))
    if not made:
        raise NoCredit
    return made
