"""What a handled update leaves in the record, and what a reply says of older forms."""

from dataclasses import replace
from typing import Any, Final

from aiogram.types import Update

from bot.once.answering import pressed
from bot.once.form import RecordInHand
from bot.once.record import LOST, Record
from bot.replies import Reply, pack
from bot.routers._forms import dropped_form, title_of
from bot.texts import common as texts

_REMEMBERED: Final = 8  # more than one person can have in flight at once


def next_record(
    before: Record, in_hand: RecordInHand, update: Update, reply: Reply | None
) -> Record:
    unmoved = stays(before, in_hand.state, in_hand.data)
    keys_up = before.keys_up
    if reply and reply.text and not unmoved:
        keys_up = reply.reply_keyboard is not None
    screen = pressed(update) if in_hand.state else None  # a new one is known once sent
    last = [] if before.update_id is None else [before.update_id]
    return replace(
        before,
        screen=before.screen if unmoved else screen,
        state=in_hand.state,
        data=in_hand.data if in_hand.state else {},
        update_id=update.update_id,
        reply=pack(reply) if reply else None,
        keys_up=keys_up,
        expired=None,
        album=album_of(update),
        sent=False,
        earlier=[*last, *before.earlier][:_REMEMBERED],
    )


def stays(before: Record, state: str | None, data: dict[str, Any]) -> bool:
    """A refusal, or a command inside an open form: the open question keeps its buttons and keys."""
    return before.state is not None and (before.state, before.data) == (state, data)


def album_of(update: Update) -> str | None:
    """Telegram sends an album as one message per picture; the first of them is the answer."""
    return update.message.media_group_id if update.message else None


def told(reply: Reply, before: Record, in_hand: RecordInHand) -> Reply:
    """Starting a form says what became of an older one."""
    if title := dropped_form(before.state, before.data, in_hand.data):
        return reply.with_note(texts.dropped(title))
    if before.expired and before.expired != LOST and in_hand.state:
        return reply.with_note(texts.expired_late(title_of(before.expired)))
    return reply
