"""What a member may report to have paid."""

from bot.db.database import Repos
from bot.errors import NotAllowed
from bot.errors.claims import MoreThanDue, RequestGone
from bot.errors.invoices import InvoiceGone
from bot.errors.payments import NothingDue
from bot.models.claims import NewClaim, RequestStatus
from bot.models.payments import total
from bot.models.people import Person, Role
from bot.services.dues import may_report


async def check(tx: Repos, new: NewClaim, me: Person) -> None:
    """What it is about is theirs, and asks for so much; see ``ClaimService.submit``."""
    due_paise = None
    if new.invoice_id is not None:
        due_paise = await _due_on_invoice(tx, new.invoice_id, me)
    elif new.request_id is not None:
        due_paise = await _due_on_request(tx, new.request_id, me)
    elif not await may_report(tx, me):
        raise NotAllowed(role=Role.MEMBER.name.lower())
    if due_paise is not None and total(new.lines) > due_paise:
        raise MoreThanDue(due_paise=due_paise)


async def _due_on_invoice(tx: Repos, invoice_id: int, me: Person) -> int:
    invoice = await tx.invoices.find(invoice_id)
    if invoice is None or invoice.person_id != me.id:
        raise InvoiceGone
    due_paise = await tx.invoices.due(invoice_id)
    if due_paise <= 0:
        raise NothingDue
    return due_paise


async def _due_on_request(tx: Repos, request_id: int, me: Person) -> int:
    request = await tx.payment_requests.find(request_id)
    is_mine = request is not None and request.person_id == me.id
    if request is None or not is_mine or request.status is not RequestStatus.OPEN:
        raise RequestGone
    return request.amount_paise
