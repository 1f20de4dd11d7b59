"""A broadcast as its recipients read it, and as its admin watches it on its way."""

from zoneinfo import ZoneInfo

from bot.errors.broadcasts import BroadcastGone
from bot.keyboards import broadcasts as keyboards
from bot.models.broadcasts import BroadcastCard, Letter
from bot.models.notices import Notice
from bot.models.people import Role
from bot.models.templates import Placeholder
from bot.replies import Attachment, Reply, say, show
from bot.services import Services
from bot.texts import broadcasts_sent as texts
from bot.texts.templates import fill, first_name


async def letter(notice: Notice, services: Services) -> Reply | None:
    """Nothing once it was taken back, and nothing to the banned."""
    found = await services.recipients.letter(notice)
    return written(found) if found else None


async def progress(notice: Notice, services: Services) -> Reply | None:
    """Nothing to somebody who is no admin any more, nor of what was discarded meanwhile."""
    admin = await services.notices.recipient(notice)
    if admin is None or admin.role < Role.ADMIN:
        return say(texts.NOT_YOURS) if notice.message_id else None
    try:
        card = await services.broadcasts.card(notice.subject_id or 0)
    except BroadcastGone:
        return None
    if card.broadcast.started_at is None:
        return say(texts.not_started(card.broadcast), keyboards.to_draft(card.broadcast.id))
    return on_its_way(card, (await services.club.get()).zone)


def written(letter: Letter) -> Reply:
    """What one reader gets; a preview is the same."""
    content, name = letter.content, letter.name
    values = {
        Placeholder.NAME: name,
        Placeholder.FIRST_NAME: first_name(name),
        Placeholder.CLUB: letter.club,
    }
    attachment = (
        Attachment(kind=content.file_kind, file_id=content.file_id) if content.file_kind else None
    )
    return Reply(text=fill(content.html, values), attachment=attachment, fresh=True)


def on_its_way(card: BroadcastCard, zone: ZoneInfo) -> Reply:
    """The screen of one that was started."""
    return show(texts.progress(card, zone), keyboards.progress(card))
