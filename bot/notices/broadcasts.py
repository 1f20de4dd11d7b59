"""A broadcast as its recipients read it, and as its admin watches it on its way."""

from bot.models.notices import Notice
from bot.models.templates import Placeholder
from bot.replies import Attachment, Reply
from bot.services import Services
from bot.texts.templates import fill, first_name


async def letter(notice: Notice, services: Services) -> Reply | None:
    """Nothing once it was taken back, and nothing to the banned."""
    found = await services.recipients.letter(notice)
    if found is None:
        return None
    content, name = found.content, found.name
    values = {
        Placeholder.NAME: name,
        Placeholder.FIRST_NAME: first_name(name),
        Placeholder.CLUB: found.club,
    }
    attachment = (
        Attachment(kind=content.file_kind, file_id=content.file_id) if content.file_kind else None
    )
    return Reply(text=fill(content.html, values), attachment=attachment, fresh=True)
