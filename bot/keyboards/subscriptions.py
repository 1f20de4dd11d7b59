"""Buttons of the subscriptions in the admin panel: lists, cards, changes, rules."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.activations import OpenPurchases
from bot.keyboards.bulk_changes import actions, excel
from bot.keyboards.common import (
    DayNumber,
    ListSubscribers,
    OpenAdmin,
    OpenSubscriptions,
    RowId,
    Section,
    ShowSubscriber,
    back,
    button,
    cancel,
    keyboard,
    pager,
)
from bot.keyboards.members import ShowMember
from bot.keyboards.plan_sales import OpenPlanSales
from bot.keyboards.plans import OpenPlans
from bot.keyboards.promos import OpenPromos
from bot.models.people import Person
from bot.models.subscription_cards import (
    Overview,
    Preview,
    Rule,
    SubscriptionCard,
    SubscriptionEntry,
    SubscriptionPage,
)
from bot.models.subscriptions import Rules, Subscription, SubscriptionList
from bot.texts import members as member_texts
from bot.texts import plan_sales as sales_texts
from bot.texts import plans as plan_texts
from bot.texts import promos as promo_texts
from bot.texts import subscription_changes as change_texts
from bot.texts import subscription_lists as texts
from bot.texts import subscription_moves as move_texts
from bot.texts import subscription_rules as rule_texts

_BOUGHT = 5  # older ones are told of, and have no button
AskedRule = Literal[
    Rule.GRACE_DAYS,
    Rule.GRACE_VISITS,
    Rule.FREEZE_DAYS,
    Rule.PAY_LATER_LIMIT,
    Rule.REMIND_BEFORE,
    Rule.FOLLOW_UP_EVERY,
    Rule.FOLLOW_UP_DAYS,
    Rule.TRIAL_DAYS,
    Rule.REFERRAL_REWARD,
]


class FindSubscriber(CallbackData, prefix="sub-find"):
    """Ask whom to look for; ``which``: on that list only."""

    which: SubscriptionList | None = None


class ShowSubscription(CallbackData, prefix="sub-show"):
    """The card of whoever bought this one, with its changes."""

    subscription_id: RowId


class AskExtend(CallbackData, prefix="sub-extend"):
    """Ask by how many days."""

    subscription_id: RowId


class AskFreeze(CallbackData, prefix="sub-freeze"):
    """Ask from when."""

    subscription_id: RowId


class FreezeFromToday(CallbackData, prefix="sub-freeze-now"):
    """Answer that question."""


class AskUnfreeze(CallbackData, prefix="sub-thaw"):
    """Show what would come of it."""

    subscription_id: RowId


class AskCancel(CallbackData, prefix="sub-cancel"):
    """Ask why."""

    subscription_id: RowId


class AskTransfer(CallbackData, prefix="sub-move"):
    """Ask who gets the rest of it."""

    subscription_id: RowId


class AskUndo(CallbackData, prefix="sub-undo"):
    """Show what would be taken back."""

    subscription_id: RowId
    change_id: RowId


class MakeChange(CallbackData, prefix="sub-make"):
    """Make the change that the open form is about."""

    operation_id: UUID


class Unfreeze(CallbackData, prefix="sub-thaw-yes"):
    """``until``: the ordinal of the last day that was shown with it, and only compared."""

    subscription_id: RowId
    operation_id: UUID
    until: DayNumber


class UndoChange(CallbackData, prefix="sub-undo-yes"):
    subscription_id: RowId
    change_id: RowId
    operation_id: UUID


class OpenRules(CallbackData, prefix="sub-rules"):
    """Show the club's rules."""


class EditRule(CallbackData, prefix="sub-rule"):
    """Ask for another number."""

    rule: AskedRule


class SwitchPayLater(CallbackData, prefix="sub-later"):
    """Allow it or not, whatever it is now."""

    on: bool


def overview(shown: Overview) -> InlineKeyboardMarkup:
    lists = [
        button(texts.list_label(which, shown.counts[which]), ListSubscribers(which=which))
        for which in SubscriptionList
    ]
    pending = OpenPurchases(section=Section.SUBSCRIPTIONS)
    return keyboard(
        [button(plan_texts.PLANS, OpenPlans()), button(rule_texts.RULES, OpenRules())],
        [button(sales_texts.REVENUE, OpenPlanSales())],
        [button(promo_texts.PROMOS, OpenPromos())],
        *(lists[at : at + 2] for at in range(0, len(lists), 2)),
        [button(texts.waiting(shown.waiting), pending)] if shown.waiting else [],
        [button(texts.SEARCH, FindSubscriber())],
        [back(OpenAdmin())],
    )


def page(shown: SubscriptionPage) -> InlineKeyboardMarkup:
    return keyboard(
        *(
            [button(texts.entry(each), ShowSubscriber(person_id=each.person_id))]
            for each in shown.entries
        ),
        pager(
            shown.number,
            shown.pages,
            lambda number: ListSubscribers(which=shown.which, page=number),
        ),
        actions(shown.which) if shown.count else [],
        [
            *([button(texts.SEARCH, FindSubscriber(which=shown.which))] if shown.pages > 1 else []),
            *([excel(shown.which)] if shown.count else []),
        ],
        [back(OpenSubscriptions())],
    )


def search(which: SubscriptionList | None = None) -> InlineKeyboardMarkup:
    return keyboard([_out(which), cancel("SubscriberSearchForm")])


def hits(people: Sequence[Person]) -> InlineKeyboardMarkup:
    rows = [[button(member_texts.hit(each), ShowSubscriber(person_id=each.id))] for each in people]
    return keyboard(*rows, [_out(None), cancel("SubscriberSearchForm")])


def hits_on(which: SubscriptionList, found: Sequence[SubscriptionEntry]) -> InlineKeyboardMarkup:
    rows = [[button(texts.entry(each), ShowSubscriber(person_id=each.person_id))] for each in found]
    return keyboard(*rows, [_out(which), cancel("SubscriberSearchForm")])


def _out(which: SubscriptionList | None) -> InlineKeyboardButton:
    """From a search to where it began."""
    return back(ListSubscribers(which=which) if which else OpenSubscriptions())


def card(shown: SubscriptionCard) -> InlineKeyboardMarkup:
    others = [each for each in reversed(shown.bought) if each != shown.chosen][:_BOUGHT]
    return keyboard(
        *(_changes(shown, shown.chosen) if shown.chosen else []),
        *(
            [button(texts.bought(each), ShowSubscription(subscription_id=each.id))]
            for each in others
        ),
        [button(texts.MEMBER, ShowMember(person_id=shown.person.id))],
        [back(OpenSubscriptions())],
    )


def _changes(shown: SubscriptionCard, chosen: Subscription) -> list[list[InlineKeyboardButton]]:
    """What may be done with it today."""
    term, number = chosen.term, chosen.id
    runs_on = not term.is_cancelled and term.last_day >= shown.today
    extend = button(change_texts.EXTEND, AskExtend(subscription_id=number))
    freeze = (
        button(change_texts.UNFREEZE, AskUnfreeze(subscription_id=number))
        if term.is_frozen(shown.today)
        else button(change_texts.FREEZE, AskFreeze(subscription_id=number))
    )
    transfer = button(move_texts.TRANSFER, AskTransfer(subscription_id=number))
    last = shown.last_change
    undo = last and AskUndo(subscription_id=number, change_id=last.change.id)
    return [
        [*([] if term.is_cancelled else [extend]), *([freeze] if runs_on else [])],
        [transfer, button(change_texts.CANCEL, AskCancel(subscription_id=number))]
        if runs_on
        else [],
        [button(change_texts.UNDO, undo)] if undo else [],
    ]


def question(
    form: str, subscription_id: int, *rows: list[InlineKeyboardButton]
) -> InlineKeyboardMarkup:
    """``form`` is the state group's name."""
    way_out = [back(ShowSubscription(subscription_id=subscription_id)), cancel(form)]
    return keyboard(*rows, way_out)


def ask_first_day(subscription_id: int) -> InlineKeyboardMarkup:
    today = [button(change_texts.TODAY, FreezeFromToday())]
    return question("FreezeForm", subscription_id, today)


def confirm(
    label: str, form: str, subscription_id: int, operation_id: UUID
) -> InlineKeyboardMarkup:
    yes = [button(label, MakeChange(operation_id=operation_id))]
    return question(form, subscription_id, yes)


def confirm_unfreeze(shown: Preview, operation_id: UUID) -> InlineKeyboardMarkup:
    number, until = shown.before.id, shown.after.term.last_day.toordinal()
    yes = Unfreeze(subscription_id=number, operation_id=operation_id, until=until)
    return keyboard(
        [button(change_texts.YES_UNFREEZE, yes)],
        [back(ShowSubscription(subscription_id=number))],
    )


def confirm_undo(subscription_id: int, change_id: int, operation_id: UUID) -> InlineKeyboardMarkup:
    yes = UndoChange(
        subscription_id=subscription_id, change_id=change_id, operation_id=operation_id
    )
    return keyboard(
        [button(change_texts.YES_UNDO, yes)],
        [back(ShowSubscription(subscription_id=subscription_id))],
    )


def rules(shown: Rules) -> InlineKeyboardMarkup:
    def edit(rule: AskedRule) -> InlineKeyboardButton:
        return button(rule_texts.edit(rule), EditRule(rule=rule))

    on = shown.pay_later
    return keyboard(
        [edit(Rule.GRACE_DAYS), edit(Rule.GRACE_VISITS)],
        [edit(Rule.FREEZE_DAYS), edit(Rule.TRIAL_DAYS)],
        [button(rule_texts.pay_later(is_on=on), SwitchPayLater(on=not on))],
        [edit(Rule.PAY_LATER_LIMIT)],
        [edit(Rule.REMIND_BEFORE)],
        [edit(Rule.FOLLOW_UP_EVERY), edit(Rule.FOLLOW_UP_DAYS)],
        [edit(Rule.REFERRAL_REWARD)],
        [back(OpenSubscriptions())],
    )


def rule_question() -> InlineKeyboardMarkup:
    return keyboard([back(OpenRules()), cancel("RuleForm")])
