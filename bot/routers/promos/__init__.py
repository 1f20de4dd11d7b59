"""Promo codes as admins see them: list, card; one added, one changed."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards import promos as keyboards
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.promos import add, browse, edit
from bot.states.promos import PromoEditForm, PromoForm


def build_router() -> Router:
    router = Router(name="promos")
    admin, press = May(Role.ADMIN), router.callback_query.register
    typed = router.message.register
    press(browse.show_page, keyboards.OpenPromos.filter(), admin)
    press(browse.show_card, keyboards.ShowPromo.filter(), admin)
    press(add.begin_promo, keyboards.AddPromo.filter(), admin)
    typed(add.take_answer, Step(*add.TYPED), admin)
    at_plan = StateFilter(PromoForm.plan_id)
    press(add.choose_plan, keyboards.ChoosePromoPlan.filter(), at_plan, admin)
    press(add.skip, keyboards.SkipPromoFact.filter(), StateFilter(PromoForm), admin)
    typed(expect_button, Step(PromoForm.plan_id, PromoForm.review), admin)
    press(add.save, keyboards.SavePromo.filter(), StateFilter(PromoForm.review), admin)
    press(edit.ask_value, keyboards.EditPromo.filter(), admin)
    typed(edit.take_value, Step(PromoEditForm.value), admin)
    press(edit.clear, keyboards.ClearPromoFact.filter(), admin)
    press(edit.switch, keyboards.SwitchPromo.filter(), admin)
    return router
