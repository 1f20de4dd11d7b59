"""A credit note in the making."""

from aiogram.fsm.state import State, StatesGroup


class CreditNoteForm(StatesGroup):
    """Fills ``invoice_id: int`` and ``reason: str``.

    Of one line: ``position: int`` and ``paise: int``; else all that is left is meant, and
    ``restock: int`` is how many pieces come back. With the review: ``operation_id: str``,
    ``credited_paise: int`` and ``allocated_paise: int``, what was booked on the invoice then.
    """

    line = State()  # waits for a button
    amount = State()
    reason = State()
    restock = State()  # waits for a button
    review = State()  # waits for a button
