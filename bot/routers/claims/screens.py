"""What is owed, the ways to pay it, and what was reported, as screens."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

from aiogram.fsm.context import FSMContext

from bot.documents.qr import qr_png
from bot.errors.claims import WayGone
from bot.keyboards import claims as keyboards
from bot.keyboards import purchases as purchase_keyboards
from bot.models.dues import OwnClaim, Payable, PayableKind
from bot.models.payments import Method
from bot.models.people import Person
from bot.models.purchases import Purchase
from bot.models.upi import attempt_of
from bot.replies import Reply, picture, show
from bot.routers._forms import advance, answers, begin, leave
from bot.services.dues import DueService
from bot.states.claims import PayForm, SubscribeForm
from bot.texts import claims as texts
from bot.texts import purchases as purchase_texts


async def owed(me: Person, dues: DueService) -> Reply:
    shown = await dues.owed(me)
    return show(texts.owed(shown), keyboards.owed(shown))


def reported(claim: OwnClaim) -> Reply:
    return show(texts.reported(claim), keyboards.reported(claim))


def requested(purchase: Purchase) -> Reply:
    """A subscription asked for, and what has become of it."""
    return show(purchase_texts.requested(purchase), purchase_keyboards.requested(purchase))


def outcome(made: OwnClaim | Purchase) -> Reply:
    return requested(made) if isinstance(made, Purchase) else reported(made)


async def ways(payable: Payable, state: FSMContext) -> Reply:
    """Open the form, and ask how to pay; what they have reported already is shown instead."""
    if payable.waiting:
        await leave(state, PayForm, SubscribeForm)
        return reported(payable.waiting)
    attempt = uuid4()
    known = {
        "kind": payable.kind.value,
        "subject_id": payable.id,
        "name": payable.name,
        **payable.terms,
        "attempt": str(attempt),
    }
    open_form = (await state.get_state() or "").partition(":")[0]
    if open_form in {PayForm.__name__, SubscribeForm.__name__}:
        await advance(state, steps(payable).way, **known)
    else:
        await begin(state, steps(payable).way, **known)
    return show(texts.ways(payable), keyboards.ways(payable, attempt))


async def changed(payable: Payable, state: FSMContext) -> Reply:
    """The same anew; only that it was reported is no news that needs a dialog."""
    again = await ways(payable, state)
    return again if payable.waiting else replace(again, toast=texts.CHANGED, alert=True)


async def upi(payable: Payable, paise: int, state: FSMContext) -> Reply:
    """A code for so much, the rest in cash; the form waits for a proof.

    Raises:
        WayGone: the club has no UPI address any more.
    """
    number = payable.name if payable.kind is PayableKind.INVOICE else "PAY"
    reference, note = attempt_of(number), texts.upi_note(payable)
    request = payable.means.upi_request(paise, reference=reference, note=note)
    if request is None:
        raise WayGone
    form = await answers(state, "attempt")
    await waiting_for_proof(payable, state, Method.UPI, paise, reference=reference)
    code = await asyncio.to_thread(qr_png, request.link)
    said = texts.pay_by_upi(request, payable.due_paise - paise)
    buttons = keyboards.pay_by_upi(payable, request, UUID(form["attempt"]))
    return picture(texts.UPI_FILE, code, said, buttons)


async def waiting_for_proof(
    payable: Payable,
    state: FSMContext,
    method: Method,
    paise: int,
    *,
    reference: str | None = None,
) -> None:
    """Of so much; the rest is to come in cash."""
    await advance(
        state,
        steps(payable).proof,
        method=method.value,
        paid_paise=paise,
        cash_paise=payable.due_paise - paise,
        reference=reference,
    )


def steps(payable: Payable) -> type[PayForm] | type[SubscribeForm]:
    """The form whose steps from ``way`` on it is paid in."""
    return SubscribeForm if payable.choice else PayForm
