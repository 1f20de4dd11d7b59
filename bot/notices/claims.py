"""Reported payments for admins, decisions for members; what is asked for, what is not accepted."""

from bot.keyboards import claims as keyboards
from bot.models.claims import ClaimStatus, RequestStatus
from bot.models.notices import Notice
from bot.models.people import Role
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import approvals as card_texts
from bot.texts import claims as texts


async def card(notice: Notice, services: Services) -> Reply | None:
    """Nothing to somebody who is no admin any more, nor of what was decided before it was sent."""
    admin = await services.notices.recipient(notice)
    found = await services.claims.find_card(notice.subject_id or 0)
    drawn = notice.message_id is not None
    if admin is None or admin.role < Role.ADMIN:
        return say(card_texts.NOT_YOURS) if drawn else None
    if found is None or (not drawn and found.claim.status is not ClaimStatus.WAITING):
        return None
    return say(texts.card(found))


async def rejected(notice: Notice, services: Services) -> Reply | None:
    found = await services.claims.find_card(notice.subject_id or 0)
    if found is None:
        return None
    return say(texts.rejected(found.claim), keyboards.pay_again(found.claim))


async def asked(notice: Notice, services: Services) -> Reply | None:
    request = await services.payment_requests.of_notice(notice)
    if request is None:
        return None
    if request.status is RequestStatus.OPEN:
        return say(texts.asked(request), keyboards.below_request(request))
    drawn = notice.message_id is not None
    is_cancelled = request.status is RequestStatus.CANCELLED
    return say(texts.asked_no_longer(request)) if drawn and is_cancelled else None


async def not_accepted(notice: Notice, services: Services) -> Reply | None:
    """As ``card``."""
    admin = await services.notices.recipient(notice)
    rejection = await services.rejections.of_notice(notice)
    drawn = notice.message_id is not None
    if admin is None or admin.role < Role.ADMIN:
        return say(card_texts.NOT_YOURS) if drawn else None
    if rejection is None or (not drawn and rejection.settled_at is not None):
        return None
    return say(texts.not_accepted(rejection))


async def stands(notice: Notice, services: Services) -> Reply | None:
    rejection = await services.rejections.of_notice(notice)
    if rejection is None:
        return None
    return say(texts.stands(rejection), keyboards.pay_invoice(rejection.invoice_id))
