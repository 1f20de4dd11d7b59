"""An invoice that its member does not accept: looked at, let stand."""

from aiogram.types import CallbackQuery

from bot.keyboards import verifications as keyboards
from bot.keyboards.verifications import LetStand, OpenRejection
from bot.models.people import Person
from bot.replies import Reply, show
from bot.services.club import ClubService
from bot.services.rejections import RejectionService
from bot.texts import rejections as texts


async def show_card(
    _query: CallbackQuery,
    callback_data: OpenRejection,
    rejections: RejectionService,
    club: ClubService,
) -> Reply:
    found, zone = await rejections.get(callback_data.rejection_id), (await club.get()).zone
    return show(texts.card(found, zone), keyboards.not_accepted(found, queued=True))


async def let_stand(
    _query: CallbackQuery,
    callback_data: LetStand,
    me: Person,
    rejections: RejectionService,
    club: ClubService,
) -> Reply:
    made = await rejections.let_stand(callback_data.rejection_id, by=me)
    zone = (await club.get()).zone
    return Reply(
        text=texts.card(made.rejection, zone),
        keyboard=keyboards.not_accepted(made.rejection, queued=callback_data.queued),
        toast=texts.settled(made, zone),
        alert=not made.stands,
    )
