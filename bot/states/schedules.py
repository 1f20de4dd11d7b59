"""The hour of a recurring job."""

from aiogram.fsm.state import State, StatesGroup


class ScheduleForm(StatesGroup):
    """Fills ``name`` and ``panel`` before it asks."""

    hour = State()  # waits for hours and minutes
