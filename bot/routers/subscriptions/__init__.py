"""Subscriptions in the admin panel: lists of people, their cards, changes, the club's rules."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards import subscriptions as keyboards
from bot.keyboards.common import ListSubscribers, OpenSubscriptions, ShowSubscriber
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers.subscriptions import browse, changes, rules
from bot.states.subscriptions import (
    CancelSubscriptionForm,
    ExtendForm,
    FreezeForm,
    RuleForm,
    SubscriberSearchForm,
)

_REASONS = (ExtendForm.reason, FreezeForm.reason, CancelSubscriptionForm.reason)
_CONFIRM = (ExtendForm.confirm, FreezeForm.confirm, CancelSubscriptionForm.confirm)


def build_router() -> Router:
    router = Router(name="subscriptions")
    _register_browse(router)
    _register_changes(router)
    _register_rules(router)
    return router


def _register_browse(router: Router) -> None:
    admin, press = May(Role.ADMIN), router.callback_query.register
    press(browse.show_overview, OpenSubscriptions.filter(), admin)
    press(browse.show_list, ListSubscribers.filter(), admin)
    press(browse.ask_search, keyboards.FindSubscriber.filter(), admin)
    router.message.register(browse.take_search, Step(SubscriberSearchForm.search), admin)
    router.message.register(browse.take_search_on, Step(SubscriberSearchForm.on_list), admin)
    press(browse.show_person, ShowSubscriber.filter(), admin)
    press(browse.show_one, keyboards.ShowSubscription.filter(), admin)


def _register_changes(router: Router) -> None:
    admin, press, typed = May(Role.ADMIN), router.callback_query.register, router.message.register
    press(changes.ask_days, keyboards.AskExtend.filter(), admin)
    typed(changes.take_days, Step(ExtendForm.days), admin)
    press(changes.ask_first_day, keyboards.AskFreeze.filter(), admin)
    typed(changes.take_first_day, Step(FreezeForm.on), admin)
    at_day = StateFilter(FreezeForm.on)
    press(changes.freeze_from_today, keyboards.FreezeFromToday.filter(), at_day, admin)
    typed(changes.take_freeze_days, Step(FreezeForm.days), admin)
    press(changes.ask_why_cancel, keyboards.AskCancel.filter(), admin)
    typed(changes.take_reason, Step(*_REASONS), admin)
    typed(changes.expect_button, Step(*_CONFIRM), admin)
    press(changes.make, keyboards.MakeChange.filter(), StateFilter(*_CONFIRM), admin)
    press(changes.ask_unfreeze, keyboards.AskUnfreeze.filter(), admin)
    press(changes.unfreeze, keyboards.Unfreeze.filter(), admin)
    press(changes.ask_undo, keyboards.AskUndo.filter(), admin)
    press(changes.undo, keyboards.UndoChange.filter(), admin)


def _register_rules(router: Router) -> None:
    admin, press = May(Role.ADMIN), router.callback_query.register
    press(rules.show_rules, keyboards.OpenRules.filter(), admin)
    press(rules.ask_value, keyboards.EditRule.filter(), admin)
    router.message.register(rules.take_value, Step(RuleForm.value), admin)
    press(rules.switch_pay_later, keyboards.SwitchPayLater.filter(), admin)
