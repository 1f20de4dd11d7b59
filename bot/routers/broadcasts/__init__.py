"""Telling many people something at once: written, sent or scheduled, watched, taken back."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards import broadcasts as keyboards
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.broadcasts import drafting, drafts, running, sending
from bot.states.broadcasts import BroadcastForm


def build_router() -> Router:
    router = Router(name="broadcasts")
    _register_drafting(router)
    _register_drafts(router)
    _register_running(router)
    return router


def _register_drafting(router: Router) -> None:
    admins, press, take = May(Role.ADMIN), router.callback_query.register, router.message.register
    in_form, at_audience = StateFilter(BroadcastForm), StateFilter(BroadcastForm.audience)
    at_plan = StateFilter(BroadcastForm.plan)
    at_days, at_people = StateFilter(BroadcastForm.days), StateFilter(BroadcastForm.people)
    press(drafting.begin_new, keyboards.BeginBroadcast.filter(), admins)
    press(drafting.ask_audience_again, in_form, keyboards.AskAudience.filter(), admins)
    press(drafting.choose_audience, at_audience, keyboards.ChooseAudience.filter(), admins)
    press(drafting.choose_plan, at_plan, keyboards.ChoosePlan.filter(), admins)
    press(drafting.choose_days, at_days, keyboards.ChooseDays.filter(), admins)
    press(drafting.finish_picking, at_people, keyboards.FinishPicking.filter(), admins)
    take(expect_button, Step(BroadcastForm.audience, BroadcastForm.plan), admins)
    take(drafting.take_days, Step(BroadcastForm.days), admins)
    take(drafting.take_people, Step(BroadcastForm.people), admins)
    take(drafting.take_content, Step(BroadcastForm.content), admins)


def _register_drafts(router: Router) -> None:
    admins, press = May(Role.ADMIN), router.callback_query.register
    press(drafts.show_page, keyboards.OpenBroadcasts.filter(), admins)
    press(drafts.show_one, keyboards.OpenBroadcast.filter(), admins)
    press(drafting.change_content, keyboards.ChangeContent.filter(), admins)
    press(drafting.change_audience, keyboards.ChangeAudience.filter(), admins)
    press(drafts.discard, keyboards.DiscardBroadcast.filter(), admins)
    press(sending.send, keyboards.SendBroadcast.filter(), admins)
    press(sending.ask_moment, keyboards.AskMoment.filter(), admins)
    press(sending.call_off, keyboards.CallOff.filter(), admins)
    at_moment = StateFilter(BroadcastForm.moment)
    press(sending.choose_moment, at_moment, keyboards.ChooseMoment.filter(), admins)
    router.message.register(sending.take_moment, Step(BroadcastForm.moment), admins)


def _register_running(router: Router) -> None:
    admins, press = May(Role.ADMIN), router.callback_query.register
    press(running.pause, keyboards.PauseBroadcast.filter(), admins)
    press(running.resume, keyboards.ResumeBroadcast.filter(), admins)
    press(running.stop, keyboards.StopBroadcast.filter(), admins)
    press(running.retry, keyboards.RetryBroadcast.filter(), admins)
    press(running.ask_words, keyboards.AskWords.filter(), admins)
    press(running.ask_retract, keyboards.AskRetract.filter(), admins)
    press(running.retract, keyboards.RetractBroadcast.filter(), admins)
    press(running.report, keyboards.SendReport.filter(), admins)
    router.message.register(running.take_words, Step(BroadcastForm.words), admins)
