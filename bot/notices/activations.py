"""For admins: a subscription that a member asks for."""

from bot.keyboards import activations as keyboards
from bot.models.notices import Notice
from bot.models.people import Role
from bot.models.purchases import PurchaseStatus
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import approvals as approval_texts
from bot.texts import purchase_cards as card_texts


async def card(notice: Notice, services: Services) -> Reply | None:
    """Nothing to somebody who is no admin any more, nor of what was decided before it was sent."""
    admin = await services.notices.recipient(notice)
    found = await services.purchases.find_card(notice.subject_id or 0)
    drawn = notice.message_id is not None
    if admin is None or admin.role < Role.ADMIN:
        return say(approval_texts.NOT_YOURS) if drawn else None
    if found is None or (not drawn and found.purchase.status is not PurchaseStatus.WAITING):
        return None
    return say(card_texts.card(found, (await services.club.get()).zone), keyboards.card(found))
