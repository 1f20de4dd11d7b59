"""Every sentence about promo codes: to admins who give them out, to members who type one."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.errors import Refusal
from bot.errors.promos import (
    NotACode,
    NotAGift,
    NotAPromoLimit,
    PromoDaysReversed,
    PromoExists,
    PromoGone,
    PromoNotForPlan,
    PromoNotYet,
    PromoOver,
    PromoUnknown,
    PromoUsedByYou,
    PromoUsedMore,
    PromoUsedUp,
)
from bot.models.promos import Gift, Promo, PromoCard, PromoFacts, PromoField, PromoPage, PromoUse
from bot.texts._facts import Facts
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, esc, shorten

PROMOS: Final = "🏷 Promo codes"
ADD: Final = "➕ New code"
ON: Final = "♻️ Switch on"
OFF: Final = "🚫 Switch off"
EVERY_PLAN: Final = "Every plan"
ENTER: Final = "🏷 Discount code"
DROP: Final = "✖️ Remove the code"
TITLE: Final = "new promo code"
EDIT_TITLE: Final = "change of a promo code"
SAVED: Final = "✅ Saved."
USUAL: Final = {
    PromoField.FIRST_DAY: "⏭ No first day",
    PromoField.LAST_DAY: "⏭ No last day",
    PromoField.USES: "⏭ No limit",
    PromoField.OF_MEMBER: "⏭ Once",
}
_NAMES: Final = {
    PromoField.CODE: "Code",
    PromoField.GIVES: "Gives",
    PromoField.PLAN: "For",
    PromoField.FIRST_DAY: "First day",
    PromoField.LAST_DAY: "Last day",
    PromoField.USES: "Uses in all",
    PromoField.OF_MEMBER: "Per member",
    PromoField.IS_ON: "On",
}
ASK_CODE: Final = "🏷 <b>Discount code</b>\nSend the code that you were given."
_ASK: Final = {
    PromoField.CODE: "What do members type? Send 3 to 20 letters and digits, like SUMMER10.",
    PromoField.GIVES: "What does it take off a plan’s price? Send a percentage from 1 % to 99 %, "
    "like 10 %, or an amount in rupees, like 250. At least ₹1.00 is left to pay.",
    PromoField.PLAN: "For which plan is it?",
    PromoField.FIRST_DAY: "From which day on? Send it like 24 Nov 2026, or tap below.",
    PromoField.LAST_DAY: "Until which day, that day included? Send it like 24 Nov 2026, or tap "
    "below.",
    PromoField.USES: "How often may it be used in all? Send a number like 100, or tap below.",
    PromoField.OF_MEMBER: "How often may one member use it? Send a number like 1.",
}
_ASK_THE_CLUB_AFTER: Final = 5  # codes that were not taken
_TYPED: Final = 30  # characters of them

# The last six are seldom raised: ``not_taken`` says them where a code was typed.
REFUSALS: Final[dict[type[Refusal], str]] = {
    PromoGone: "This code is not there.",
    PromoExists: "There is a code {code} already, on or off. Choose another one.",
    NotACode: "“{typed}” is not a code. Send 3 to 20 letters A–Z and digits, like SUMMER10.",
    NotAGift: "“{typed}” does not fit. Send 1 % to 99 %, or an amount like 250.",
    NotAPromoLimit: "“{typed}” does not fit. Send a number from 1 to {most}.",
    PromoDaysReversed: "It begins on {first_day}: its last day cannot be before that.",
    PromoUsedMore: "It was used {used} times already. Send that or more, or switch it off.",
    PromoUnknown: "“{code}” is not a code that the club takes. Is it typed as you were given it?",
    PromoNotYet: "{code} is good from {first_day} on.",
    PromoOver: "{code} was good until {last_day}.",
    PromoNotForPlan: "{code} is not for this plan.",
    PromoUsedByYou: "You have used {code} already, as often as one member may.",
    PromoUsedUp: "{code} is used up.",
}


def page(shown: PromoPage) -> str:
    head = f"<b>{PROMOS}</b>"
    if not shown.count:
        return f"{head}\nNone yet. Add one, and members can type it when they subscribe."
    if shown.pages > 1:
        head += f", page {shown.number + 1} of {shown.pages}"
    many = "1 code" if shown.count == 1 else f"{shown.count} codes"
    return f"{head}\n{many}, the newest first. Tap one to change it or to see who used it."


def line(promo: Promo) -> str:
    """A button's label: bare text, no HTML."""
    mark = "" if promo.is_on else "🚫 "
    of = f" of {promo.uses_limit}" if promo.uses_limit else ""
    until = f" · until {calendar_day(promo.last_day)}" if promo.last_day else ""
    return f"{mark}{promo.code} · {gift(promo.gives)} · used {promo.used}{of}{until}"


def card(shown: PromoCard) -> str:
    promo = shown.promo
    waiting = f", {shown.waiting} of them not decided on yet" if shown.waiting else ""
    lines = [
        f"🏷 <b>{promo.code}</b>",
        *_facts(promo, shown.plan_name),
        f"Used: {promo.used}{waiting}",
        f"Given so far: {rupees(shown.given_paise)}",
        *map(_use, shown.uses),
    ]
    if not promo.is_on:
        lines.append("🚫 It is off: nobody can use it.")
    elif shown.is_over:
        lines.append("⌛ Its last day is over.")
    return "\n".join(lines)


def review(facts: PromoFacts, plan_name: str | None) -> str:
    lines = [f"🏷 <b>{facts.code}</b>", *_facts(facts, plan_name)]
    return "\n".join([*lines, "", "Is that right? What it gives cannot be changed later."])


def gift(gives: Gift) -> str:
    """Bare text, no HTML."""
    return rupees(gives.amount_paise) if gives.amount_paise else f"{gives.percent} %"


def _value(field: PromoField, what: Any) -> str:
    """From a code, or from the audit log."""
    match field:
        case PromoField.GIVES:
            return f"{gift(what)} off a plan’s price"
        case PromoField.FIRST_DAY | PromoField.LAST_DAY if what:
            return calendar_day(date.fromisoformat(what) if isinstance(what, str) else what)
        case PromoField.FIRST_DAY | PromoField.LAST_DAY:
            return "any"
        case PromoField.USES if what is None:
            return "no limit"
        case PromoField.IS_ON:
            return "yes" if what else "no"
        case _:
            return str(what)


def logged(kept: Mapping[str, Any]) -> str:
    """What a code gives, as the audit log keeps it."""
    return gift(Gift(percent=kept.get("percent"), amount_paise=kept.get("amount_paise")))


def taken_off(code: str, paise: int) -> str:
    """A line of a sum."""
    return f"Code {code}: {rupees(-paise)}"


def not_taken(refusal: Refusal, times: int = 0) -> str:
    """Why a code takes nothing off; ``times``: so many were typed that do not, in this form."""
    told = {name: _told(value) for name, value in refusal.details.items()}
    said = f"🏷 {REFUSALS[type(refusal)].format(**told)}"
    if not times:
        return said
    if times < _ASK_THE_CLUB_AFTER:
        return f"{said}\nSend another one, or go ⬅️ Back: nothing else has changed."
    return f"{said}\nPlease ask the club which code you may use, or go ⬅️ Back and pay without one."


def _told(detail: object) -> str:
    return calendar_day(detail) if isinstance(detail, date) else esc(shorten(str(detail), _TYPED))


def _facts(facts: PromoFacts, plan_name: str | None) -> list[str]:
    limits = (PromoField.FIRST_DAY, PromoField.LAST_DAY, PromoField.USES, PromoField.OF_MEMBER)
    return [
        *FACTS.lines(facts, [PromoField.GIVES]),
        f"{_NAMES[PromoField.PLAN]}: {esc(plan_name) if plan_name else 'every plan'}",
        *FACTS.lines(facts, limits),
    ]


def _use(use: PromoUse) -> str:
    waits = ", waits" if use.is_waiting else ""
    name = esc(use.name) or "someone deleted"
    return f"• {name}, {calendar_day(use.day)}: {rupees(-use.discount_paise)}{waits}"


FACTS: Final = Facts(thing="code", names=_NAMES, questions=_ASK, value=_value)
