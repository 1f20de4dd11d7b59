"""What members hear when a subscription ends, and admins of who was locked."""

from bot.keyboards import my_subscription as keyboards
from bot.keyboards.common import only_menu
from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import expiry as texts
from bot.texts import follow_ups as follow_up_texts


async def reminder(notice: Notice, services: Services) -> Reply | None:
    greeting = await services.expiry.greeting(notice)
    if greeting is None:
        return None
    text = follow_up_texts.message(greeting, await services.club.get())
    return say(text, keyboards.renew())


async def locked(notice: Notice, services: Services) -> Reply | None:
    shown = await services.expiry.locked(notice)
    return say(texts.locked(shown), only_menu()) if shown else None
