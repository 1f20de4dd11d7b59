"""The questions of a payment that is being booked, and its summary; what its steps share."""

from secrets import token_hex
from typing import Any, Final

from aiogram.fsm.context import FSMContext

from bot.keyboards import recording as keyboards
from bot.models.payments import Method, PaymentLine
from bot.models.receivables import Plan, account_at
from bot.replies import Reply, show
from bot.routers._forms import advance, answers
from bot.services.receivables import ReceivableService
from bot.states.receivables import ReceiptForm
from bot.texts import recording as texts

_BEGUN: Final = ("operation_id", "ref", "wanted", "lines")


async def plan(state: FSMContext, receivables: ReceivableService) -> Plan:
    """What is there so far, by what is due now.

    Raises:
        FormExpired: the form has not come so far.
        AccountGone: never there.
    """
    form = await answers(state, *_BEGUN)
    bills = await receivables.bills(account_at(form["ref"]))
    return Plan(
        bills=bills,
        wanted=form["wanted"],
        lines=tuple(map(_line, form["lines"])),
        for_fitness=form.get("for_fitness", False),
    )


async def method(shown: Plan, state: FSMContext) -> Reply:
    await advance(state, ReceiptForm.method)
    return show(texts.ask_method(shown), keyboards.methods(shown))


async def summary(shown: Plan, state: FSMContext) -> Reply:
    """Whatever is pressed under an earlier one is not taken for this one."""
    token = token_hex(4)
    await advance(state, ReceiptForm.summary, token=token, seen_paise=shown.due_paise)
    return show(texts.summary(shown), keyboards.summary(shown, token))


def stored(lines: tuple[PaymentLine, ...]) -> list[list[Any]]:
    """As a form keeps them."""
    return [[line.method.value, line.amount_paise, line.reference] for line in lines]


def _line(kept: list[Any]) -> PaymentLine:
    method, paise, reference = kept
    return PaymentLine(method=Method(method), amount_paise=paise, reference=reference)
