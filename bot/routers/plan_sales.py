"""Revenue by plan: a month, and the ones beside it."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.keyboards import plan_sales as keyboards
from bot.keyboards.plan_sales import OpenPlanSales, ShowPlanSales
from bot.models.people import Person, Role
from bot.models.plan_sales import MonthOfPlans, month_of
from bot.replies import Reply, show
from bot.routers._filters import May
from bot.services.plan_sales import PlanSalesService
from bot.texts import plan_sales as texts


def build_router() -> Router:
    router = Router(name="plan_sales")
    router.callback_query.register(show_newest, OpenPlanSales.filter(), May(Role.ADMIN))
    router.callback_query.register(show_month, ShowPlanSales.filter(), May(Role.ADMIN))
    return router


async def show_newest(_query: CallbackQuery, me: Person, plan_sales: PlanSalesService) -> Reply:
    return _month(await plan_sales.month(), me)


async def show_month(
    _query: CallbackQuery, callback_data: ShowPlanSales, me: Person, plan_sales: PlanSalesService
) -> Reply:
    return _month(await plan_sales.month(month_of(callback_data.month)), me)


def _month(shown: MonthOfPlans, me: Person) -> Reply:
    return show(texts.month(shown), keyboards.month(shown, may_export=me.role >= Role.OWNER))
