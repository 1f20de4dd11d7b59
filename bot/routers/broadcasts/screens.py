"""A broadcast as a screen: the draft as its readers will get it, or how far it has come."""

from dataclasses import replace

from bot.keyboards import broadcasts as keyboards
from bot.models.broadcasts import BroadcastCard, Letter
from bot.models.people import Person
from bot.notices.broadcasts import on_its_way, written
from bot.replies import Reply
from bot.services.broadcasts import BroadcastService
from bot.services.club import ClubService
from bot.texts import broadcasts as texts


async def screen(
    broadcast_id: int, *, me: Person, broadcasts: BroadcastService, club: ClubService
) -> Reply:
    """One as it is now.

    Raises:
        BroadcastGone: discarded, or never there.
    """
    return await drawn(await broadcasts.card(broadcast_id), me, club)


async def newest_instead(
    broadcast_id: int,
    revision: int,
    *,
    me: Person,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply | None:
    """What to show whoever pressed a button under an older text; ``None``: it is the newest.

    Raises:
        BroadcastGone: discarded, or never there.
    """
    card = await broadcasts.card(broadcast_id)
    if not card.broadcast.status.is_open or card.broadcast.revision == revision:
        return None
    shown = await drawn(card, me, club)
    return replace(shown, toast=texts.CHANGED, alert=True, fresh=shown.attachment is not None)


async def drawn(card: BroadcastCard, me: Person, club: ClubService) -> Reply:
    facts = await club.get()
    if card.broadcast.started_at:
        return on_its_way(card, facts.zone)
    letter = Letter(content=card.broadcast.content, name=me.name, club=facts.name)
    return replace(written(letter), keyboard=keyboards.draft(card, facts.zone), fresh=False)
