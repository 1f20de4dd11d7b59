"""What an admin is asked before a registration is rejected."""

from aiogram.fsm.state import State, StatesGroup


class RejectRegistrationForm(StatesGroup):
    """Fills ``registration_id: int``."""

    reason = State()  # waits for words
