"""A person's card as a screen, for the features whose buttons stand under it."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.keyboards import members as keyboards
from bot.models.people import Person
from bot.replies import Reply, show
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.texts import members as texts


async def card(person_id: int, *, me: Person, members: MemberService, club: ClubService) -> Reply:
    """The card as it is now, with what ``me`` may do.

    Raises:
        PersonGone: deleted.
    """
    shown = await members.card(person_id)
    facts = await club.get()
    today = facts.day(datetime.now(UTC))
    return show(texts.card(shown, facts.zone, today), keyboards.card(shown, me, today))


async def below(person_id: int, *, me: Person, members: MemberService, club: ClubService) -> Reply:
    """The same below a screen that waits for a decision.

    Raises:
        PersonGone: as in ``card``.
    """
    return replace(await card(person_id, me=me, members=members, club=club), fresh=True)
