"""For members who came in after their subscription ended, or could not: how to renew."""

from bot.keyboards import my_subscription as keyboards
from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import visits as texts


async def renewal(notice: Notice, services: Services) -> Reply | None:
    shown = await services.visits.renewal(notice)
    return say(texts.renewal(shown), keyboards.renew(shown.standing)) if shown else None
