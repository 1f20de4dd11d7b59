"""Subscriptions in the admin panel: lists of people, their cards, changes, the club's rules."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards import subscription_moves as moves
from bot.keyboards import subscriptions as keyboards
from bot.keyboards.common import ListSubscribers, OpenSubscriptions, ShowSubscriber
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.subscriptions import browse, cancelling, changes, rules, transferring
from bot.states.subscriptions import (
    CancelSubscriptionForm,
    ExtendForm,
    FreezeForm,
    RuleForm,
    SubscriberSearchForm,
    TransferForm,
)

_REASONS = (ExtendForm.reason, FreezeForm.reason)
_CONFIRM = (ExtendForm.confirm, FreezeForm.confirm)


def build_router() -> Router:
    router = Router(name="subscriptions")
    _register_browse(router)
    _register_changes(router)
    _register_cancelling(router)
    _register_transferring(router)
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
    typed(changes.take_reason, Step(*_REASONS), admin)
    typed(expect_button, Step(*_CONFIRM), admin)
    press(changes.make, keyboards.MakeChange.filter(), StateFilter(*_CONFIRM), admin)
    press(changes.ask_unfreeze, keyboards.AskUnfreeze.filter(), admin)
    press(changes.unfreeze, keyboards.Unfreeze.filter(), admin)
    press(changes.ask_undo, keyboards.AskUndo.filter(), admin)
    press(changes.undo, keyboards.UndoChange.filter(), admin)


def _register_cancelling(router: Router) -> None:
    admin, press, typed = May(Role.ADMIN), router.callback_query.register, router.message.register
    form = CancelSubscriptionForm
    press(cancelling.ask_why, keyboards.AskCancel.filter(), admin)
    typed(cancelling.take_reason, Step(form.reason), admin)
    press(cancelling.pick_back, moves.PickBack.filter(), StateFilter(form.money), admin)
    press(cancelling.ask_amount, moves.AskCredit.filter(), StateFilter(form.money), admin)
    typed(cancelling.take_amount, Step(form.amount), admin)
    press(cancelling.pick_method, moves.PickPaidBy.filter(), StateFilter(form.method), admin)
    typed(cancelling.take_reference, Step(form.reference), admin)
    typed(expect_button, Step(form.money, form.method, form.confirm), admin)
    press(cancelling.make, moves.MakeCancellation.filter(), StateFilter(form.confirm), admin)


def _register_transferring(router: Router) -> None:
    admin, press, typed = May(Role.ADMIN), router.callback_query.register, router.message.register
    form = TransferForm
    press(transferring.ask_receiver, keyboards.AskTransfer.filter(), admin)
    typed(transferring.take_search, Step(form.search), admin)
    press(transferring.pick_receiver, moves.PickReceiver.filter(), StateFilter(form.search), admin)
    typed(expect_button, Step(form.confirm), admin)
    press(transferring.make, moves.MakeTransfer.filter(), StateFilter(form.confirm), admin)


def _register_rules(router: Router) -> None:
    admin, press = May(Role.ADMIN), router.callback_query.register
    press(rules.show_rules, keyboards.OpenRules.filter(), admin)
    press(rules.ask_value, keyboards.EditRule.filter(), admin)
    router.message.register(rules.take_value, Step(RuleForm.value), admin)
    press(rules.switch_pay_later, keyboards.SwitchPayLater.filter(), admin)
