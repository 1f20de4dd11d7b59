"""Finding someone, and writing to them."""

from aiogram.fsm.state import State, StatesGroup


class MembersForm(StatesGroup):
    """Stays open while a search finds nobody or several."""

    search = State()  # waits for an id, @username, phone, part of a name, a forward or a contact


class MessageForm(StatesGroup):
    """Fills ``person_id: int`` and ``operation_id: str``."""

    text = State()
