"""The free trial of a member: shown, and begun with one tap."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.keyboards import trials as keyboards
from bot.keyboards.purchases import OpenTrial
from bot.keyboards.trials import BeginTrial
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers._filters import May
from bot.services.trials import TrialService
from bot.texts import trials as texts


def build_router() -> Router:
    """Whoever is no member is told what to do first, by the service."""
    router = Router(name="trials")
    anybody, press = May(Role.VISITOR), router.callback_query.register
    press(show_offer, OpenTrial.filter(), anybody)
    press(begin, BeginTrial.filter(), anybody)
    return router


async def show_offer(_query: CallbackQuery, me: Person, trials: TrialService) -> Reply:
    shown = await trials.offer(me=me)
    return show(texts.offer(shown), keyboards.offer(shown))


async def begin(
    _query: CallbackQuery, callback_data: BeginTrial, me: Person, trials: TrialService
) -> Reply:
    made = await trials.begin(callback_data.seen, me=me)
    return show(texts.begun(made), keyboards.begun())
