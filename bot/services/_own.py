"""What is somebody's own, and still to be paid: asked wherever they may do something about it."""

from bot.db.database import Repos
from bot.errors import NotAllowed
from bot.errors.claims import RequestGone
from bot.errors.invoices import InvoiceGone
from bot.errors.payments import NothingDue
from bot.models.claims import PaymentRequest, RequestStatus
from bot.models.invoices import Invoice
from bot.models.people import Person, Role


async def due_invoice(repos: Repos, invoice_id: int, me: Person) -> tuple[Invoice, int]:
    """Theirs, and what is due on it, in paise.

    Raises:
        InvoiceGone: never there, or somebody else's.
        NothingDue: it is settled.
    """
    invoice = await repos.invoices.find(invoice_id)
    if invoice is None or invoice.person_id != me.id:
        raise InvoiceGone
    due_paise = await repos.invoices.due(invoice_id)
    if due_paise <= 0:
        raise NothingDue
    return invoice, due_paise


async def open_request(repos: Repos, request_id: int, me: Person) -> PaymentRequest:
    """The club's, to them.

    Raises:
        RequestGone: paid, cancelled, never there, or to somebody else.
    """
    request = await repos.payment_requests.find(request_id)
    is_mine = request is not None and request.person_id == me.id
    if request is None or not is_mine or request.status is not RequestStatus.OPEN:
        raise RequestGone
    return request


async def may_report(repos: Repos, me: Person) -> bool:
    """Whether they may report money that nobody has asked for."""
    return me.role >= Role.MEMBER or await repos.invoices.count(of=me.id) > 0


async def require_customer(repos: Repos, me: Person) -> None:
    """Raises NotAllowed: who is no member and was never billed owes the club nothing."""
    if not await may_report(repos, me):
        raise NotAllowed(role=Role.MEMBER.name.lower())
