"""An issued invoice reduced or cancelled: what, why, a last look; and a credit note."""

from typing import Any, Final
from uuid import UUID, uuid4

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.errors.credit_notes import NotCreditable, NothingToCredit
from bot.keyboards import credit_notes as keyboards
from bot.keyboards.credit_notes import (
    IssueCreditNote,
    OpenCreditLines,
    PickCreditLine,
    PickRestock,
)
from bot.keyboards.invoices import CancelInvoice, DownloadCreditNote, ReduceInvoice
from bot.models.credit_notes import CreditedLine, CreditPlan, Seen
from bot.models.people import Person, Role
from bot.notices.payments import as_credit_note
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._bills import card
from bot.routers._filters import May, Step
from bot.routers._forms import advance, answers, begin, expect_button, finish, last_step
from bot.services import amounts
from bot.services.club import ClubService
from bot.services.credit_notes import CreditNoteService
from bot.services.invoices import InvoiceService
from bot.states.credit_notes import CreditNoteForm
from bot.texts import credit_notes as texts

CHARACTERS: Final = 300


def build_router() -> Router:
    router = Router(name="credit_notes")
    admin, press, take = May(Role.ADMIN), router.callback_query.register, router.message.register
    at_line, at_restock = StateFilter(CreditNoteForm.line), StateFilter(CreditNoteForm.restock)
    at_review = StateFilter(CreditNoteForm.review)
    press(begin_reduction, ReduceInvoice.filter(), admin)
    press(begin_cancellation, CancelInvoice.filter(), admin)
    press(show_lines, at_line, OpenCreditLines.filter(), admin)
    press(pick_line, at_line, PickCreditLine.filter(), admin)
    take(expect_button, Step(CreditNoteForm.line), admin)
    take(take_amount, Step(CreditNoteForm.amount), admin)
    take(take_reason, Step(CreditNoteForm.reason), admin)
    press(pick_restock, at_restock, PickRestock.filter(), admin)
    take(expect_button, Step(CreditNoteForm.restock), admin)
    press(issue, at_review, IssueCreditNote.filter(), admin)
    take(expect_button, Step(CreditNoteForm.review), admin)
    press(download, DownloadCreditNote.filter(), May(Role.VISITOR))
    return router


async def begin_reduction(
    _query: CallbackQuery,
    callback_data: ReduceInvoice,
    me: Person,
    state: FSMContext,
    invoices: InvoiceService,
    credit_notes: CreditNoteService,
) -> Reply:
    """Of a single line at once."""
    invoice_id = callback_data.invoice_id
    invoice, left = await invoices.find(invoice_id, me=me), await credit_notes.left(invoice_id)
    if not left:
        raise NothingToCredit
    if len(left) > 1:
        await begin(state, CreditNoteForm.line, invoice_id=invoice_id)
        return show(texts.ask_line(invoice), keyboards.lines(invoice, left))
    await begin(state, CreditNoteForm.amount, invoice_id=invoice_id, position=left[0].position)
    return show(texts.ask_amount(left[0], invoice), keyboards.question(invoice_id))


async def show_lines(
    _query: CallbackQuery,
    callback_data: OpenCreditLines,
    me: Person,
    state: FSMContext,
    invoices: InvoiceService,
    credit_notes: CreditNoteService,
) -> Reply:
    invoice_id = (await answers(state, "invoice_id"))["invoice_id"]
    invoice, left = await invoices.find(invoice_id, me=me), await credit_notes.left(invoice_id)
    return show(texts.ask_line(invoice), keyboards.lines(invoice, left, callback_data.page))


async def pick_line(
    _query: CallbackQuery,
    callback_data: PickCreditLine,
    me: Person,
    state: FSMContext,
    invoices: InvoiceService,
    credit_notes: CreditNoteService,
) -> Reply:
    invoice_id = (await answers(state, "invoice_id"))["invoice_id"]
    left = _of(await credit_notes.left(invoice_id), callback_data.position)
    await advance(state, CreditNoteForm.amount, position=left.position)
    invoice = await invoices.find(invoice_id, me=me)
    return show(texts.ask_amount(left, invoice), keyboards.question(invoice_id))


async def take_amount(
    message: Message, state: FSMContext, credit_notes: CreditNoteService
) -> Reply:
    paise = amounts.amount(_parse.words(message.text, limit=CHARACTERS))
    form = await answers(state, "invoice_id", "position")
    plan = await credit_notes.plan(form["invoice_id"], position=form["position"], paise=paise)
    await advance(state, CreditNoteForm.reason, paise=paise)
    question = texts.ask_reason(plan, is_whole=False)
    return show(question, keyboards.question(form["invoice_id"]))


async def begin_cancellation(
    _query: CallbackQuery,
    callback_data: CancelInvoice,
    state: FSMContext,
    credit_notes: CreditNoteService,
) -> Reply:
    plan = await credit_notes.plan(callback_data.invoice_id)
    await begin(state, CreditNoteForm.reason, invoice_id=plan.invoice.id)
    return show(texts.ask_reason(plan, is_whole=True), keyboards.question(plan.invoice.id))


async def take_reason(
    message: Message, state: FSMContext, credit_notes: CreditNoteService
) -> Reply:
    """Who cancels what the store sold is asked for the pieces first."""
    reason = _parse.words(message.text, limit=CHARACTERS)
    form = await answers(state, "invoice_id")
    pieces = 0 if "position" in form else await credit_notes.pieces(form["invoice_id"])
    if pieces:
        await advance(state, CreditNoteForm.restock, reason=reason)
        return show(texts.ask_restock(pieces), keyboards.restock(form["invoice_id"]))
    return await _review(state, {**form, "reason": reason}, credit_notes)


async def pick_restock(
    _query: CallbackQuery,
    callback_data: PickRestock,
    state: FSMContext,
    credit_notes: CreditNoteService,
) -> Reply:
    form = await answers(state, "invoice_id", "reason")
    pieces = await credit_notes.pieces(form["invoice_id"]) if callback_data.back else 0
    return await _review(state, {**form, "restock": pieces}, credit_notes)


async def issue(  # noqa: PLR0913, PLR0917 -- aiogram hands over by name; the card needs two services
    _query: CallbackQuery,
    callback_data: IssueCreditNote,
    me: Person,
    state: FSMContext,
    invoices: InvoiceService,
    credit_notes: CreditNoteService,
    club: ClubService,
) -> Reply:
    form = await finish(state, "invoice_id", "reason", "operation_id")
    if form["operation_id"] != str(callback_data.operation_id):
        raise StaleButton
    with last_step():
        note = await credit_notes.issue(
            form["invoice_id"],
            position=form.get("position"),
            paise=form.get("paise", 0),
            reason=form["reason"],
            restock=bool(form.get("restock")),
            seen=Seen(
                credited_paise=form["credited_paise"], allocated_paise=form["allocated_paise"]
            ),
            by=me,
            operation_id=UUID(form["operation_id"]),
        )
    shown = await card(note.invoice.id, invoices=invoices, club=club)
    return shown.with_note(texts.made(note))


async def download(
    _query: CallbackQuery,
    callback_data: DownloadCreditNote,
    me: Person,
    credit_notes: CreditNoteService,
    club: ClubService,
) -> Reply:
    note = await credit_notes.find(callback_data.note_id, me=me)
    return await as_credit_note(note, (await club.get()).zone)


async def _review(
    state: FSMContext, form: dict[str, Any], credit_notes: CreditNoteService
) -> Reply:
    """A last look at the credit note as it would be issued now."""
    with last_step():
        plan = await credit_notes.plan(
            form["invoice_id"], position=form.get("position"), paise=form.get("paise", 0)
        )
    operation_id, restock = uuid4(), form.get("restock", 0)
    await advance(
        state,
        CreditNoteForm.review,
        reason=form["reason"],
        restock=restock,
        operation_id=str(operation_id),
        **_seen(plan),
    )
    shown = texts.review(plan, form["reason"], restock=restock)
    return show(shown, keyboards.review(form["invoice_id"], operation_id))


def _seen(plan: CreditPlan) -> dict[str, int]:
    seen = plan.seen
    return {"credited_paise": seen.credited_paise, "allocated_paise": seen.allocated_paise}


def _of(left: list[CreditedLine], position: int) -> CreditedLine:
    """The line that was tapped.

    Raises:
        NotCreditable: nothing is left of it by now.
    """
    found = next((each for each in left if each.position == position), None)
    if found is None:
        raise NotCreditable(left_paise=0)
    return found
