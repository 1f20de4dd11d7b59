"""What admins do with a payment that is booked."""

from aiogram.fsm.state import State, StatesGroup


class ReversalForm(StatesGroup):
    """Fills ``payment_id: int``, ``reason: str``, and with the review ``operation_id: str``."""

    reason = State()
    review = State()  # waits for a button


class RefundForm(StatesGroup):
    """Fills ``payment_id: int``, whose account is meant, and what is given back.

    That is ``paise: int``, ``method: str``, ``reference: str | None``, ``reason: str``; with the
    review ``operation_id: str`` and ``credit_paise: int``, the credit as it was then.
    """

    amount = State()
    method = State()  # waits for a button
    reference = State()
    reason = State()
    review = State()  # waits for a button
