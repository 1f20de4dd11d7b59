"""What admins read of the revenue by plan."""

from datetime import date
from typing import Final

from bot.models.plan_sales import MonthOfPlans, Sales, total
from bot.texts.amounts import rupees
from bot.texts.format import esc

_SHOWN: Final = 12  # plans of one message
REVENUE: Final = "📊 Revenue by plan"
EXCEL: Final = "📤 Excel"
_ABOUT: Final = "By the day of the bill, tax included; what was paid or credited until now."


def month(shown: MonthOfPlans) -> str:
    head = f"<b>{REVENUE}: {name(shown.month)}</b>"
    if not shown.plans:
        return f"{head}\nNo plan was sold in this month."
    plans = [f"<b>{esc(each.name)}</b>\n{_figures(each.sales)}" for each in shown.plans[:_SHOWN]]
    more = len(shown.plans) - _SHOWN
    whole = f"<b>Total</b>\n{_figures(total(shown.plans))}"
    others = [f"and {more} more, counted in the total"] if more > 0 else []
    return "\n\n".join([f"{head}\n{_ABOUT}", *plans, *others, whole])


def name(of: date) -> str:
    return f"{of:%b %Y}"


def earlier(of: date) -> str:
    return f"◀ {name(of)}"


def later(of: date) -> str:
    return f"{name(of)} ▶"


def _figures(sales: Sales) -> str:
    credited = [f"Credited: {rupees(sales.credited_paise)}"] if sales.credited_paise else []
    due = [f"Due: {rupees(sales.due_paise)}"] if sales.due_paise else []
    return "\n".join(
        [
            f"Sold: {sales.sold:,}",
            f"Billed: {rupees(sales.billed_paise)}",
            f"Received: {rupees(sales.received_paise)}",
            *credited,
            *due,
        ]
    )
