"""What owners hear of the work in the background: only what went wrong."""

from bot.keyboards import jobs as keyboards
from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import jobs as texts


async def dead(notice: Notice, _services: Services) -> Reply:
    return say(texts.died(notice.payload["kind"], notice.payload["error"]), keyboards.to_dead())


async def rows_broken(notice: Notice, _services: Services) -> Reply:
    return say(texts.rows_broken(notice.payload["broken"]))
