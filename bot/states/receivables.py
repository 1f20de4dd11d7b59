"""A payment that an admin books, step by step."""

from aiogram.fsm.state import State, StatesGroup


class ReceiptForm(StatesGroup):
    """Fills ``operation_id: str`` and ``lines: list`` (method, paise, reference) as it begins.

    Then ``ref: str``, the account; ``ticked: list[int]``, bills; ``wanted``, as
    ``Receipt.invoices``, and ``for_fitness: bool``. Each summary that is drawn fills ``token:
    str``, its own, and ``seen_paise: int``, what is due on it.
    """

    search = State()  # waits for an id, @username, phone, part of a name, a forward or a contact
    bills = State()  # waits for buttons
    method = State()  # waits for a button
    amount = State()  # waits for an amount or a button; fills ``method`` before it asks
    reference = State()  # waits for one or a button; fills ``paise`` before it asks
    summary = State()  # waits for a button
    correction = State()  # waits for a line's reference; fills ``at: int``, from 0, before it asks
