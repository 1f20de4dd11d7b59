"""What stories about invoices share: a registered business, a draft, an issued invoice."""

from dataclasses import replace
from types import SimpleNamespace
from uuid import uuid4

from bot.demo.business import BUSINESS
from bot.models.business import BusinessSetting
from bot.models.drafts import NewLine
from bot.models.items import ItemKind
from bot.services.drafts import DraftService
from bot.services.invoices import InvoiceService


async def registered(db, *items, **changes) -> None:
    """A business of Maharashtra that charges GST, on top of its prices, but for ``changes``.

    ``items`` get serials from 1 on.
    """
    set_up = replace(BUSINESS, **{"prices_inclusive": False, **changes})
    async with db.transaction() as tx:
        await tx.business.save(set_up, list(BusinessSetting))
        if items:
            await tx.items.add(list(items), operation_id=None)


def services_at(db, moment) -> SimpleNamespace:
    """Those that bill, as if it were then."""
    return SimpleNamespace(drafts=DraftService(db), invoices=InvoiceService(db, now=lambda: moment))


async def drafted(services, admin, buyer, *, rupees=1_500, name="Month", quantity=1) -> int:
    """A draft of one line; ``buyer``: a person, or the name of a walk-in customer."""
    drafts = services.drafts
    if isinstance(buyer, str):
        draft_id = await drafts.begin_for_walk_in(buyer, by=admin, operation_id=uuid4())
    else:
        draft_id = await drafts.begin_for(buyer.id, by=admin, operation_id=uuid4())
    line = await drafts.line_by_hand(
        name, ItemKind.FITNESS, round(rupees * 100), quantity=quantity, discount_bps=0
    )
    await drafts.add_line(draft_id, NewLine(operation_id=uuid4(), line=line), by=admin)
    return draft_id


async def billed(services, admin, buyer, **line) -> list:
    """What came of a draft: the entries of its invoices."""
    draft_id = await drafted(services, admin, buyer, **line)
    draft = (await services.drafts.review(draft_id, by=admin)).draft
    return await services.invoices.issue(draft_id, revision=draft.revision, by=admin)
