"""A registration's card for the admins, and the decision for the applicant."""

from bot.keyboards import approvals as card_keyboards
from bot.keyboards import common
from bot.keyboards import registrations as keyboards
from bot.models.notices import Notice
from bot.models.people import Role
from bot.models.registrations import RegistrationStatus
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import approvals as card_texts
from bot.texts import registrations as texts


async def card(notice: Notice, services: Services) -> Reply | None:
    """Nothing to somebody who is no admin any more, nor of what was decided before it was sent."""
    admin = await services.notices.recipient(notice)
    found = await services.approvals.find_card(notice.subject_id or 0)
    drawn = notice.message_id is not None
    if admin is None or admin.role < Role.ADMIN:
        return say(card_texts.NOT_YOURS) if drawn else None
    if found is None:
        return say(card_texts.DELETED) if drawn else None
    if not drawn and found.registration.status is not RegistrationStatus.PENDING:
        return None
    return say(card_texts.card(found, await services.club.get()), card_keyboards.card(found))


async def decided(notice: Notice, services: Services) -> Reply | None:
    """Nothing to the banned, and nothing of what is gone."""
    found = await services.approvals.find_card(notice.subject_id or 0)
    if found is None or found.person.is_banned:
        return None
    club = await services.club.get()
    if found.registration.status is RegistrationStatus.APPROVED:
        return say(texts.welcome(club), common.only_menu())
    return say(texts.rejected(found.registration, club), keyboards.register_again())
