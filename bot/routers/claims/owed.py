"""All that one owes; credit spent, a report taken back."""

from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards.claims import OpenDues, UseCredit, WithdrawClaim
from bot.models.people import Person
from bot.replies import Reply
from bot.routers._forms import leave
from bot.routers.claims import screens
from bot.services.claims import ClaimService
from bot.services.dues import DueService
from bot.services.payments import PaymentService
from bot.states.claims import PayForm, RejectInvoiceForm, SubscribeForm
from bot.texts import claims as texts


async def begin(_message: Message, me: Person, dues: DueService) -> Reply:
    return await screens.owed(me, dues)


async def show_all(
    _query: CallbackQuery,
    callback_data: OpenDues,  # noqa: ARG001 -- it has no fields
    state: FSMContext,
    me: Person,
    dues: DueService,
) -> Reply:
    await leave(state, PayForm, SubscribeForm, RejectInvoiceForm)
    return await screens.owed(me, dues)


async def use_credit(
    _query: CallbackQuery,
    callback_data: UseCredit,
    state: FSMContext,
    me: Person,
    payments: PaymentService,
    dues: DueService,
) -> Reply:
    seen_paise = callback_data.seen_paise
    spent = await payments.use_credit(callback_data.invoice_id, by=me, seen_paise=seen_paise)
    await leave(state, PayForm)
    return (await screens.owed(me, dues)).with_note(texts.credit_used(spent))


async def withdraw(
    _query: CallbackQuery,
    callback_data: WithdrawClaim,
    me: Person,
    claims: ClaimService,
    dues: DueService,
) -> Reply:
    """What an admin was faster with is drawn anew all the same: it waits no longer."""
    is_withdrawn = await claims.withdraw(callback_data.claim_id, me=me)
    shown = await screens.owed(me, dues)
    if not is_withdrawn:
        return replace(shown, toast=texts.DECIDED, alert=True)
    return shown.with_note(texts.WITHDRAWN)
