"""The Excel file of what plans have brought. For a thread, not the loop."""

from collections.abc import Sequence
from typing import Final

from bot.models.plan_sales import PlanSales, Sales, total
from bot.services._spreadsheet import Cell, Rupees, Spreadsheet

_FIGURES: Final = (*(("Sold", 8), ("Billed", 13), ("Received", 13), ("Credited", 13), ("Due", 13)),)


def plans(sold: Sequence[PlanSales]) -> bytes:
    """By month and plan, by month, and by plan; a month stands as its first day."""
    sheet = Spreadsheet("By month and plan", (("Month", 12), ("Plan", 28), *_FIGURES))
    sheet.write((each.month, each.name, *_figures(each.sales)) for each in sold)
    whole = _figures(total(sold))
    sheet.write_total(("Total", None, *whole))
    sheet.turn_over("By month", (("Month", 12), *_FIGURES))
    months = dict.fromkeys(each.month for each in sold)
    sheet.write(
        (month, *_figures(total([each for each in sold if each.month == month])))
        for month in months
    )
    sheet.write_total(("Total", *whole))
    sheet.turn_over("By plan", (("Plan", 28), *_FIGURES))
    names = dict.fromkeys(each.name for each in sold)
    sheet.write(
        (name, *_figures(total([each for each in sold if each.name == name]))) for name in names
    )
    sheet.write_total(("Total", *whole))
    return sheet.finish()


def _figures(sales: Sales) -> tuple[Cell, ...]:
    return (
        sales.sold,
        Rupees(sales.billed_paise),
        Rupees(sales.received_paise),
        Rupees(sales.credited_paise),
        Rupees(sales.due_paise),
    )
