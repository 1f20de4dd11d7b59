"""🧮 GST: the club as a business, how it stands to GST, and tax rates by date. For admins."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards import business as keyboards
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers.business import rates, settings
from bot.states.business import BusinessForm, TaxRateForm


def build_router() -> Router:
    router = Router(name="business")
    admin, asked = May(Role.ADMIN), StateFilter(BusinessForm.value)
    press, take = router.callback_query.register, router.message.register
    press(settings.show_all, keyboards.OpenBusiness.filter(), admin)
    press(settings.choose_scheme, keyboards.ChooseScheme.filter(), admin)
    press(settings.switch, keyboards.SwitchBusiness.filter(), admin)
    press(settings.ask_value, keyboards.EditBusiness.filter(), admin)
    take(settings.take_value, Step(BusinessForm.value), admin)
    press(settings.show_states, keyboards.OpenStates.filter(), asked, admin)
    press(settings.pick_state, keyboards.PickState.filter(), asked, admin)
    press(settings.leave_out, keyboards.EmptyBusiness.filter(), asked, admin)
    press(rates.show_page, keyboards.OpenTaxRates.filter(), admin)
    press(rates.ask_code, keyboards.AddTaxRate.filter(), admin)
    take(rates.take_code, Step(TaxRateForm.code), admin)
    take(rates.take_rate, Step(TaxRateForm.rate_bps), admin)
    take(rates.take_day, Step(TaxRateForm.valid_from), admin)
    return router
