"""Every sentence about plans."""

from typing import Final

from bot.errors import Refusal
from bot.errors.plans import NotADuration, NotAVisitsLimit, PlanExists, PlanGone
from bot.models.plans import Duration, DurationUnit

REFUSALS: Final[dict[type[Refusal], str]] = {
    PlanGone: "This plan is not on sale any more. See /subscribe. "
    "If you have paid for it already, report that in /pay with ➕ Request payment.",
    PlanExists: "A plan on sale has this name already. Send another one.",
    NotADuration: "“{typed}” is not a duration. Send days or months, like 30 days or 3 months.",
    NotAVisitsLimit: "“{typed}” is not a number of visits. Send 1 to 9999, like 12.",
}


def duration(shown: Duration) -> str:
    """30 days, 1 month."""
    one = {DurationUnit.DAYS: "day", DurationUnit.MONTHS: "month"}[shown.unit]
    return f"{shown.count} {one}" if shown.count == 1 else f"{shown.count} {one}s"
