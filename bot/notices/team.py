"""Telling people that their office changed."""

from bot.keyboards import common as keyboards
from bot.models.notices import Notice
from bot.models.people import Office
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import team as texts


async def office_changed(notice: Notice, services: Services) -> Reply | None:
    """Silent when the office has changed again since: the later notice tells what holds."""
    person = await services.notices.recipient(notice)
    to, was = _office(notice.payload["office"]), _office(notice.payload["was"])
    if person is None or person.office is not to:
        return None
    return say(texts.told(to, was), keyboards.only_menu())


def _office(name: str | None) -> Office | None:
    return Office(name) if name else None
