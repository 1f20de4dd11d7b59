"""When somebody was born."""

from aiogram.fsm.state import State, StatesGroup


class BirthdayForm(StatesGroup):
    day = State()  # waits for a day like 24 Nov 1990, the year as they like
