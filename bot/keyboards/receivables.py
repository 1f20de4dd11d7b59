"""Buttons of what the club is owed: the panel, lists, an account, statements."""

from typing import Annotated, Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.common import (
    OpenAdmin,
    Page,
    RowId,
    ShowPayment,
    back,
    button,
    keyboard,
    pager,
)
from bot.keyboards.invoices import OpenDocuments, OwnStatement, ShowInvoice
from bot.models.invoices import Invoices
from bot.models.money import MAX_PAISE
from bot.models.payments import Account
from bot.models.receivables import (
    REF,
    AccountCard,
    Balance,
    Listed,
    OpenInvoice,
    Overview,
    ref_of,
)
from bot.models.statements import Period, Statement
from bot.texts import receivables as texts
from bot.texts import statements as statement_texts
from bot.texts.invoices import entry

Ref = Annotated[str, Field(pattern=REF)]
_INVOICES_SHOWN: Final = 20
_PAYMENTS_SHOWN: Final = 20


class OpenReceivables(CallbackData, prefix="rcv-open"):
    """Show what the club is owed."""


class OpenDebtors(CallbackData, prefix="rcv-debtors"):
    page: Page = 0


class OpenOverdue(CallbackData, prefix="rcv-overdue"):
    page: Page = 0


class OpenCreditors(CallbackData, prefix="rcv-credits"):
    page: Page = 0


class OpenAccount(CallbackData, prefix="rcv-account"):
    ref: Ref


class OpenBilled(CallbackData, prefix="rcv-billed"):
    """Show a page of all that this person was billed."""

    person_id: RowId
    page: Page = 0


class BeginReceipt(CallbackData, prefix="rcv-new"):
    """Ask from whom a payment is."""


class RecordFor(CallbackData, prefix="rcv-for"):
    """Begin a payment of this account."""

    ref: Ref


class SpendCredit(CallbackData, prefix="rcv-credit"):
    """Settle the oldest bills with the account's credit; ``paise``: what the button said."""

    ref: Ref
    paise: Annotated[int, Field(ge=1, le=100 * MAX_PAISE)]


class RemindDebtor(CallbackData, prefix="rcv-remind"):
    """Remind them, from their account."""

    ref: Ref


class RemindOverdue(CallbackData, prefix="rcv-nudge"):
    """Remind them, from this page of what is overdue."""

    ref: Ref
    page: Page


class ShowStatement(CallbackData, prefix="rcv-stm"):
    """In the chat; for admins."""

    ref: Ref
    period: Period


class SendStatement(CallbackData, prefix="rcv-stm-pdf"):
    """As a file; for admins."""

    ref: Ref
    period: Period


class SendOwnStatement(CallbackData, prefix="doc-stm-pdf"):
    """One's own, as a file."""

    period: Period


def overview(shown: Overview) -> InlineKeyboardMarkup:
    return keyboard(
        [button(texts.RECORD, BeginReceipt())],
        [
            button(texts.who_owes(shown), OpenDebtors()),
            button(texts.what_is_overdue(shown), OpenOverdue()),
        ],
        [button(texts.who_has_credit(shown), OpenCreditors())],
        [back(OpenAdmin())],
    )


def debtors(shown: Listed[Balance]) -> InlineKeyboardMarkup:
    return keyboard(
        *([button(texts.balance(each), _account(each))] for each in shown.entries),
        pager(shown.number, shown.pages, lambda number: OpenDebtors(page=number)),
        [back(OpenReceivables())],
    )


def creditors(shown: Listed[Balance]) -> InlineKeyboardMarkup:
    return keyboard(
        *([button(texts.credit(each), _account(each))] for each in shown.entries),
        pager(shown.number, shown.pages, lambda number: OpenCreditors(page=number)),
        [back(OpenReceivables())],
    )


def overdue(shown: Listed[OpenInvoice]) -> InlineKeyboardMarkup:
    return keyboard(
        *(_overdue(each, shown.number) for each in shown.entries),
        pager(shown.number, shown.pages, lambda number: OpenOverdue(page=number)),
        [back(OpenReceivables())],
    )


def card(shown: AccountCard) -> InlineKeyboardMarkup:
    ref = ref_of(shown.account)
    use = SpendCredit(ref=ref, paise=shown.spendable_paise) if shown.spendable_paise else None
    can_remind = shown.holder.is_reachable and shown.invoices
    person_id = shown.account.person_id
    can_record = person_id is not None or shown.invoices
    return keyboard(
        [button(texts.RECORD, RecordFor(ref=ref))] if can_record else [],
        *(
            [button(texts.open_invoice(each), ShowInvoice(invoice_id=each.invoice_id))]
            for each in shown.invoices[:_INVOICES_SHOWN]
        ),
        *(
            [button(texts.payment(each), ShowPayment(payment_id=each.payment_id))]
            for each in shown.payments[:_PAYMENTS_SHOWN]
        ),
        [button(texts.BILLED, OpenBilled(person_id=person_id))] if person_id is not None else [],
        [button(texts.use_credit(shown), use)] if use else [],
        [
            button(texts.STATEMENT, ShowStatement(ref=ref, period=Period.YEAR)),
            *([button(texts.REMIND, RemindDebtor(ref=ref))] if can_remind else []),
        ],
        [back(OpenReceivables())],
    )


def billed(shown: Invoices, person_id: int) -> InlineKeyboardMarkup:
    return keyboard(
        *(
            [button(entry(each, shown.today), ShowInvoice(invoice_id=each.id))]
            for each in shown.entries
        ),
        pager(
            shown.number,
            shown.pages,
            lambda number: OpenBilled(person_id=person_id, page=number),
        ),
        [back(OpenAccount(ref=ref_of(Account(person_id=person_id))))],
    )


def statement(shown: Statement) -> InlineKeyboardMarkup:
    ref, period = ref_of(shown.account), shown.period
    return keyboard(
        [_period(each, ShowStatement(ref=ref, period=each), period) for each in Period],
        [button(statement_texts.PDF, SendStatement(ref=ref, period=period))],
        [back(OpenAccount(ref=ref))],
    )


def own_statement(shown: Statement) -> InlineKeyboardMarkup:
    return keyboard(
        [_period(each, OwnStatement(period=each), shown.period) for each in Period],
        [button(statement_texts.PDF, SendOwnStatement(period=shown.period))],
        [back(OpenDocuments())],
    )


def _account(entry: Balance | OpenInvoice) -> OpenAccount:
    return OpenAccount(ref=ref_of(entry.account))


def _overdue(entry: OpenInvoice, page: int) -> list[InlineKeyboardButton]:
    """A walk-in customer has no chat with us."""
    shown = button(entry.number, _account(entry))
    if entry.account.person_id is None:
        return [shown]
    nudge = RemindOverdue(ref=ref_of(entry.account), page=page)
    return [shown, button(texts.remind(entry), nudge)]


def _period(each: Period, data: CallbackData, chosen: Period) -> InlineKeyboardButton:
    return button(statement_texts.choice(each, is_chosen=each is chosen), data)
