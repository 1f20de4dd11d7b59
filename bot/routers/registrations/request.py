"""What becomes of the answers: submitted, shown, edited, withdrawn."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.keyboards import common
from bot.keyboards import registrations as keyboards
from bot.keyboards.registrations import (
    EditRegistration,
    SubmitRegistration,
    WithdrawRegistration,
)
from bot.models.people import Person
from bot.models.registrations import Answer, Applicant, Consent, Registration, RegistrationStatus
from bot.replies import Reply, show
from bot.routers._forms import begin, finish
from bot.routers.registrations.steps import applicant, ask, proceed
from bot.services.club import ClubService
from bot.services.registrations import RegistrationService
from bot.states.registrations import RegistrationForm
from bot.texts import registrations as texts


async def register(
    _event: Message | CallbackQuery,
    me: Person,
    state: FSMContext,
    registrations: RegistrationService,
    club: ClubService,
) -> Reply:
    """Ask the first question; whoever has asked already sees their request."""
    if request := await registrations.open_request(of=me):
        return show(texts.waiting(request, await club.get()), keyboards.waiting(request.id))
    await begin(state, RegistrationForm.full_name)
    return ask(Answer.FULL_NAME, changing=False)


async def submit(
    _query: CallbackQuery,
    callback_data: SubmitRegistration,
    me: Person,
    state: FSMContext,
    registrations: RegistrationService,
    club: ClubService,
) -> Reply:
    """Send the review; its button pressed again shows the same outcome."""
    found = await _reviewed(state, callback_data.operation_id)
    made = await registrations.submit(
        applicant(found) if found else None,
        by=me,
        operation_id=callback_data.operation_id,
        replaces=found.get("replaces"),
    )
    if found:
        await finish(state)
    return show(texts.submitted(made, await club.get()), _after(made))


async def edit(
    _query: CallbackQuery,
    callback_data: EditRegistration,
    me: Person,
    state: FSMContext,
    registrations: RegistrationService,
) -> Reply:
    request = await registrations.request_to_edit(callback_data.registration_id, of=me)
    await begin(state, RegistrationForm.review, replaces=request.id, **_kept(request.applicant))
    return await proceed(state)


async def withdraw(
    _query: CallbackQuery,
    callback_data: WithdrawRegistration,
    me: Person,
    registrations: RegistrationService,
) -> Reply:
    await registrations.withdraw(callback_data.registration_id, by=me)
    return show(texts.WITHDRAWN, keyboards.register_again())


async def _reviewed(state: FSMContext, operation_id: UUID) -> dict[str, Any]:
    """The answers of that very review; nothing once it is closed or another one is shown."""
    found = await state.get_data()
    return found if found.get("operation_id") == str(operation_id) else {}


def _kept(asked: Applicant) -> dict[str, Any]:
    """The answers as the form holds them; consent was given when they were sent."""
    consent = Consent.needed_at(asked.age)
    return {**asdict(asked), "gender": asked.gender.value, "consent": consent.value}


def _after(made: Registration) -> InlineKeyboardMarkup:
    match made.status:
        case RegistrationStatus.PENDING:
            return keyboards.waiting(made.id)
        case RegistrationStatus.APPROVED:
            return common.only_menu()
        case _:
            return keyboards.register_again()
