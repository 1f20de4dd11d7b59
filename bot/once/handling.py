"""From an update to its reply: the heart of "once"."""

import asyncio
from dataclasses import replace
from time import perf_counter
from typing import Final, cast

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Update

from bot import logs
from bot.errors import Unavailable
from bot.metrics import Metrics
from bot.once.answering import Answerer
from bot.once.failures import Failures, HandlerStuck
from bot.once.form import RecordInHand, context
from bot.once.leaving import album_of, next_record, stays, told
from bot.once.queue import Turns
from bot.once.record import Key, Record
from bot.once.spinner import Spinner
from bot.once.store import RecordStore
from bot.once.trace import Trace
from bot.replies import Reply, unpack
from bot.services.people import PeopleService
from bot.telegram.delivery import Delivery
from bot.telegram.pace import NotYet
from bot.telegram.refusals import Gone
from bot.texts import common as texts

DEADLINE_SECONDS: Final = 25
HANDLER_SECONDS: Final = 15
LATE_SECONDS: Final = 1.0  # a tap whose turn has not come by then is answered without words
_RACES: Final = 5
_FIRST_PAUSE_SECONDS: Final = 0.1  # between the tries of an update that fails; then twice that
_BEING_SENT_SECONDS: Final = 0.5  # a repeat leaves the first worker so long to send its reply
_LOOK_SECONDS: Final = 0.05

log = logs.get(__name__)


class Once:
    """Handles updates; safe to call for many at once, and again for the same one."""

    def __init__(  # noqa: PLR0913 -- keyword-only: what it stands between
        self,
        *,
        bot: Bot,
        dispatcher: Dispatcher,
        store: RecordStore,
        delivery: Delivery,
        people: PeopleService,
        failures: Failures,
        metrics: Metrics,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._store = store
        self._delivery = delivery
        self._answerer = Answerer(delivery)
        self._people = people
        self._failures = failures
        self._metrics = metrics
        self._turns = Turns()

    async def take(self, update: Update) -> None:
        """Handle one update to its end: effects committed, form saved, reply sent.

        An update that keeps failing by a fault of ours ends in quarantine, with an apology.

        Raises:
            Unavailable: a server was away; nothing is half done and the update may come again.
        """
        with logs.handling(update.update_id):
            trace, started = Trace(), perf_counter()
            try:
                await self._answering_late_taps(update, trace)
            except Unavailable as trouble:
                trace.outcome = "unavailable"
                log.warning("a server is away", error=str(trouble))
                raise
            finally:
                self._note(trace, perf_counter() - started)

    async def _answering_late_taps(self, update: Update, trace: Trace) -> None:
        spinner = Spinner(update, self._delivery)
        if update.callback_query is None:
            await self._in_turn(update, trace, spinner)
            return
        work = asyncio.ensure_future(self._in_turn(update, trace, spinner))
        try:
            _, waiting = await asyncio.wait({work}, timeout=LATE_SECONDS)
            if waiting:
                await spinner.stop()
            await work
        finally:
            work.cancel()

    async def _in_turn(self, update: Update, trace: Trace, spinner: Spinner) -> None:
        key = self._key(update)
        asked = perf_counter()
        try:
            async with asyncio.timeout(DEADLINE_SECONDS), self._turns.turn(key):
                trace.waited_seconds = perf_counter() - asked
                await self._until_done(update, key, trace, spinner)
        except TimeoutError as late:
            raise Unavailable("the update took too long") from late

    async def _until_done(self, update: Update, key: Key, trace: Trace, spinner: Spinner) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                return await self._handle(update, key, trace, spinner)
            except Unavailable:
                raise
            except Exception as fault:  # noqa: BLE001 -- whatever it is, the chat must go on
                if await self._failures.is_last(update, key, fault):
                    trace.outcome = "quarantined"
                    return await self._apologise(update, key, spinner)
            await asyncio.sleep(pause)
            pause *= 2

    async def _apologise(self, update: Update, key: Key, spinner: Spinner) -> None:
        await spinner.stop()
        if key.chat_id:
            await self._say_plainly(key, texts.apology(update.update_id))

    async def _say_plainly(self, key: Key, text: str) -> None:
        try:
            await self._delivery.send(key.chat_id, Reply(text=text))
        except (Gone, TelegramAPIError) as trouble:
            log.warning("nobody to apologise to", error=type(trouble).__name__)

    async def _handle(self, update: Update, key: Key, trace: Trace, spinner: Spinner) -> None:
        if not key.chat_id:  # channel posts and the like: nobody to answer
            await self._feed(update, key, RecordInHand(Record()), Record(), trace)
            return
        before, after, reply = await self._settle(update, key, trace)
        trace.state_before, trace.state_after = before.state, after.state
        unmoved = after is not before and stays(before, after.state, after.data)
        around = replace(before, screen=None, keys_up=False) if unmoved else before
        screen = None
        try:
            screen = await self._answerer.answer(update, key, around, reply, spinner)
        except Gone:
            trace.outcome = "unreachable"
            await self._people.changed_reachability(key.user_id, reachable=False)
        except NotYet:
            if key.chat_id > 0:
                raise
            trace.outcome = "group is full"  # nobody else's update waits for its next minute
        except TelegramAPIError:  # a bug of ours, but what was asked is done
            trace.outcome = "bug"
            log.exception("reply refused")
            await self._say_plainly(key, texts.UNSHOWN)
        if after.update_id == update.update_id and not after.sent:
            moved = after.state and screen != after.screen and not unmoved
            await self._store.mark_sent(key, after, screen if moved else None)

    async def _settle(
        self, update: Update, key: Key, trace: Trace
    ) -> tuple[Record, Record, Reply | None]:
        """Run the handler and save what it leaves, until no one else wrote in between."""
        for _ in range(_RACES):
            before = await self._store.load(key)
            if update.update_id in (before.update_id, *before.earlier):
                before = await self._once_sent(update, key, before)
                if before.sent or before.reply is not None or before.update_id != update.update_id:
                    trace.outcome = "repeat"
                    return before, before, _unsent(before, update)
            if before.album and before.album == album_of(update):
                trace.outcome = "rest of an album"
                return before, before, None
            in_hand = RecordInHand(before)
            reply = await self._feed(update, key, in_hand, before, trace)
            if reply is None and in_hand.state == before.state:
                return before, before, None  # nobody to answer and nothing to keep
            left = next_record(before, in_hand, update, reply)
            after = await self._store.save(key, left, untold=before.expired is not None)
            if after:
                return before, after, reply
            trace.lost_races += 1
        raise Unavailable("the record never held still")

    async def _once_sent(self, update: Update, key: Key, record: Record) -> Record:
        """Give the worker that handled it a moment to send its reply; it may be dead."""
        waited = 0.0
        while (
            record.update_id == update.update_id
            and not record.sent
            and waited < _BEING_SENT_SECONDS
        ):
            await asyncio.sleep(_LOOK_SECONDS)
            waited += _LOOK_SECONDS
            record = await self._store.load(key)
        return record

    async def _feed(
        self, update: Update, key: Key, in_hand: RecordInHand, before: Record, trace: Trace
    ) -> Reply | None:
        trace.outcome = "ok"
        try:
            async with asyncio.timeout(HANDLER_SECONDS):
                answer = await self._dispatcher.feed_update(
                    self._bot,
                    update,
                    state=context(key, in_hand),
                    raw_state=before.state,
                    expired=before.expired,
                    trace=trace,
                )
        except TimeoutError as late:
            raise HandlerStuck(f"{trace.handler} took {HANDLER_SECONDS} s") from late
        if isinstance(answer, tuple):  # routers/refusals.py: the refusal and its sentence
            refusal, no = answer
            trace.outcome = f"refused: {type(refusal).__name__}"
            in_hand.restore(Record() if refusal.closes_form else before)
            return cast(Reply, no)
        if answer is UNHANDLED or answer is None:
            return None
        return told(cast(Reply, answer), before, in_hand)

    def _key(self, update: Update) -> Key:
        """Chat 0 is nobody's: channel posts and the like."""
        known = UserContextMiddleware.resolve_event_context(update)
        if known.chat_id is None or known.user_id is None:
            return Key(self._bot.id, 0, update.update_id)
        return Key(self._bot.id, known.chat_id, known.user_id)

    def _note(self, trace: Trace, seconds: float) -> None:
        self._metrics.update_handled(
            router=trace.router,
            outcome=trace.outcome,
            seconds=seconds,
            waited_seconds=trace.waited_seconds,
            lost_races=trace.lost_races,
        )
        _log(trace, seconds)


def _unsent(record: Record, update: Update) -> Reply | None:
    """The stored reply of this very update, if it is not known to have been sent."""
    if record.sent or record.reply is None or record.update_id != update.update_id:
        return None
    return unpack(record.reply)


def _log(trace: Trace, seconds: float) -> None:
    log.info(
        "update",
        router=trace.router,
        handler=trace.handler,
        state_before=trace.state_before,
        state_after=trace.state_after,
        outcome=trace.outcome,
        ms=round(seconds * 1000, 1),
    )
