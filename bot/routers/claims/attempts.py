"""The attempt at paying that a form holds: found again, compared, closed."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from aiogram.fsm.context import FSMContext

from bot.errors.claims import PaymentClosed
from bot.models.dues import Payable, PayableKind
from bot.models.people import Person
from bot.models.purchases import Starts
from bot.replies import Reply
from bot.routers._forms import finish, last_step
from bot.routers.claims import screens
from bot.services.dues import DueService
from bot.states.claims import SubscribeForm


async def go(
    way: Callable[[Payable, FSMContext], Awaitable[Reply]],
    attempt: UUID,
    state: FSMContext,
    me: Person,
    dues: DueService,
) -> Reply:
    """On with this attempt, unless its terms are others by now: then how to pay is asked anew."""
    form = await held(state, attempt)
    now = await payable(form, me, dues)
    if now.waiting or now.terms != {name: form.get(name) for name in now.terms}:
        return await screens.changed(now, state)
    return await way(now, state)


async def held(state: FSMContext, attempt: UUID) -> dict[str, Any]:
    """The form, if it is still this attempt's.

    Raises:
        PaymentClosed: it is not.
    """
    form = await state.get_data()
    if form.get("attempt") != str(attempt):
        raise PaymentClosed
    return form


async def code(state: FSMContext) -> str | None:
    """Of a discount, in the purchase that is open; nothing where another form is."""
    name = await state.get_state() or ""
    form = await state.get_data() if name.startswith(f"{SubscribeForm.__name__}:") else {}
    return form.get("code")


async def close(attempt: UUID, state: FSMContext) -> None:
    """The form, if it is still this attempt's: a worker may have died before it closed it."""
    form = await state.get_data()
    if form.get("attempt") == str(attempt):
        await finish(state)


async def payable(form: dict[str, Any], me: Person, dues: DueService) -> Payable:
    """As it is now. What is not to be paid any more ends the form."""
    kind = PayableKind(form["kind"])
    with last_step():
        match kind:
            case PayableKind.ADVANCE:
                return await dues.advance(form["due_paise"], form["name"], me=me)
            case PayableKind.PLAN:
                starts, code = Starts(form["starts"]), form.get("code")
                return await dues.plan(form["subject_id"], starts, me=me, code=code)
            case PayableKind.INVOICE | PayableKind.REQUEST:
                return await dues.payable(kind, form["subject_id"], me=me)
