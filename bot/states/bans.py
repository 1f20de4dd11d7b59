"""Banning someone."""

from aiogram.fsm.state import State, StatesGroup


class BanForm(StatesGroup):
    """Fills ``person_id: int``."""

    reason = State()  # waits for words the person will read
