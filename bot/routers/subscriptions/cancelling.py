"""A subscription cancelled: why, what becomes of its money, all of it shown, then done at once."""

from dataclasses import asdict
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import StaleButton
from bot.errors.subscriptions import MoreThanBilled, SubscriptionChanged
from bot.keyboards import subscription_moves as keyboards
from bot.keyboards import subscriptions as common_keyboards
from bot.keyboards.subscription_moves import MakeCancellation, PickBack, PickPaidBy
from bot.keyboards.subscriptions import AskCancel
from bot.models.credit_notes import Seen
from bot.models.payments import Method, PaymentLine
from bot.models.people import Person
from bot.models.prorata import Back, Settlement, Worth
from bot.models.subscription_cards import REASON_CHARACTERS, Preview
from bot.models.subscriptions import Change, ChangeKind
from bot.replies import Reply, show
from bot.routers import _parse
from bot.routers._forms import advance, answers, begin, finish, last_step
from bot.routers.subscriptions.browse import card
from bot.services import amounts, references
from bot.services.cancellations import CancellationService
from bot.services.club import ClubService
from bot.services.subscriptions import SubscriptionService
from bot.states.subscriptions import CancelSubscriptionForm
from bot.texts import subscription_changes as texts
from bot.texts import subscription_moves as money_texts

_FORM: Final = CancelSubscriptionForm.__name__
_CHARACTERS: Final = 40  # of an amount, or what stands on a slip


async def ask_why(
    _query: CallbackQuery,
    callback_data: AskCancel,
    state: FSMContext,
    subscriptions: SubscriptionService,
) -> Reply:
    number = callback_data.subscription_id
    shown = await _preview(number, subscriptions)
    await begin(state, CancelSubscriptionForm.reason, subscription_id=number)
    return show(texts.ask_reason(shown, "🚫"), common_keyboards.question(_FORM, number))


async def take_reason(
    message: Message,
    state: FSMContext,
    subscriptions: SubscriptionService,
    cancellations: CancellationService,
) -> Reply:
    """What was never billed is cancelled without a word about money."""
    reason = _parse.words(message.text, limit=REASON_CHARACTERS)
    number = (await answers(state, "subscription_id"))["subscription_id"]
    shown, worth = await _preview(number, subscriptions), await cancellations.worth(number)
    if worth is None:
        return await _confirm_bare(shown, state, reason)
    return await _ask_money(shown, worth, worth.unused_paise, state, reason=reason)


async def ask_amount(
    _query: CallbackQuery,
    state: FSMContext,
    subscriptions: SubscriptionService,
    cancellations: CancellationService,
) -> Reply:
    number = (await answers(state, "subscription_id"))["subscription_id"]
    shown, worth = await _looked_at(number, subscriptions, cancellations)
    await advance(state, CancelSubscriptionForm.amount)
    question = common_keyboards.question(_FORM, number)
    return show(money_texts.ask_amount(shown, worth), question)


async def take_amount(
    message: Message,
    state: FSMContext,
    subscriptions: SubscriptionService,
    cancellations: CancellationService,
) -> Reply:
    paise = amounts.amount(_parse.words(message.text, limit=_CHARACTERS))
    number = (await answers(state, "subscription_id"))["subscription_id"]
    shown, worth = await _looked_at(number, subscriptions, cancellations)
    if paise > worth.creditable_paise:
        raise MoreThanBilled(creditable_paise=worth.creditable_paise)
    return await _ask_money(shown, worth, paise, state)


async def pick_back(
    _query: CallbackQuery,
    callback_data: PickBack,
    state: FSMContext,
    subscriptions: SubscriptionService,
    cancellations: CancellationService,
) -> Reply:
    found = await answers(state, "subscription_id", "reason", "credit_paise")
    number, back = found["subscription_id"], callback_data.back
    if back is Back.NOTHING:
        return await _confirm_bare(await _preview(number, subscriptions), state, found["reason"])
    shown, worth = await _looked_at(number, subscriptions, cancellations)
    freed = worth.freed_paise(found["credit_paise"])
    if not found["credit_paise"] or (back is Back.REFUND and not freed):
        raise StaleButton
    if back is Back.CREDIT:
        return await _confirm(shown, worth, None, state)
    await advance(state, CancelSubscriptionForm.method, refund_paise=freed)
    return show(money_texts.ask_method(freed), keyboards.methods(number))


async def pick_method(
    _query: CallbackQuery,
    callback_data: PickPaidBy,
    state: FSMContext,
    subscriptions: SubscriptionService,
    cancellations: CancellationService,
) -> Reply:
    """Cash has no reference."""
    method, found = callback_data.method, await answers(state, "subscription_id", "refund_paise")
    number = found["subscription_id"]
    if method is not Method.CASH:
        await advance(state, CancelSubscriptionForm.reference, method=method.value)
        question = common_keyboards.question(_FORM, number)
        return show(money_texts.ask_reference(method), question)
    line = PaymentLine(method=method, amount_paise=found["refund_paise"])
    shown, worth = await _looked_at(number, subscriptions, cancellations)
    return await _confirm(shown, worth, line, state)


async def take_reference(
    message: Message,
    state: FSMContext,
    subscriptions: SubscriptionService,
    cancellations: CancellationService,
) -> Reply:
    found = await answers(state, "subscription_id", "refund_paise", "method")
    method, typed = Method(found["method"]), _parse.words(message.text, limit=_CHARACTERS)
    reference = references.reference(typed) if method.has_unique_reference else typed
    line = PaymentLine(method=method, amount_paise=found["refund_paise"], reference=reference)
    shown, worth = await _looked_at(found["subscription_id"], subscriptions, cancellations)
    return await _confirm(shown, worth, line, state)


async def make(  # noqa: PLR0913, PLR0917 -- aiogram hands over by name; with money or without
    _query: CallbackQuery,
    callback_data: MakeCancellation,
    me: Person,
    state: FSMContext,
    subscriptions: SubscriptionService,
    cancellations: CancellationService,
    club: ClubService,
) -> Reply:
    found = await finish(state, "subscription_id", "reason", "operation_id", "seen", "settlement")
    if found["operation_id"] != str(callback_data.operation_id):
        raise StaleButton
    number, settlement = found["subscription_id"], _read(found["settlement"])
    known: dict[str, Any] = {
        "reason": found["reason"],
        "by": me,
        "operation_id": UUID(found["operation_id"]),
        "seen": found["seen"],
    }
    with last_step():
        if settlement:
            await cancellations.cancel(number, settlement, **known)
        else:
            await subscriptions.cancel(number, **known)
    return (await card(await subscriptions.card_of(number), club)).with_note(texts.DONE)


async def _preview(number: int, subscriptions: SubscriptionService) -> Preview:
    return await subscriptions.preview(number, Change(id=0, kind=ChangeKind.CANCEL))


async def _looked_at(
    number: int, subscriptions: SubscriptionService, cancellations: CancellationService
) -> tuple[Preview, Worth]:
    """Raises SubscriptionChanged: all of its bill is credited by now."""
    shown, worth = await _preview(number, subscriptions), await cancellations.worth(number)
    if worth is None:
        raise SubscriptionChanged
    return shown, worth


async def _ask_money(
    shown: Preview, worth: Worth, paise: int, state: FSMContext, **known: Any
) -> Reply:
    await advance(state, CancelSubscriptionForm.money, credit_paise=paise, **known)
    buttons = keyboards.money(shown.before.id, worth, paise)
    return show(money_texts.ask_money(shown, worth, paise), buttons)


async def _confirm_bare(shown: Preview, state: FSMContext, reason: str) -> Reply:
    operation_id = await _advance(shown, None, state, reason=reason)
    return show(
        texts.confirm_cancel(shown, reason), keyboards.confirm(shown.before.id, operation_id)
    )


async def _confirm(
    shown: Preview, worth: Worth, refund: PaymentLine | None, state: FSMContext
) -> Reply:
    found = await answers(state, "reason", "credit_paise")
    settlement = Settlement(
        credit_paise=found["credit_paise"], refund=refund, on=worth.today, seen=worth.seen
    )
    operation_id = await _advance(shown, settlement, state)
    text = money_texts.confirm(shown, worth, settlement, found["reason"])
    return show(text, keyboards.confirm(shown.before.id, operation_id))


async def _advance(
    shown: Preview, settlement: Settlement | None, state: FSMContext, **known: Any
) -> UUID:
    operation_id = uuid4()
    await advance(
        state,
        CancelSubscriptionForm.confirm,
        operation_id=str(operation_id),
        seen=shown.seen,
        settlement=_packed(settlement),
        **known,
    )
    return operation_id


def _packed(settlement: Settlement | None) -> dict[str, Any] | None:
    return {**asdict(settlement), "on": settlement.on.isoformat()} if settlement else None


def _read(packed: dict[str, Any] | None) -> Settlement | None:
    if packed is None:
        return None
    refund = packed["refund"]
    return Settlement(
        credit_paise=packed["credit_paise"],
        refund=PaymentLine(**{**refund, "method": Method(refund["method"])}) if refund else None,
        on=date.fromisoformat(packed["on"]),
        seen=Seen(**packed["seen"]),
    )
