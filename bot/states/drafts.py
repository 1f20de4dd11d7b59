"""Writing an invoice, step by step. The draft itself is in the database."""

from aiogram.fsm.state import State, StatesGroup


class BuyerForm(StatesGroup):
    """Fills ``operation_id: str`` before it asks."""

    search = State()  # waits for an id, @username, phone, part of a name, a forward or a contact
    name = State()  # of a customer who is no member


class DraftForm(StatesGroup):
    """Fills ``draft_id: int`` before it asks, and ``operation_id: str`` before it asks for a line.

    A line of the store fills ``item_id``, one by hand ``kind``; both ``name`` and ``price_paise``.
    """

    item = State()  # waits for a serial or a part of the name
    name = State()  # of a line by hand
    price = State()  # waits for an amount
    kind = State()  # waits for a button
    quantity = State()  # waits for a button or a number
    discount = State()  # waits for a button or a percentage
    address = State()  # waits for words
    state = State()  # waits for a button, a name or two digits; fills ``address`` before it asks
    gstin = State()
    shipping = State()  # waits for an amount or a button
