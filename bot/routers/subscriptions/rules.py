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
from bot.services.subscriptions import SubscriptionService
from bot.states.subscriptions import RuleForm
from bot.texts import subscription_rules as texts


async def show_rules(
    _query: CallbackQuery, state: FSMContext, subscriptions: SubscriptionService
) -> Reply:
    await leave(state, RuleForm)
    return _rules(await subscriptions.rules())


async def ask_value(
    _query: CallbackQuery,
    callback_data: EditRule,
    state: FSMContext,
    subscriptions: SubscriptionService,
) -> Reply:
    rule: Rule = callback_data.rule
    await begin(state, RuleForm.value, rule=rule.value)
    return show(texts.ask(rule, await subscriptions.rules()), keyboards.rule_question())


async def take_value(
    message: Message, me: Person, state: FSMContext, subscriptions: SubscriptionService
) -> Reply:
    found = await finish(state, "rule")
    rule = Rule(found["rule"])
    value = parse.rule(rule, message.text)
    return _rules(await subscriptions.change_rule(rule, value, by=me)).with_note(texts.SAVED)


async def switch_pay_later(
    _query: CallbackQuery,
    callback_data: SwitchPayLater,
    me: Person,
    subscriptions: SubscriptionService,
) -> Reply:
    return _rules(await subscriptions.change_rule(Rule.PAY_LATER, callback_data.on, by=me))


def _rules(shown: Rules) -> Reply:
    return show(texts.rules(shown), keyboards.rules(shown))
