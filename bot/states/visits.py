"""Letting somebody in whom the access rule does not."""

from aiogram.fsm.state import State, StatesGroup


class MarkAnywayForm(StatesGroup):
    """Fills ``person_id: int`` and ``day: int``, as on the button."""

    reason = State()  # waits for words for the audit log
