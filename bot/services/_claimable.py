"""What a member may report to have paid."""

from bot.db.database import Repos
from bot.errors.claims import MoreThanDue
from bot.models.claims import NewClaim
from bot.models.payments import total
from bot.models.people import Person
from bot.services import _own


async def check(tx: Repos, new: NewClaim, me: Person) -> None:
    """What it is about is theirs, and asks for so much; see ``ClaimService.submit``."""
    due_paise = None
    if new.invoice_id is not None:
        _, due_paise = await _own.due_invoice(tx, new.invoice_id, me)
    elif new.request_id is not None:
        due_paise = (await _own.open_request(tx, new.request_id, me)).amount_paise
    else:
        await _own.require_customer(tx, me)
    if due_paise is not None and total(new.lines) > due_paise:
        raise MoreThanDue(due_paise=due_paise)
