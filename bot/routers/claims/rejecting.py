"""❌ Reject: why an invoice is not accepted."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import claims as keyboards
from bot.keyboards.claims import RejectInvoice
from bot.keyboards.common import only_cancel
from bot.models.dues import PayableKind
from bot.models.people import Person
from bot.replies import Reply, say, show
from bot.routers import _parse
from bot.routers._forms import begin, finish, last_step
from bot.routers.claims import parse
from bot.services.dues import DueService
from bot.services.rejections import RejectionService
from bot.states.claims import RejectInvoiceForm
from bot.texts import claims as texts


async def ask_reason(
    _query: CallbackQuery,
    callback_data: RejectInvoice,
    state: FSMContext,
    me: Person,
    dues: DueService,
    rejections: RejectionService,
) -> Reply:
    """Who has said so already sees that."""
    invoice_id = callback_data.invoice_id
    payable = await dues.payable(PayableKind.INVOICE, invoice_id, me=me)
    if said := await rejections.find_open(invoice_id):
        return say(texts.rejection_sent(said), keyboards.only_dues())
    await begin(state, RejectInvoiceForm.reason, invoice_id=invoice_id)
    return say(texts.ask_reason(payable.name), only_cancel(RejectInvoiceForm.__name__))


async def take_reason(
    message: Message, state: FSMContext, me: Person, rejections: RejectionService
) -> Reply:
    reason = _parse.words(message.text, limit=parse.REASON_CHARACTERS)
    form = await finish(state, "invoice_id")
    with last_step():
        made = await rejections.reject(form["invoice_id"], reason=reason, me=me)
    return show(texts.rejection_sent(made), keyboards.only_dues())
