"""The one question about notifications that is answered in words."""

from aiogram.fsm.state import State, StatesGroup


class QuietHoursForm(StatesGroup):
    hours = State()  # waits for a button, or words like 22:00-06:30
