"""The member's side of paying: what I owe, pay and report it, do not accept an invoice."""

from aiogram import Router
from aiogram.filters import Command

from bot.keyboards import claims as keyboards
from bot.keyboards import purchases as purchase_keyboards
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.claims import advances, codes, owed, paying, rejecting, reporting
from bot.states.claims import PayForm, RejectInvoiceForm, SubscribeForm


def build_router() -> Router:
    router = Router(name="claims")
    _register_owed(router)
    _register_paying(router)
    return router


def _register_owed(router: Router) -> None:
    anybody, press, take = (
        May(Role.VISITOR),
        router.callback_query.register,
        router.message.register,
    )
    take(owed.begin, Command("pay"), anybody)
    press(owed.show_all, keyboards.OpenDues.filter(), anybody)
    press(owed.use_credit, keyboards.UseCredit.filter(), anybody)
    press(owed.withdraw, keyboards.WithdrawClaim.filter(), anybody)
    press(advances.ask_amount, keyboards.ReportPayment.filter(), anybody)
    take(advances.take_amount, Step(PayForm.amount), anybody)
    take(advances.take_purpose, Step(PayForm.purpose), anybody)
    press(rejecting.ask_reason, keyboards.RejectInvoice.filter(), anybody)
    take(rejecting.take_reason, Step(RejectInvoiceForm.reason), anybody)


def _register_paying(router: Router) -> None:
    """Buttons of an attempt are told by its id, not by the form: it may be closed by now."""
    anybody, press, take = (
        May(Role.VISITOR),
        router.callback_query.register,
        router.message.register,
    )
    press(paying.show_ways, keyboards.PayDue.filter(), anybody)
    press(paying.change_way, keyboards.ChangeWay.filter(), anybody)
    take(expect_button, Step(PayForm.way, SubscribeForm.way), anybody)
    press(codes.ask_code, purchase_keyboards.AskCode.filter(), anybody)
    take(codes.take_code, Step(SubscribeForm.code), anybody)
    press(codes.drop_code, purchase_keyboards.DropCode.filter(), anybody)
    press(paying.pay_by_upi, keyboards.PayByUpi.filter(), anybody)
    press(paying.pay_by_bank, keyboards.PayByBank.filter(), anybody)
    press(paying.split, keyboards.SplitPayment.filter(), anybody)
    take(paying.take_part, Step(PayForm.part, SubscribeForm.part), anybody)
    press(paying.pay_by_cash, keyboards.PayByCash.filter(), anybody)
    take(expect_button, Step(PayForm.cash, SubscribeForm.cash), anybody)
    press(reporting.report_cash, keyboards.ReportCash.filter(), anybody)
    press(reporting.pay_later, keyboards.PayLater.filter(), anybody)
    take(reporting.take_proof, Step(PayForm.proof, SubscribeForm.proof), anybody)
