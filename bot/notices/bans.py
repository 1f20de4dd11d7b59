"""What a person hears of their ban, and of its end."""

from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import bans as texts


async def banned(notice: Notice, services: Services) -> Reply | None:
    """Nothing, if an answer of ours has told them already or the ban has ended."""
    teller = f"notice:{notice.id}"
    reason = await services.bans.claim_ban_notice(notice.recipient_id, teller=teller)
    return say(texts.banned(reason)) if reason is not None else None


async def unbanned(notice: Notice, services: Services) -> Reply | None:
    person = await services.notices.recipient(notice)
    return say(texts.UNBANNED) if person and not person.is_banned else None
