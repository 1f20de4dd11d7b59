"""aiogram's FSM over a record in hand: handlers use it as everywhere, Redis is written once."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from bot.once.record import Key, Record


class RecordInHand(BaseStorage):
    """Holds one record's state and data while its update is handled."""

    def __init__(self, record: Record) -> None:
        self.restore(record)

    def restore(self, record: Record) -> None:
        """Forget what a handler did before it failed or refused."""
        self.state = record.state
        self.data = dict(record.data)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        self.state = state.state if isinstance(state, State) else state

    async def get_state(self, key: StorageKey) -> str | None:
        return self.state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        self.data = dict(data)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict(self.data)

    async def close(self) -> None:
        """Nothing to close: the connection is the store's."""


def context(key: Key, in_hand: RecordInHand) -> FSMContext:
    storage_key = StorageKey(bot_id=key.bot_id, chat_id=key.chat_id, user_id=key.user_id)
    return FSMContext(in_hand, storage_key)
