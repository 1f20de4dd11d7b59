"""A broadcast on its way: paused, stopped, tried again, edited, deleted, reported."""

from dataclasses import replace
from datetime import UTC, datetime

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors.broadcasts import BroadcastStill
from bot.keyboards import broadcasts as keyboards
from bot.keyboards.broadcasts import (
    AskRetract,
    AskWords,
    PauseBroadcast,
    ResumeBroadcast,
    RetractBroadcast,
    RetryBroadcast,
    SendReport,
    StopBroadcast,
)
from bot.models.people import Person
from bot.models.templates import CAPTION_UNITS, MESSAGE_UNITS
from bot.replies import Reply, document, say, show
from bot.routers._forms import begin, finish, last_step
from bot.routers.broadcasts import parse
from bot.routers.broadcasts.screens import screen
from bot.services.broadcasts import BroadcastService
from bot.services.club import ClubService
from bot.services.recipients import RecipientService
from bot.states.broadcasts import BroadcastForm
from bot.texts import broadcasts_sent as texts


async def pause(
    _query: CallbackQuery,
    callback_data: PauseBroadcast,
    me: Person,
    recipients: RecipientService,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    await recipients.pause(callback_data.broadcast_id, by=me)
    return await screen(callback_data.broadcast_id, me=me, broadcasts=broadcasts, club=club)


async def resume(
    _query: CallbackQuery,
    callback_data: ResumeBroadcast,
    me: Person,
    recipients: RecipientService,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    await recipients.resume(callback_data.broadcast_id, by=me)
    return await screen(callback_data.broadcast_id, me=me, broadcasts=broadcasts, club=club)


async def stop(
    _query: CallbackQuery,
    callback_data: StopBroadcast,
    me: Person,
    recipients: RecipientService,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    await recipients.stop(callback_data.broadcast_id, by=me)
    return await screen(callback_data.broadcast_id, me=me, broadcasts=broadcasts, club=club)


async def retry(
    _query: CallbackQuery,
    callback_data: RetryBroadcast,
    me: Person,
    recipients: RecipientService,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    many = await recipients.try_again(callback_data.broadcast_id, by=me)
    shown = await screen(callback_data.broadcast_id, me=me, broadcasts=broadcasts, club=club)
    return replace(shown, toast=texts.tried_again(many))


async def ask_words(
    _query: CallbackQuery, callback_data: AskWords, state: FSMContext, broadcasts: BroadcastService
) -> Reply:
    """Below the progress, which is drawn again and again."""
    one = (await broadcasts.card(callback_data.broadcast_id)).broadcast
    if one.started_at is None or one.retracted_at:
        raise BroadcastStill
    await begin(
        state,
        BroadcastForm.words,
        broadcast_id=one.id,
        limit=CAPTION_UNITS if one.content.file_kind else MESSAGE_UNITS,
    )
    return say(texts.ask_words(one.content), keyboards.words(one.id))


async def take_words(
    message: Message, state: FSMContext, me: Person, recipients: RecipientService
) -> Reply:
    found = await finish(state, "broadcast_id", "limit")
    html = parse.words(message, limit=found["limit"])
    with last_step():
        await recipients.edit(found["broadcast_id"], html, by=me)
    return show(texts.EDITED, keyboards.to_progress(found["broadcast_id"]))


async def ask_retract(_query: CallbackQuery, callback_data: AskRetract) -> Reply:
    """Below the progress, as ``ask_words``."""
    return say(texts.ASK_RETRACT, keyboards.ask_retract(callback_data.broadcast_id))


async def retract(
    _query: CallbackQuery,
    callback_data: RetractBroadcast,
    me: Person,
    recipients: RecipientService,
) -> Reply:
    await recipients.retract(callback_data.broadcast_id, by=me)
    return show(texts.RETRACTED, keyboards.to_progress(callback_data.broadcast_id))


async def report(
    _query: CallbackQuery,
    callback_data: SendReport,
    me: Person,
    recipients: RecipientService,
    broadcasts: BroadcastService,
    club: ClubService,
) -> Reply:
    now, zone = datetime.now(UTC), (await club.get()).zone
    file = await recipients.report(callback_data.broadcast_id, by=me, zone=zone)
    one = (await broadcasts.card(callback_data.broadcast_id)).broadcast
    return document(texts.report_name(one, now, zone), file, texts.report(one, now, zone))
