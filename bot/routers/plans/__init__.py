"""Plans as admins see them: list, card; one added, one changed, one moved up."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards import plans as keyboards
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.plans import add, browse, edit
from bot.states.plans import PlanEditForm, PlanForm


def build_router() -> Router:
    router = Router(name="plans")
    admin, press = May(Role.ADMIN), router.callback_query.register
    press(browse.show_all, keyboards.OpenPlans.filter(), admin)
    press(browse.show_card, keyboards.ShowPlan.filter(), admin)
    press(add.begin_plan, keyboards.AddPlan.filter(), admin)
    router.message.register(add.take_answer, Step(*add.QUESTIONS.steps), admin)
    press(add.skip, keyboards.SkipPlanFact.filter(), StateFilter(PlanForm), admin)
    router.message.register(expect_button, Step(PlanForm.review), admin)
    press(add.save, keyboards.SavePlan.filter(), StateFilter(PlanForm.review), admin)
    press(edit.ask_value, keyboards.EditPlan.filter(), admin)
    router.message.register(edit.take_value, Step(PlanEditForm.value), admin)
    press(edit.clear, keyboards.ClearPlanFact.filter(), admin)
    press(edit.switch, keyboards.SwitchPlan.filter(), admin)
    press(edit.move_up, keyboards.MovePlanUp.filter(), admin)
    return router
