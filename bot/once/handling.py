"""From an update to its reply: the heart of "once"."""

import asyncio
from dataclasses import replace
from time import perf_counter
from typing import Any, Final, cast

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Message, Update

from bot import logs
from bot.delivery import Delivery, Gone, as_message
from bot.errors import Unavailable
from bot.once.form import RecordInHand, context
from bot.once.queue import Turns
from bot.once.record import Key, Record
from bot.once.store import RecordStore
from bot.once.trace import Trace
from bot.replies import Reply, pack, unpack
from bot.routers._forms import dropped_form, title_of
from bot.services.people import PeopleService
from bot.texts import common as texts

DEADLINE_SECONDS: Final = 25
LATE_SECONDS: Final = 1.0  # a tap whose turn has not come by then is answered without words
_RACES: Final = 5

log = logs.get(__name__)


class Once:
    """Handles updates; safe to call for many at once, and again for the same one."""

    def __init__(
        self,
        *,
        bot: Bot,
        dispatcher: Dispatcher,
        store: RecordStore,
        delivery: Delivery,
        people: PeopleService,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._store = store
        self._delivery = delivery
        self._people = people
        self._turns = Turns()

    async def take(self, update: Update) -> None:
        """Handle one update to its end: effects committed, form saved, reply sent.

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
                _log(trace, perf_counter() - started)

    async def _answering_late_taps(self, update: Update, trace: Trace) -> None:
        spinner = _Spinner(update, self._delivery)
        work = asyncio.ensure_future(self._in_turn(update, trace, spinner))
        try:
            _, waiting = await asyncio.wait({work}, timeout=LATE_SECONDS)
            if waiting:
                await spinner.stop()
            await work
        finally:
            work.cancel()

    async def _in_turn(self, update: Update, trace: Trace, spinner: "_Spinner") -> None:
        key = self._key(update)
        if key is None:  # channel posts and the like: nobody to answer
            await self._feed(update, RecordInHand(Record()), Record(), trace)
            return
        try:
            async with asyncio.timeout(DEADLINE_SECONDS), self._turns.turn(key):
                await self._handle(update, key, trace, spinner)
        except TimeoutError as late:
            raise Unavailable("the update took too long") from late

    async def _handle(self, update: Update, key: Key, trace: Trace, spinner: "_Spinner") -> None:
        before, after, reply = await self._settle(update, key, trace)
        trace.state_before, trace.state_after = before.state, after.state
        stays = after is not before and _stays(before, after.state, after.data)
        around = replace(before, screen=None, keys_up=False) if stays else before
        try:
            screen = await self._answer(update, key, around, reply, spinner)
        except Gone:
            trace.outcome = "unreachable"
            await self._people.changed_reachability(key.user_id, reachable=False)
            return
        except TelegramAPIError:  # a bug of ours; sent again it would be refused again
            trace.outcome = "bug"
            log.exception("reply refused")
            return
        if after.state and screen and screen != after.screen and not stays:
            await self._store.put_screen(key, after, screen)

    async def _settle(
        self, update: Update, key: Key, trace: Trace
    ) -> tuple[Record, Record, Reply | None]:
        """Run the handler and save what it leaves, until no one else wrote in between."""
        for _ in range(_RACES):
            before = await self._store.load(key)
            if before.update_id == update.update_id and before.reply is not None:
                trace.outcome = "repeat"
                return before, before, unpack(before.reply)
            if before.album and before.album == _album(update):
                trace.outcome = "rest of an album"
                return before, before, None
            in_hand = RecordInHand(before)
            reply = await self._feed(update, in_hand, before, trace)
            if reply is None and in_hand.state == before.state:
                return before, before, None  # nobody to answer and nothing to keep
            left = _next(before, in_hand, update, reply)
            after = await self._store.save(key, left, untold=before.expired is not None)
            if after:
                return before, after, reply
        raise Unavailable("the record never held still")

    async def _feed(
        self, update: Update, in_hand: RecordInHand, before: Record, trace: Trace
    ) -> Reply | None:
        key = self._key(update) or Key(self._bot.id, 0, 0)
        try:
            answer = await self._dispatcher.feed_update(
                self._bot,
                update,
                state=context(key, in_hand),
                raw_state=before.state,
                expired=before.expired,
                trace=trace,
            )
        except Unavailable:
            raise
        except Exception:
            log.exception("bug")
            trace.outcome = "bug"
            in_hand.restore(before)
            return Reply(text=texts.apology(update.update_id), fresh=True)
        if isinstance(answer, tuple):  # routers/refusals.py: the refusal and its sentence
            refusal, no = answer
            trace.outcome = f"refused: {type(refusal).__name__}"
            in_hand.restore(Record() if refusal.closes_form else before)
            return cast(Reply, no)
        if answer is UNHANDLED or answer is None:
            return None
        return _told(cast(Reply, answer), before, in_hand)

    async def _answer(
        self, update: Update, key: Key, before: Record, reply: Reply | None, spinner: "_Spinner"
    ) -> int | None:
        """Send the reply; returns the message that now holds the screen."""
        if reply is None:
            await spinner.stop()
            return None
        query = update.callback_query
        if query is None:
            return await self._say(key, before, as_message(reply))
        answered = await spinner.stop(reply.toast, alert=reply.alert)
        if reply.toast and not answered:  # the spinner had to be stopped before we knew
            reply = as_message(reply)
        if not reply.text and not reply.attachment:
            return None
        screen = _pressed(update)
        keys_go = before.keys_up and not reply.reply_keyboard
        if screen is None or reply.fresh or keys_go:
            return await self._say(key, before, reply)
        return await self._delivery.edit(key.chat_id, screen, reply)

    async def _say(self, key: Key, before: Record, reply: Reply) -> int:
        """A new message; the question it follows loses its buttons, or its keys."""
        old = before.screen if reply.text and not before.keys_up else None
        sent, _ = await asyncio.gather(
            self._delivery.send(key.chat_id, reply, keys_up=before.keys_up),
            self._delivery.drop_buttons(key.chat_id, old),
        )
        return sent

    def _key(self, update: Update) -> Key | None:
        known = UserContextMiddleware.resolve_event_context(update)
        if known.chat_id is None or known.user_id is None:
            return None
        return Key(self._bot.id, known.chat_id, known.user_id)


class _Spinner:
    """A pressed button's spinner: stopped once, by the reply or because the reply is late."""

    def __init__(self, update: Update, delivery: Delivery) -> None:
        self._query = update.callback_query
        self._delivery = delivery
        self._stopped = False

    async def stop(self, text: str = "", *, alert: bool = False) -> bool:
        """``True``: Telegram showed ``text``."""
        if self._query is None or self._stopped:
            return False
        self._stopped = True
        try:
            return await self._delivery.answer(self._query.id, text, alert=alert)
        except (Gone, Unavailable):
            return False  # the effect must not depend on it


def _next(before: Record, in_hand: RecordInHand, update: Update, reply: Reply | None) -> Record:
    stays = _stays(before, in_hand.state, in_hand.data)
    keys_up = before.keys_up
    if reply and reply.text and not stays:
        keys_up = reply.reply_keyboard is not None
    pressed = _pressed(update) if in_hand.state else None
    return replace(
        before,
        screen=before.screen if stays else pressed,
        state=in_hand.state,
        data=in_hand.data if in_hand.state else {},
        update_id=update.update_id,
        reply=pack(reply) if reply else None,
        keys_up=keys_up,
        expired=None,
        album=_album(update),
    )


def _stays(before: Record, state: str | None, data: dict[str, Any]) -> bool:
    """A refusal, or a command inside an open form: the open question keeps its buttons and keys."""
    return before.state is not None and (before.state, before.data) == (state, data)


def _album(update: Update) -> str | None:
    """Telegram sends an album as one message per picture; the first of them is the answer."""
    return update.message.media_group_id if update.message else None


def _pressed(update: Update) -> int | None:
    """The screen is most often the message under the button; a new one is known once sent."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        return None  # typed, or the message is too old for us to see
    return query.message.message_id


def _told(reply: Reply, before: Record, in_hand: RecordInHand) -> Reply:
    """Starting a form says what became of an older one."""
    if title := dropped_form(before.state, before.data, in_hand.data):
        return reply.with_note(texts.dropped(title))
    if before.expired and in_hand.state:
        return reply.with_note(texts.expired_late(title_of(before.expired)))
    return reply


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
