"""➕ Request payment: money that nobody has asked for, from its amount to the ways to pay."""

from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import claims as keyboards
from bot.keyboards.claims import ReportPayment
from bot.models.people import Person
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._forms import advance, answers, begin, last_step
from bot.routers.claims import parse, screens
from bot.services import amounts
from bot.services.dues import DueService
from bot.states.claims import PayForm
from bot.texts import claims as texts


async def ask_amount(
    _query: CallbackQuery,
    callback_data: ReportPayment,
    state: FSMContext,
    me: Person,
    dues: DueService,
) -> Reply:
    """Who has reported such a payment already sees that."""
    if waiting := await dues.waiting_advance(me):
        return replace(screens.reported(waiting), fresh=callback_data.anew)
    await begin(state, PayForm.amount)
    return replace(show(texts.ASK_AMOUNT, keyboards.advance()), fresh=callback_data.anew)


async def take_amount(message: Message, state: FSMContext) -> Reply:
    paise = amounts.amount(_parse.words(message.text, limit=parse.CHARACTERS))
    await advance(state, PayForm.purpose, due_paise=paise)
    return show(texts.ask_purpose(paise), keyboards.advance())


async def take_purpose(message: Message, state: FSMContext, me: Person, dues: DueService) -> Reply:
    form = await answers(state, "due_paise")
    purpose = " ".join(_parse.words(message.text, limit=parse.PURPOSE_CHARACTERS).split())
    with last_step():
        payable = await dues.advance(form["due_paise"], purpose, me=me)
    return await screens.ways(payable, state)
