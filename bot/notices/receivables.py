"""What a person is reminded of: what is due."""

from bot.keyboards.claims import only_dues
from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import receivables as texts


async def due(notice: Notice, services: Services) -> Reply | None:
    reminder = await services.dues_reminders.reminder(notice)
    return say(texts.due(reminder), only_dues()) if reminder else None
