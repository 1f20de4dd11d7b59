"""Purchases for admins, decisions and changes for members."""

from bot.keyboards.purchases import choose_again
from bot.models.notices import Notice
from bot.models.people import Role
from bot.models.purchases import PurchaseStatus
from bot.models.subscriptions import ChangeKind
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import approvals as card_texts
from bot.texts import subscriptions as texts


async def card(notice: Notice, services: Services) -> Reply | None:
    """Nothing to somebody who is no admin any more, nor of what was decided before it was sent."""
    admin = await services.notices.recipient(notice)
    found = await services.purchases.find_card(notice.subject_id or 0)
    drawn = notice.message_id is not None
    if admin is None or admin.role < Role.ADMIN:
        return say(card_texts.NOT_YOURS) if drawn else None
    if found is None or (not drawn and found.purchase.status is not PurchaseStatus.WAITING):
        return None
    return say(texts.card(found))


async def rejected(notice: Notice, services: Services) -> Reply | None:
    found = await services.purchases.find_card(notice.subject_id or 0)
    return say(texts.rejected(found.purchase), choose_again()) if found else None


async def begun(notice: Notice, services: Services) -> Reply | None:
    return say(texts.begun(await services.subscriptions.find(notice.subject_id or 0)))


async def changed(notice: Notice, services: Services) -> Reply | None:
    subscription = await services.subscriptions.find(notice.subject_id or 0)
    kind, reason = ChangeKind(notice.payload["kind"]), str(notice.payload["reason"])
    return say(texts.changed(subscription, kind, reason))
