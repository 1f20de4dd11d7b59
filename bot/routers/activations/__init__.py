"""Subscriptions that members ask for: looked at, decided on by admins; the first decision holds."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards.activations import (
    ApprovePurchase,
    ChangeLastDay,
    ChangePrice,
    ConfirmPurchase,
    FindPurchase,
    OpenPurchase,
    OpenPurchases,
    PickCame,
    RejectPurchase,
    ShowBuyer,
    ShowBuyerPhoto,
    ShowDraft,
    ShowPurchaseProof,
)
from bot.keyboards.calendars import NoDay, PickDay, TurnMonth
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.activations import cards, deciding, terms
from bot.states.activations import ActivationForm, PurchaseSearchForm, RejectPurchaseForm


def build_router() -> Router:
    router = Router(name="activations")
    admins, press, say = May(Role.ADMIN), router.callback_query.register, router.message.register
    calendar = StateFilter(ActivationForm.last_day)
    press(cards.show_queue, OpenPurchases.filter(), admins)
    press(cards.ask_search, FindPurchase.filter(), admins)
    say(cards.take_search, Step(PurchaseSearchForm.search), admins)
    press(cards.show_card, OpenPurchase.filter(), admins)
    press(cards.show_proof, ShowPurchaseProof.filter(), admins)
    press(cards.show_photo, ShowBuyerPhoto.filter(), admins)
    press(cards.show_buyer, ShowBuyer.filter(), admins)
    press(cards.ask_reason, RejectPurchase.filter(), admins)
    say(cards.take_reason, Step(RejectPurchaseForm.reason), admins)
    press(terms.show_draft, ShowDraft.filter(), admins)
    say(expect_button, Step(ActivationForm.change), admins)
    press(terms.ask_price, ChangePrice.filter(), admins)
    say(terms.take_price, Step(ActivationForm.price), admins)
    press(terms.ask_last_day, ChangeLastDay.filter(), admins)
    say(terms.take_last_day, Step(ActivationForm.last_day), admins)
    press(terms.pick_day, PickDay.filter(), calendar, admins)
    press(terms.turn_month, TurnMonth.filter(), calendar, admins)
    press(terms.refuse_day, NoDay.filter(), calendar, admins)
    press(deciding.ask_received, ApprovePurchase.filter(), admins)
    say(deciding.take_upi, Step(ActivationForm.upi), admins)
    say(deciding.take_cash, Step(ActivationForm.cash), admins)
    received = StateFilter(ActivationForm.upi, ActivationForm.cash)
    press(deciding.pick_came, PickCame.filter(), received, admins)
    say(expect_button, Step(ActivationForm.confirm), admins)
    press(deciding.confirm, ConfirmPurchase.filter(), admins)
    return router
