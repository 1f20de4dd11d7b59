"""Finding someone, and writing to them."""

from aiogram.fsm.state import State, StatesGroup


class MembersForm(StatesGroup):
    search = State()  # waits for an id, @username, phone, part of a name, a forward or a contact
    choose = State()  # several fit: waits for a button, or for another search
    confirm = State()  # a deletion: waits for a button


class MessageForm(StatesGroup):
    """Fills ``person_id: int`` and ``operation_id: str``."""

    text = State()
