"""Buttons of a payment that an admin books."""

from collections.abc import Sequence
from typing import Annotated, Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.common import RowId, back, button, cancel, keyboard
from bot.keyboards.receivables import OpenAccount, OpenReceivables
from bot.models.money import MAX_PAISE
from bot.models.payments import Account, Method
from bot.models.people import Person
from bot.models.receivables import MOST_LINES, Bills, Plan, ref_of
from bot.texts import members as member_texts
from bot.texts import recording as texts
from bot.texts.common import SKIP
from bot.texts.payments import METHODS

Token = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
Line = Annotated[int, Field(ge=0, lt=MOST_LINES)]  # counted from 0
_FORM: Final = "ReceiptForm"
_BILLS_SHOWN: Final = 30


class PickPayer(CallbackData, prefix="rcv-payer"):
    """One of those that a search has found."""

    person_id: RowId


class AskBills(CallbackData, prefix="rcv-bills"):
    """Go back to what it is for; the lines stay."""


class TickBill(CallbackData, prefix="rcv-tick"):
    """For this one as well; or not, after all."""

    invoice_id: RowId


class TakeTicked(CallbackData, prefix="rcv-ticked"):
    """For those that are ticked."""


class TakeOldest(CallbackData, prefix="rcv-oldest"):
    """For what is due longest."""


class TakeAdvance(CallbackData, prefix="rcv-advance"):
    """For no bill."""


class TakeFitnessAdvance(CallbackData, prefix="rcv-advance-fit"):
    """For no bill, and for services at the club."""


class AskMethod(CallbackData, prefix="rcv-how"):
    """Ask for a line more, or for this one anew."""


class PickMethod(CallbackData, prefix="rcv-method"):
    method: Method


class PickAmount(CallbackData, prefix="rcv-amount"):
    """As much as the button says."""

    paise: Annotated[int, Field(ge=1, le=MAX_PAISE)]


class SkipReference(CallbackData, prefix="rcv-no-ref"):
    pass


class ShowSummary(CallbackData, prefix="rcv-sum"):
    """Go back to what is there so far."""


class RemoveReceiptLine(CallbackData, prefix="rcv-cut"):
    """``token``: of the summary that it stands under."""

    token: Token
    at: Line


class CorrectReference(CallbackData, prefix="rcv-fix"):
    """Ask for a line's reference anew; ``token``: of the summary that it stands under."""

    token: Token
    at: Line


class SaveReceipt(CallbackData, prefix="rcv-save"):
    """Book what was looked at; ``token``: of that summary."""

    token: Token


def payer() -> InlineKeyboardMarkup:
    return keyboard(_out_of_search())


def hits(people: Sequence[Person]) -> InlineKeyboardMarkup:
    rows = [[button(member_texts.hit(one), PickPayer(person_id=one.id))] for one in people]
    return keyboard(*rows, _out_of_search())


def bills(shown: Bills, ticked: Sequence[int]) -> InlineKeyboardMarkup:
    rows = [
        [
            button(
                texts.bill(due, is_ticked=due.invoice_id in ticked),
                TickBill(invoice_id=due.invoice_id),
            )
        ]
        for due in shown.dues[:_BILLS_SHOWN]
    ]
    chosen = shown.chosen(list(ticked))
    return keyboard(
        *rows,
        [button(texts.ticked(chosen), TakeTicked())] if chosen else [],
        [button(texts.OLDEST, TakeOldest())] if shown.dues else [],
        [button(texts.ADVANCE, TakeAdvance())],
        [button(texts.FITNESS_ADVANCE, TakeFitnessAdvance())] if shown.asks_what_for else [],
        [back(OpenAccount(ref=ref_of(shown.account))), cancel(_FORM)],
    )


def methods(plan: Plan) -> InlineKeyboardMarkup:
    choices = [button(label, PickMethod(method=method)) for method, label in METHODS.items()]
    way_back = back(ShowSummary()) if plan.lines else _to_bills(plan.bills.account)
    return keyboard(choices[:2], choices[2:], [way_back, cancel(_FORM)])


def amounts(plan: Plan) -> InlineKeyboardMarkup:
    rest = min(plan.rest_paise, MAX_PAISE)
    return keyboard(
        [button(texts.the_rest(rest), PickAmount(paise=rest))] if rest else [],
        [back(AskMethod()), cancel(_FORM)],
    )


def reference() -> InlineKeyboardMarkup:
    return keyboard([button(SKIP, SkipReference())], [back(AskMethod()), cancel(_FORM)])


def correction() -> InlineKeyboardMarkup:
    return keyboard([button(SKIP, SkipReference())], [back(ShowSummary()), cancel(_FORM)])


def summary(plan: Plan, token: str) -> InlineKeyboardMarkup:
    return keyboard(
        *(_line(plan, at, token) for at in range(len(plan.lines))),
        [button(texts.ADD_LINE, AskMethod()), button(texts.SAVE, SaveReceipt(token=token))],
        [_to_bills(plan.bills.account), cancel(_FORM)],
    )


def booked(account: Account) -> InlineKeyboardMarkup:
    return keyboard(
        [button(texts.ACCOUNT, OpenAccount(ref=ref_of(account)))], [back(OpenReceivables())]
    )


def _line(plan: Plan, at: int, token: str) -> list[InlineKeyboardButton]:
    line = plan.lines[at]
    removal = button(texts.remove(at + 1, line), RemoveReceiptLine(token=token, at=at))
    if line.method is Method.CASH:
        return [removal]
    return [removal, button(texts.correct(at + 1), CorrectReference(token=token, at=at))]


def _to_bills(account: Account) -> InlineKeyboardButton:
    """A walk-in customer has one bill: there is nothing to choose."""
    if account.person_id is None:
        return back(OpenAccount(ref=ref_of(account)))
    return back(AskBills())


def _out_of_search() -> list[InlineKeyboardButton]:
    return [back(OpenReceivables()), cancel(_FORM)]
