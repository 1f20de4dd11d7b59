"""For members: what was decided on their subscription, and what changed it."""

from bot.keyboards import claims as keyboards
from bot.keyboards.purchases import choose_again
from bot.models.notices import Notice
from bot.models.subscriptions import ChangeKind
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import subscriptions as texts


async def rejected(notice: Notice, services: Services) -> Reply | None:
    """Nothing to the banned, who cannot choose again."""
    found = await services.purchases.find_card(notice.subject_id or 0)
    if found is None or found.person.is_banned:
        return None
    return say(texts.rejected(found.purchase), choose_again())


async def begun(notice: Notice, services: Services) -> Reply | None:
    deal = await services.activations.deal(notice.subject_id or 0)
    due = deal.invoice_id if deal.due_paise else None
    return say(texts.begun(deal), keyboards.pay_invoice(due) if due else None)


async def changed(notice: Notice, services: Services) -> Reply | None:
    subscription = await services.subscriptions.find(notice.subject_id or 0)
    kind, reason = ChangeKind(notice.payload["kind"]), str(notice.payload["reason"])
    return say(texts.changed(subscription, kind, reason, notice.payload))
