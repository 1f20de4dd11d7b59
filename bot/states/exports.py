"""The days of an export."""

from aiogram.fsm.state import State, StatesGroup


class ExportForm(StatesGroup):
    """Fills ``kind`` before it asks."""

    days = State()  # waits for "1.4.2026 - 30.6.2026"
