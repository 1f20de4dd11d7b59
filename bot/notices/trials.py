"""For admins: a member has begun the free trial."""

from bot.keyboards import trials as keyboards
from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import trials as texts


async def begun(notice: Notice, services: Services) -> Reply | None:
    news = await services.trials.news(notice)
    return say(texts.news(news), keyboards.news(news)) if news else None
