"""What the club is owed, in lists and account by account; credit used, people reminded."""

from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.keyboards import receivables as keyboards
from bot.keyboards.receivables import (
    OpenAccount,
    OpenBilled,
    OpenCreditors,
    OpenDebtors,
    OpenOverdue,
    RemindDebtor,
    RemindOverdue,
    SpendCredit,
)
from bot.models.payments import Account
from bot.models.people import Person
from bot.models.receivables import account_at
from bot.replies import Reply, show
from bot.routers._forms import leave
from bot.services.club import ClubService
from bot.services.dues_reminders import DuesReminderService
from bot.services.invoices import InvoiceService
from bot.services.receivables import ReceivableService
from bot.states.receivables import ReceiptForm
from bot.texts import receivables as texts


async def show_overview(
    _query: CallbackQuery, state: FSMContext, receivables: ReceivableService
) -> Reply:
    await leave(state, ReceiptForm)
    shown = await receivables.overview()
    return show(texts.overview(shown), keyboards.overview(shown))


async def show_debtors(
    _query: CallbackQuery, callback_data: OpenDebtors, receivables: ReceivableService
) -> Reply:
    shown = await receivables.debtors(callback_data.page)
    return show(texts.debtors(shown), keyboards.debtors(shown))


async def show_overdue(
    _query: CallbackQuery, callback_data: OpenOverdue, receivables: ReceivableService
) -> Reply:
    return await _overdue(callback_data.page, receivables)


async def show_creditors(
    _query: CallbackQuery, callback_data: OpenCreditors, receivables: ReceivableService
) -> Reply:
    shown = await receivables.creditors(callback_data.page)
    return show(texts.creditors(shown), keyboards.creditors(shown))


async def show_account(
    _query: CallbackQuery,
    callback_data: OpenAccount,
    state: FSMContext,
    receivables: ReceivableService,
    club: ClubService,
) -> Reply:
    await leave(state, ReceiptForm)
    return await card(account_at(callback_data.ref), receivables, club)


async def show_billed(
    _query: CallbackQuery,
    callback_data: OpenBilled,
    receivables: ReceivableService,
    invoices: InvoiceService,
) -> Reply:
    person_id = callback_data.person_id
    whose = await receivables.bills(Account(person_id=person_id))
    shown = await invoices.page(callback_data.page, of=person_id)
    return show(texts.billed(shown, whose.name), keyboards.billed(shown, person_id))


async def use_credit(
    _query: CallbackQuery,
    callback_data: SpendCredit,
    me: Person,
    receivables: ReceivableService,
    club: ClubService,
) -> Reply:
    account = account_at(callback_data.ref)
    spent = await receivables.use_credit(account, seen_paise=callback_data.paise, by=me)
    return replace(await card(account, receivables, club), toast=texts.credit_used(spent))


async def remind(
    _query: CallbackQuery,
    callback_data: RemindDebtor,
    me: Person,
    receivables: ReceivableService,
    dues_reminders: DuesReminderService,
    club: ClubService,
) -> Reply:
    account, zone = account_at(callback_data.ref), (await club.get()).zone
    outcome = await dues_reminders.remind(account, by=me)
    shown = await card(account, receivables, club)
    return replace(shown, toast=texts.reminded(outcome, zone))


async def remind_overdue(
    _query: CallbackQuery,
    callback_data: RemindOverdue,
    me: Person,
    receivables: ReceivableService,
    dues_reminders: DuesReminderService,
    club: ClubService,
) -> Reply:
    zone = (await club.get()).zone
    outcome = await dues_reminders.remind(account_at(callback_data.ref), by=me)
    shown = await _overdue(callback_data.page, receivables)
    return replace(shown, toast=texts.reminded(outcome, zone))


async def card(account: Account, receivables: ReceivableService, club: ClubService) -> Reply:
    """An account as it is now.

    Raises:
        AccountGone: never there.
    """
    shown, zone = await receivables.card(account), (await club.get()).zone
    return show(texts.card(shown, zone), keyboards.card(shown))


async def _overdue(page: int, receivables: ReceivableService) -> Reply:
    shown = await receivables.overdue(page)
    return show(texts.overdue(shown), keyboards.overdue(shown))
