"""What is said to members who stay away, and how often."""

from aiogram.fsm.state import State, StatesGroup


class FollowUpForm(StatesGroup):
    """Fills ``panel`` before it asks."""

    text = State()  # waits for words, formatted or not; fills ``occasion`` before
    interval = State()  # waits for a button or a number of days
