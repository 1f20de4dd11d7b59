"""Every sentence about plans."""

from collections.abc import Sequence
from typing import Any, Final

from bot.errors import Refusal
from bot.errors.plans import NotADuration, NotAVisitsLimit, PlanExists, PlanGone
from bot.models.plans import Duration, DurationUnit, Plan, PlanFacts, PlanField
from bot.texts._facts import Facts
from bot.texts.amounts import percent, rupees
from bot.texts.format import esc, shorten

PLANS: Final = "📋 Plans"
ADD: Final = "➕ New plan"
SAVE: Final = "✅ Save"
ON_SALE: Final = "♻️ Put on sale"
OFF_SALE: Final = "🚫 Take off sale"
MOVE_UP: Final = "⬆️ Move up"
TITLE: Final = "new plan"
EDIT_TITLE: Final = "change of a plan"
SAVED: Final = "✅ Saved."
NONE_OF: Final = {
    PlanField.JOINING_FEE: "⏭ No joining fee",
    PlanField.VISITS: "⏭ No limit",
    PlanField.RATE: "⏭ The club’s rate",
}
_NAMES: Final = {
    PlanField.NAME: "Name",
    PlanField.PRICE: "Price",
    PlanField.DURATION: "Duration",
    PlanField.JOINING_FEE: "Joining fee",
    PlanField.VISITS: "Visits",
    PlanField.SAC: "SAC",
    PlanField.RATE: "GST %",
    PlanField.IS_ON_SALE: "On sale",
}
_ASK: Final = {
    PlanField.NAME: "What is it called? Send the name as it is to stand on bills.",
    PlanField.PRICE: "What does it cost in rupees, tax included? Send an amount like 2,500.",
    PlanField.DURATION: "How long does it last? Send days or months, like 30 days or 3 months.",
    PlanField.JOINING_FEE: "How much do new members pay on top, once, tax included? Send an amount "
    "like 500, or tap below.",
    PlanField.VISITS: "How many visits are in it? Send a number like 12, or tap below.",
    PlanField.SAC: "What is its SAC? Send 4 or 6 digits that begin with 99, like 999723.",
    PlanField.RATE: "How much GST is in it? Send a percentage like 5, or tap for the rate that the "
    "club has set for its SAC.",
}
_SHOWN: Final = (
    PlanField.PRICE,
    PlanField.DURATION,
    PlanField.JOINING_FEE,
    PlanField.VISITS,
    PlanField.SAC,
    PlanField.RATE,
)
_NAME_ON_A_BUTTON: Final = 28

REFUSALS: Final[dict[type[Refusal], str]] = {
    PlanGone: "This plan is not on sale any more. See /subscribe. "
    "If you have paid for it already, report that in /pay with ➕ Request payment.",
    PlanExists: "A plan on sale has this name already. Choose another name.",
    NotADuration: "“{typed}” is not a duration. Send days or months, like 30 days or 3 months; at "
    "most 3660 days or 120 months.",
    NotAVisitsLimit: "“{typed}” is not a number of visits. Send 1 to 9999, like 12.",
}


def plans(shown: Sequence[Plan]) -> str:
    head = "📋 <b>Plans</b>"
    if not shown:
        return f"{head}\nNothing here yet. Add what members can subscribe to."
    many = "1 plan" if len(shown) == 1 else f"{len(shown)} plans"
    return f"{head}\n{many}, in the order members see them. Tap one to change it."


def line(plan: Plan) -> str:
    """A button's label: bare text, no HTML."""
    mark = "" if plan.is_on_sale else "🚫 "
    name = shorten(plan.name, _NAME_ON_A_BUTTON)
    return f"{mark}{name} · {rupees(plan.price_paise)} · {duration(plan.duration)}"


def card(plan: Plan) -> str:
    on_sale = "on sale" if plan.is_on_sale else "🚫 not on sale"
    return "\n".join(
        [
            f"📋 <b>{esc(plan.name)}</b>",
            f"Place {plan.position} of the list, {on_sale}",
            *FACTS.lines(plan, _SHOWN),
            "",
            "A change is for what is sold from now on; what was bought stays as it is.",
        ]
    )


def review(facts: PlanFacts) -> str:
    lines = [f"📋 <b>{esc(facts.name)}</b>", *FACTS.lines(facts, _SHOWN)]
    return "\n".join([*lines, "", "Is that right? Save it, and members can subscribe to it."])


def duration(shown: Duration) -> str:
    """30 days, 1 month."""
    one = {DurationUnit.DAYS: "day", DurationUnit.MONTHS: "month"}[shown.unit]
    return f"{shown.count} {one}" if shown.count == 1 else f"{shown.count} {one}s"


def _value(field: PlanField, what: Any) -> str:
    match field:
        case PlanField.PRICE | PlanField.JOINING_FEE:
            return rupees(what) if what else "none"
        case PlanField.RATE:
            return "the club’s rate" if what is None else percent(what)
        case PlanField.VISITS:
            return "no limit" if what is None else str(what)
        case PlanField.IS_ON_SALE:
            return "yes" if what else "no"
        case PlanField.DURATION:
            return duration(what) if isinstance(what, Duration) else _logged(what)
        case _:
            return str(what)


def _logged(kept: str) -> str:
    """A duration as the audit log keeps it: its count, and the unit in the plural."""
    return kept.removesuffix("s") if kept.startswith("1 ") else kept


FACTS: Final = Facts(thing="plan", names=_NAMES, questions=_ASK, value=_value)
