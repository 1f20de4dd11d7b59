"""Buttons of the registration form and of a request that is with the club."""

from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.keyboards.common import RowId, back, button, cancel, keyboard, menu
from bot.models.registrations import Answer, Gender
from bot.texts import common
from bot.texts import menu as menu_texts
from bot.texts import registrations as texts

FORM = "RegistrationForm"


class OpenRegistration(CallbackData, prefix="reg-open"):
    """Begin to register; or show the request that is with the club."""


class ChooseGender(CallbackData, prefix="reg-gender"):
    gender: Gender


class SkipPhoto(CallbackData, prefix="reg-nophoto"):
    """Go on without a photo; in a change, take the photo back."""


class Agree(CallbackData, prefix="reg-agree"):
    """Agree to what the club keeps."""


class ChangeAnswer(CallbackData, prefix="reg-change"):
    """Answer this one question again, then return to the review."""

    answer: Answer


class BackToReview(CallbackData, prefix="reg-review"):
    """Leave the answer as it was."""


class SubmitRegistration(CallbackData, prefix="reg-submit"):
    """Send what this review shows."""

    operation_id: UUID


class EditRegistration(CallbackData, prefix="reg-edit"):
    """Load the open request into the form."""

    registration_id: RowId


class WithdrawRegistration(CallbackData, prefix="reg-withdraw"):
    registration_id: RowId


def question(answer: Answer, *, changing: bool) -> InlineKeyboardMarkup:
    return keyboard(
        _choices(answer),
        [back(BackToReview())] if changing else [],
        [cancel(FORM)],
    )


def phone_keys() -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text=texts.SHARE_NUMBER, request_contact=True)],
            [KeyboardButton(text=common.CANCEL)],
        ],
        resize_keyboard=True,
        input_field_placeholder=texts.PHONE_EXAMPLE,
    )


def consent() -> InlineKeyboardMarkup:
    return keyboard([button(texts.AGREE, Agree())], [cancel(FORM)])


def review(operation_id: UUID) -> InlineKeyboardMarkup:
    changes = [button(texts.change(answer), ChangeAnswer(answer=answer)) for answer in Answer]
    return keyboard(
        [button(texts.SUBMIT, SubmitRegistration(operation_id=operation_id))],
        *(changes[at : at + 2] for at in range(0, len(changes), 2)),
        [cancel(FORM)],
    )


def waiting(registration_id: int) -> InlineKeyboardMarkup:
    return keyboard(
        [
            button(texts.EDIT, EditRegistration(registration_id=registration_id)),
            button(texts.WITHDRAW, WithdrawRegistration(registration_id=registration_id)),
        ],
        [menu()],
    )


def register_again() -> InlineKeyboardMarkup:
    return keyboard([button(menu_texts.REGISTER, OpenRegistration())], [menu()])


def _choices(answer: Answer) -> list[InlineKeyboardButton]:
    if answer is Answer.GENDER:
        return [button(label, ChooseGender(gender=one)) for one, label in texts.GENDERS.items()]
    if answer is Answer.PHOTO:
        return [button(common.SKIP, SkipPhoto())]
    return []
