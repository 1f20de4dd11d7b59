"""The club's rules: switched in place, or asked for and typed."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import subscriptions as keyboards
from bot.keyboards.subscriptions import EditRule, SwitchPayLater
from bot.models.people import Person
from bot.models.subscription_cards import Rule
from bot.models.subscriptions import Rules
from bot.replies import Reply, show
from bot.routers._forms import begin, finish, leave
from bot.routers.subscriptions import parse
from bot.services.subscription_rules import SubscriptionRuleService
from bot.states.subscriptions import RuleForm
from bot.texts import subscription_rules as texts


async def show_rules(
    _query: CallbackQuery, state: FSMContext, subscription_rules: SubscriptionRuleService
) -> Reply:
    await leave(state, RuleForm)
    return _rules(await subscription_rules.get())


async def ask_value(
    _query: CallbackQuery,
    callback_data: EditRule,
    state: FSMContext,
    subscription_rules: SubscriptionRuleService,
) -> Reply:
    rule: Rule = callback_data.rule
    await begin(state, RuleForm.value, rule=rule.value)
    return show(texts.ask(rule, await subscription_rules.get()), keyboards.rule_question())


async def take_value(
    message: Message, me: Person, state: FSMContext, subscription_rules: SubscriptionRuleService
) -> Reply:
    found = await finish(state, "rule")
    rule = Rule(found["rule"])
    value = parse.rule(rule, message.text)
    return _rules(await subscription_rules.change(rule, value, by=me)).with_note(texts.SAVED)


async def switch_pay_later(
    _query: CallbackQuery,
    callback_data: SwitchPayLater,
    me: Person,
    subscription_rules: SubscriptionRuleService,
) -> Reply:
    return _rules(await subscription_rules.change(Rule.PAY_LATER, callback_data.on, by=me))


def _rules(shown: Rules) -> Reply:
    return show(texts.rules(shown), keyboards.rules(shown))
