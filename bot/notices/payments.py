"""What a person is told of their money: received, given back, credited."""

from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import credit_notes as note_texts
from bot.texts import payments as texts


async def booked(notice: Notice, services: Services) -> Reply | None:
    payment = await services.payments.of_notice(notice)
    if payment is None:
        return None
    return say(texts.booked(payment, (await services.club.get()).zone))


async def given_back(notice: Notice, services: Services) -> Reply | None:
    refund = await services.payments.refund_of_notice(notice)
    if refund is None:
        return None
    return say(texts.given_back(refund, (await services.club.get()).zone))


async def credited(notice: Notice, services: Services) -> Reply | None:
    note = await services.credit_notes.of_notice(notice)
    if note is None:
        return None
    return say(note_texts.issued(note, (await services.club.get()).zone))
