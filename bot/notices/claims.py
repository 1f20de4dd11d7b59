"""For members: what becomes of payments they reported, and what the club asks them for."""

from bot.keyboards import claims as keyboards
from bot.models.claims import RequestStatus
from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import claims as texts


async def rejected(notice: Notice, services: Services) -> Reply | None:
    found = await services.claims.find_card(notice.subject_id or 0)
    if found is None:
        return None
    return say(texts.rejected(found), keyboards.pay_again(found.claim))


async def asked(notice: Notice, services: Services) -> Reply | None:
    request = await services.payment_requests.of_notice(notice)
    if request is None:
        return None
    if request.status is not RequestStatus.OPEN:
        return say(texts.asked_no_longer(request)) if notice.message_id else None
    return say(texts.asked(request), keyboards.below_request(request))


async def stands(notice: Notice, services: Services) -> Reply | None:
    rejection = await services.rejections.of_notice(notice)
    if rejection is None:
        return None
    return say(texts.stands(rejection), keyboards.pay_invoice(rejection.invoice_id))
