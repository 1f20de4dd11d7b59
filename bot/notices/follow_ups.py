"""What members who stay away hear, and everybody on their birthday."""

from bot.keyboards import follow_ups as keyboards
from bot.models.follow_ups import Greeting
from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import follow_ups as texts


async def follow_up(notice: Notice, services: Services) -> Reply | None:
    return await _drawn(await services.follow_ups.greeting(notice), services)


async def birthday(notice: Notice, services: Services) -> Reply | None:
    return await _drawn(await services.birthdays.greeting(notice), services)


async def _drawn(greeting: Greeting | None, services: Services) -> Reply | None:
    if greeting is None:
        return None
    return say(texts.message(greeting, await services.club.get()), keyboards.under_message())
