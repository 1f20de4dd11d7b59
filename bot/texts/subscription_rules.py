"""The club's rules of subscriptions, one by one."""

from collections.abc import Mapping
from typing import Any, Final

from bot.models.subscription_cards import Rule
from bot.models.subscriptions import Rules
from bot.texts.amounts import rupees

RULES: Final = "⚙️ Rules"
TITLE: Final = "change of a rule"
SAVED: Final = "✅ Saved."
NAMES: Final = {
    Rule.GRACE_DAYS: "Grace",
    Rule.GRACE_VISITS: "Check-ins in grace",
    Rule.FREEZE_DAYS: "Freeze at most",
    Rule.PAY_LATER: "Pay later",
    Rule.PAY_LATER_LIMIT: "Pay later up to",
    Rule.REMIND_BEFORE: "Reminded before the end",
    Rule.FOLLOW_UP_EVERY: "After grace every",
    Rule.FOLLOW_UP_DAYS: "After grace for",
    Rule.TRIAL_DAYS: "Free trial",
    Rule.REFERRAL_REWARD: "Referral reward",
}
_ASK: Final = {
    Rule.GRACE_DAYS: "For how many days after the end are members still let in? Send 0 to 60.",
    Rule.GRACE_VISITS: "How often are they let in during these days? Send 0 to 60.",
    Rule.FREEZE_DAYS: "For how many days in all may one subscription be frozen? Send 0 to 366.",
    Rule.PAY_LATER_LIMIT: "How much may a member owe who pays later? Send an amount like 5,000.",
    Rule.REMIND_BEFORE: "How many days before the end are members reminded? Send up to 5 numbers "
    "from 1 to 60, like 7, 3, 1. The last day itself has a reminder of its own.",
    Rule.FOLLOW_UP_EVERY: "After grace, every how many days are they reminded? Send 1 to 90.",
    Rule.FOLLOW_UP_DAYS: "For how many days after grace are they reminded? Send 0 to 366; 0 is "
    "never.",
    Rule.TRIAL_DAYS: "For how many days may somebody new come for free, once? Send "
    "1 to 60, or 0 for no trial.",
    Rule.REFERRAL_REWARD: "How much credit does a member get for the first payment of a friend "
    "they invited? Send an amount like 200, or 0 for none.",
}
_REMINDERS: Final = (
    "They hold for everybody. The texts of the reminders and their hour are in the settings: "
    "💌 Follow-ups and Recurring jobs."
)


def rules(shown: Rules) -> str:
    lines = [f"{NAMES[rule]}: {value(rule, rule.of(shown))}" for rule in Rule]
    return "\n".join(["⚙️ <b>Rules of subscriptions</b>", *lines, "", _REMINDERS])


def value(rule: Rule, what: Any) -> str:
    match rule:
        case Rule.PAY_LATER:
            return "on" if what else "off"
        case Rule.REFERRAL_REWARD if not what:
            return "off"
        case Rule.PAY_LATER_LIMIT | Rule.REFERRAL_REWARD:
            return rupees(int(what))
        case Rule.GRACE_VISITS:
            return str(what)
        case Rule.TRIAL_DAYS if not what:
            return "none"
        case _:
            many = ", ".join(map(str, what)) if rule is Rule.REMIND_BEFORE else what
            return "1 day" if what == 1 else f"{many} days"


def edit(rule: Rule) -> str:
    return f"✏️ {NAMES[rule]}"


def pay_later(*, is_on: bool) -> str:
    return f"🕒 Pay later: {'on' if is_on else 'off'}"


def ask(rule: Rule, shown: Rules) -> str:
    return f"✏️ <b>{NAMES[rule]}</b>\nNow: {value(rule, rule.of(shown))}\n{_ASK[rule]}"


def changes(was: Mapping[str, Any], to: Mapping[str, Any]) -> str:
    """What an entry of the audit log holds of a change."""
    return "; ".join(
        f"{NAMES[rule]}: {value(rule, was[rule])} → {value(rule, to[rule])}"
        for rule in Rule
        if rule in to and rule in was and was[rule] != to[rule]
    )
