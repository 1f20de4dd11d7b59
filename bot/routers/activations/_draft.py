"""What an admin has decided so far, as the form keeps it."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State

from bot.errors import FormExpired, OldButton, StaleButton
from bot.models.purchases import Decision, DecisionDraft, PurchaseCard, Seen
from bot.routers._forms import advance, answers, begin, leave
from bot.states.activations import ActivationForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    purchase_id: int
    revision: int
    draft: DecisionDraft
    seen: Seen | None


async def kept(state: FSMContext, purchase_id: int | None = None) -> Kept:
    """``purchase_id``: of the button, where one was pressed.

    Raises:
        FormExpired: no such form is open.
        StaleButton: it is about another purchase by now, and stays.
    """
    form = await state.get_data()
    if not _is_open(await state.get_state()):
        raise OldButton if form else FormExpired
    form = await answers(state, "purchase_id", "revision", "draft")
    if purchase_id not in {None, form["purchase_id"]}:
        raise StaleButton
    seen = form.get("seen")
    return Kept(
        purchase_id=form["purchase_id"],
        revision=form["revision"],
        draft=DecisionDraft(**_read(form["draft"])),
        seen=Seen(
            decision=Decision(**_read(seen["decision"])),
            first_day=date.fromisoformat(seen["first_day"]),
        )
        if seen
        else None,
    )


async def opened(state: FSMContext, purchase_id: int, *, drafting: bool) -> Kept:
    """The form about this purchase; from its card, a new one where none is open.

    Raises:
        FormExpired: ``drafting``, and there is none any more.
    """
    form = await state.get_data()
    is_open = _is_open(await state.get_state()) and form.get("purchase_id") == purchase_id
    if not is_open and not drafting:
        await begin(state, ActivationForm.change, purchase_id=purchase_id, revision=0, draft={})
    return await kept(state, purchase_id)


async def keep(state: FSMContext, to: State, was: Kept, **changed: Any) -> Kept:
    """The draft with these changes, as a new revision; what was seen of it is no more."""
    draft, revision = replace(was.draft, **changed), was.revision + 1
    await advance(state, to, revision=revision, draft=_packed(draft), seen=None)
    return replace(was, draft=draft, revision=revision, seen=None)


async def keep_seen(state: FSMContext, was: Kept, shown: PurchaseCard) -> Kept:
    """The draft as it is shown for a last look."""
    seen = Seen(decision=was.draft.decision(shown), first_day=shown.first_day)
    packed = {"decision": _packed(seen.decision), "first_day": seen.first_day.isoformat()}
    revision = was.revision + 1
    await advance(state, ActivationForm.confirm, revision=revision, seen=packed)
    return replace(was, revision=revision, seen=seen)


async def close(state: FSMContext, purchase_id: int) -> None:
    """The form about this purchase; one about another stays."""
    if (await state.get_data()).get("purchase_id") == purchase_id:
        await leave(state, ActivationForm)


def _is_open(raw_state: str | None) -> bool:
    return (raw_state or "").startswith(f"{ActivationForm.__name__}:")


def _packed(facts: DecisionDraft | Decision) -> dict[str, Any]:
    last_day = facts.last_day
    return {**asdict(facts), "last_day": last_day.isoformat() if last_day else None}


def _read(packed: dict[str, Any]) -> dict[str, Any]:
    last_day = packed.get("last_day")
    return {**packed, "last_day": date.fromisoformat(last_day) if last_day else None}
