"""What an admin is asked before a member is asked for money."""

from aiogram.fsm.state import State, StatesGroup


class PaymentRequestForm(StatesGroup):
    """Fills ``person_id: int``, then ``amount_paise: int``, then ``purpose: str``."""

    amount = State()  # waits for an amount
    purpose = State()  # waits for words
    review = State()  # waits for a button
