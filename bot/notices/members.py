"""What an admin wrote to one person."""

from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import members as texts


async def from_the_club(notice: Notice, services: Services) -> Reply:
    club = await services.club.get()
    return say(texts.from_the_club(club.name, notice.payload["text"]))
