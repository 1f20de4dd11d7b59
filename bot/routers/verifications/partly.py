"""A reported payment of which less came in: line by line, a last look, booked."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import OldButton, StaleButton
from bot.errors.verifications import MoreThanClaimed
from bot.keyboards import verifications as keyboards
from bot.keyboards.verifications import AskReceived, ConfirmPartly, Part, PickReceived
from bot.models.claims import ClaimCard, ClaimStatus
from bot.models.people import Person
from bot.replies import Reply, say, show
from bot.routers import _parse
from bot.routers._forms import advance, answers, begin, finish, last_step, leave
from bot.routers.verifications.claims import REASON_LIMIT
from bot.routers.verifications.screens import outcome, too_late
from bot.services.claims import ClaimService
from bot.services.club import ClubService
from bot.states.verifications import PartlyForm, RejectClaimForm
from bot.texts import verifications as texts


async def ask_received(
    _query: CallbackQuery,
    callback_data: AskReceived,
    state: FSMContext,
    claims: ClaimService,
    club: ClubService,
) -> Reply:
    """Below the card, so that Cancel leaves the card as it is."""
    found = await claims.card(callback_data.claim_id)
    if found.claim.status is not ClaimStatus.WAITING:
        return too_late(found, (await club.get()).zone, queued=callback_data.queued)
    await begin(state, PartlyForm.amount, claim_id=found.claim.id, received=[])
    return say(texts.ask_received(found.claim, 0), keyboards.ask_received(found.claim, 0))


async def take_received(message: Message, state: FSMContext, claims: ClaimService) -> Reply:
    return await _next(_parse.received(message.text), state, claims)


async def pick_received(
    _query: CallbackQuery, callback_data: PickReceived, state: FSMContext, claims: ClaimService
) -> Reply:
    form = await answers(state, "claim_id", "received")
    number, position = callback_data.claim_id, callback_data.position
    if number != form["claim_id"] or position != len(form["received"]):
        raise StaleButton
    line = (await claims.card(number)).claim.lines[position]
    came = line.amount_paise if callback_data.part is Part.ALL else 0
    return await _next(came, state, claims)


async def confirm(
    _query: CallbackQuery,
    callback_data: ConfirmPartly,
    me: Person,
    state: FSMContext,
    claims: ClaimService,
    club: ClubService,
) -> Reply:
    number, zone = callback_data.claim_id, (await club.get()).zone
    found = await claims.card(number)
    if found.claim.status is not ClaimStatus.WAITING:
        await leave(state, PartlyForm)
        return outcome(await claims.verify(number, by=me), zone, queued=True)
    form = await finish(state, "claim_id", "received")
    if form["claim_id"] != number or len(form["received"]) != len(found.claim.lines):
        raise OldButton
    with last_step():
        made = await claims.verify(
            number, by=me, received=form["received"], seen_due_paise=callback_data.due_paise
        )
    return outcome(made, zone, queued=True)


async def _next(paise: int, state: FSMContext, claims: ClaimService) -> Reply:
    """The answer is kept; the next line, or the last look."""
    form = await answers(state, "claim_id", "received")
    found, received = await claims.card(form["claim_id"]), [*form["received"], paise]
    claimed = found.claim.lines[len(received) - 1].amount_paise
    if paise > claimed:
        raise MoreThanClaimed(claimed_paise=claimed)
    if len(received) < len(found.claim.lines):
        await advance(state, PartlyForm.amount, received=received)
        question = texts.ask_received(found.claim, len(received))
        return show(question, keyboards.ask_received(found.claim, len(received)))
    if not any(received):
        return await _ask_why(found, state)
    await advance(state, PartlyForm.confirm, received=received)
    last_look = keyboards.ask_confirm(found, sum(received))
    return show(texts.ask_confirm(found, received), last_look)


async def _ask_why(found: ClaimCard, state: FSMContext) -> Reply:
    await leave(state, PartlyForm)
    await begin(state, RejectClaimForm.reason, claim_id=found.claim.id)
    return show(texts.nothing_received(found, limit=REASON_LIMIT), keyboards.ask_reason())
