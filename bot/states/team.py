"""Giving and taking offices."""

from aiogram.fsm.state import State, StatesGroup


class TeamForm(StatesGroup):
    """Fills ``to``, then ``person_id``, ``was`` and ``operation``."""

    person = State()  # waits for an id, an @username, a contact or a forwarded message
    confirm = State()  # waits for a button
