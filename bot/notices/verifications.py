"""For admins: a payment that a member reports, an invoice that a member does not accept."""

from bot.keyboards import verifications as keyboards
from bot.models.claims import ClaimStatus
from bot.models.notices import Notice
from bot.models.people import Role
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import approvals as card_texts
from bot.texts import rejections as rejection_texts
from bot.texts import verifications as texts


async def card(notice: Notice, services: Services) -> Reply | None:
    """Nothing to somebody who is no admin any more, nor of what was decided before it was sent."""
    admin = await services.notices.recipient(notice)
    found = await services.claims.find_card(notice.subject_id or 0)
    drawn = notice.message_id is not None
    if admin is None or admin.role < Role.ADMIN:
        return say(card_texts.NOT_YOURS) if drawn else None
    if found is None or (not drawn and found.claim.status is not ClaimStatus.WAITING):
        return None
    return say(texts.card(found, (await services.club.get()).zone), keyboards.card(found))


async def not_accepted(notice: Notice, services: Services) -> Reply | None:
    """As ``card``."""
    admin = await services.notices.recipient(notice)
    rejection = await services.rejections.of_notice(notice)
    drawn = notice.message_id is not None
    if admin is None or admin.role < Role.ADMIN:
        return say(card_texts.NOT_YOURS) if drawn else None
    if rejection is None or (not drawn and rejection.settled_at is not None):
        return None
    shown = rejection_texts.card(rejection, (await services.club.get()).zone)
    return say(shown, keyboards.not_accepted(rejection))
