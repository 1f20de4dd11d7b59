"""Becoming a member, from the applicant's side: the form, and the request it makes."""

from aiogram import Router
from aiogram.filters import Command, StateFilter

from bot.keyboards import registrations as keyboards
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.registrations import request, steps
from bot.states.registrations import RegistrationForm


def build_router() -> Router:
    router = Router(name="registrations")
    _register_request(router)
    _register_typed(router)
    _register_pressed(router)
    return router


def _register_request(router: Router) -> None:
    anyone, press = May(Role.VISITOR), router.callback_query.register
    router.message.register(request.register, Command("register"), anyone)
    press(request.register, keyboards.OpenRegistration.filter(), anyone)
    press(request.submit, keyboards.SubmitRegistration.filter(), anyone)
    press(request.edit, keyboards.EditRegistration.filter(), anyone)
    press(request.withdraw, keyboards.WithdrawRegistration.filter(), anyone)


def _register_typed(router: Router) -> None:
    anyone, take = May(Role.VISITOR), router.message.register
    take(steps.take_full_name, Step(RegistrationForm.full_name), anyone)
    take(steps.take_phone, Step(RegistrationForm.phone), anyone)
    take(steps.take_age, Step(RegistrationForm.age), anyone)
    take(steps.take_gender, Step(RegistrationForm.gender), anyone)
    take(steps.take_weight, Step(RegistrationForm.weight_grams), anyone)
    take(steps.take_photo, Step(RegistrationForm.photo_file_id), anyone)
    take(expect_button, Step(RegistrationForm.consent, RegistrationForm.review), anyone)


def _register_pressed(router: Router) -> None:
    anyone, press = May(Role.VISITOR), router.callback_query.register
    in_form = StateFilter(RegistrationForm)
    at_gender = StateFilter(RegistrationForm.gender)
    at_photo = StateFilter(RegistrationForm.photo_file_id)
    at_consent = StateFilter(RegistrationForm.consent)
    at_review = StateFilter(RegistrationForm.review)
    press(steps.choose_gender, at_gender, keyboards.ChooseGender.filter(), anyone)
    press(steps.skip_photo, at_photo, keyboards.SkipPhoto.filter(), anyone)
    press(steps.agree, at_consent, keyboards.Agree.filter(), anyone)
    press(steps.change, at_review, keyboards.ChangeAnswer.filter(), anyone)
    press(steps.return_to_review, in_form, keyboards.BackToReview.filter(), anyone)
