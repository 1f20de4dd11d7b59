"""What the club is owed: who owes, payments booked by hand, reminders, statements."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards import receivables as keyboards
from bot.keyboards import recording as buttons
from bot.keyboards.common import RecordOnInvoice
from bot.keyboards.invoices import OwnStatement
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.receivables import beginning, lines, saving, screens, statements
from bot.states.receivables import ReceiptForm


def build_router() -> Router:
    router = Router(name="receivables")
    _register_screens(router)
    _register_statements(router)
    _register_beginning(router)
    _register_lines(router)
    _register_saving(router)
    return router


def _register_screens(router: Router) -> None:
    admin, press = May(Role.ADMIN), router.callback_query.register
    press(screens.show_overview, keyboards.OpenReceivables.filter(), admin)
    press(screens.show_debtors, keyboards.OpenDebtors.filter(), admin)
    press(screens.show_overdue, keyboards.OpenOverdue.filter(), admin)
    press(screens.show_creditors, keyboards.OpenCreditors.filter(), admin)
    press(screens.show_account, keyboards.OpenAccount.filter(), admin)
    press(screens.show_billed, keyboards.OpenBilled.filter(), admin)
    press(screens.use_credit, keyboards.SpendCredit.filter(), admin)
    press(screens.remind, keyboards.RemindDebtor.filter(), admin)
    press(screens.remind_overdue, keyboards.RemindOverdue.filter(), admin)


def _register_statements(router: Router) -> None:
    admin, anybody, press = May(Role.ADMIN), May(Role.VISITOR), router.callback_query.register
    press(statements.show_one, keyboards.ShowStatement.filter(), admin)
    press(statements.send_one, keyboards.SendStatement.filter(), admin)
    press(statements.show_own, OwnStatement.filter(), anybody)
    press(statements.send_own, keyboards.SendOwnStatement.filter(), anybody)


def _register_beginning(router: Router) -> None:
    admin, press, take = May(Role.ADMIN), router.callback_query.register, router.message.register
    in_form, at_bills = StateFilter(ReceiptForm), StateFilter(ReceiptForm.bills)
    press(beginning.ask_payer, keyboards.BeginReceipt.filter(), admin)
    take(beginning.take_search, Step(ReceiptForm.search), admin)
    at_search = StateFilter(ReceiptForm.search)
    press(beginning.pick_payer, at_search, buttons.PickPayer.filter(), admin)
    press(beginning.begin_for, keyboards.RecordFor.filter(), admin)
    press(beginning.begin_on, RecordOnInvoice.filter(), admin)
    press(beginning.ask_bills, in_form, buttons.AskBills.filter(), admin)
    take(expect_button, Step(ReceiptForm.bills), admin)
    press(beginning.tick, at_bills, buttons.TickBill.filter(), admin)
    press(beginning.take_ticked, at_bills, buttons.TakeTicked.filter(), admin)
    press(beginning.take_oldest, at_bills, buttons.TakeOldest.filter(), admin)
    press(beginning.take_advance, at_bills, buttons.TakeAdvance.filter(), admin)
    press(beginning.take_fitness_advance, at_bills, buttons.TakeFitnessAdvance.filter(), admin)


def _register_lines(router: Router) -> None:
    admin, press, take = May(Role.ADMIN), router.callback_query.register, router.message.register
    in_form, at_amount = StateFilter(ReceiptForm), StateFilter(ReceiptForm.amount)
    at_reference = StateFilter(ReceiptForm.reference, ReceiptForm.correction)
    press(lines.ask_method, in_form, buttons.AskMethod.filter(), admin)
    take(expect_button, Step(ReceiptForm.method), admin)
    at_method = StateFilter(ReceiptForm.method)
    press(lines.pick_method, at_method, buttons.PickMethod.filter(), admin)
    take(lines.take_amount, Step(ReceiptForm.amount), admin)
    press(lines.pick_amount, at_amount, buttons.PickAmount.filter(), admin)
    take(lines.take_reference, Step(ReceiptForm.reference), admin)
    take(lines.take_correction, Step(ReceiptForm.correction), admin)
    press(lines.skip_reference, at_reference, buttons.SkipReference.filter(), admin)


def _register_saving(router: Router) -> None:
    admin, press, take = May(Role.ADMIN), router.callback_query.register, router.message.register
    in_form, at_summary = StateFilter(ReceiptForm), StateFilter(ReceiptForm.summary)
    press(saving.show_summary, in_form, buttons.ShowSummary.filter(), admin)
    take(expect_button, Step(ReceiptForm.summary), admin)
    press(saving.remove_line, at_summary, buttons.RemoveReceiptLine.filter(), admin)
    press(saving.ask_correction, at_summary, buttons.CorrectReference.filter(), admin)
    press(saving.save, at_summary, buttons.SaveReceipt.filter(), admin)
