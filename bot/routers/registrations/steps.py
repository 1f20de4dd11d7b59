"""The form's steps: each keeps its answer and asks for what is still missing."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import registrations as keyboards
from bot.keyboards.registrations import ChangeAnswer, ChooseGender
from bot.models.people import Person
from bot.models.registrations import Answer, Applicant, Consent, Gender
from bot.replies import Reply, ask_with_keys, show
from bot.routers._forms import advance, answers
from bot.routers.registrations import parse
from bot.services.club import ClubService
from bot.states.registrations import RegistrationForm
from bot.texts import registrations as texts

STATES: Final = {
    Answer.FULL_NAME: RegistrationForm.full_name,
    Answer.PHONE: RegistrationForm.phone,
    Answer.AGE: RegistrationForm.age,
    Answer.GENDER: RegistrationForm.gender,
    Answer.WEIGHT: RegistrationForm.weight_grams,
    Answer.PHOTO: RegistrationForm.photo_file_id,
}


async def take_full_name(message: Message, state: FSMContext) -> Reply:
    return await proceed(state, full_name=parse.full_name(message.text))


async def take_phone(message: Message, me: Person, state: FSMContext, club: ClubService) -> Reply:
    number, own = parse.phone(message, await club.get(), sender=me.telegram_id)
    return await proceed(state, phone=number, phone_verified=own)


async def take_age(message: Message, state: FSMContext) -> Reply:
    return await proceed(state, age=parse.age(message.text))


async def take_gender(message: Message, state: FSMContext) -> Reply:
    return await proceed(state, gender=parse.gender(message.text).value)


async def choose_gender(
    _query: CallbackQuery, callback_data: ChooseGender, state: FSMContext
) -> Reply:
    return await proceed(state, gender=callback_data.gender.value)


async def take_weight(message: Message, state: FSMContext) -> Reply:
    return await proceed(state, weight_grams=parse.weight_grams(message.text))


async def take_photo(message: Message, state: FSMContext) -> Reply:
    return await proceed(state, photo_file_id=parse.photo(message))


async def skip_photo(_query: CallbackQuery, state: FSMContext) -> Reply:
    return await proceed(state, photo_file_id=None)


async def agree(_query: CallbackQuery, state: FSMContext) -> Reply:
    found = await answers(state, Answer.AGE)
    return await proceed(state, consent=Consent.needed_at(found["age"]).value)


async def change(_query: CallbackQuery, callback_data: ChangeAnswer, state: FSMContext) -> Reply:
    await advance(state, STATES[callback_data.answer], operation_id=None)
    return ask(callback_data.answer, changing=True)


async def return_to_review(_query: CallbackQuery, state: FSMContext) -> Reply:
    return await proceed(state)


async def proceed(state: FSMContext, **new: Any) -> Reply:
    """Keep ``new`` and ask what is missing: an answer, consent, or the last word on it all."""
    found = {**await state.get_data(), **new}
    for answer, step in STATES.items():
        if answer not in found:
            await advance(state, step, **new)
            return ask(answer, changing=False)
    needed = Consent.needed_at(found["age"])
    if found.get("consent") != needed:
        await advance(state, RegistrationForm.consent, **new)
        return show(texts.consent(needed), keyboards.consent())
    operation_id = uuid4()
    await advance(state, RegistrationForm.review, operation_id=str(operation_id), **new)
    return show(texts.review(applicant(found)), keyboards.review(operation_id))


def ask(answer: Answer, *, changing: bool) -> Reply:
    text = texts.question(answer, changing=changing)
    if answer is Answer.PHONE:
        return ask_with_keys(text, keyboards.phone_keys())
    return show(text, keyboards.question(answer, changing=changing))


def applicant(found: Mapping[str, Any]) -> Applicant:
    """The answers as the club keeps them."""
    fields = {name: found[name] for name in Applicant.__slots__}
    return Applicant(**{**fields, "gender": Gender(found["gender"])})
