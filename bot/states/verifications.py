"""What an admin is asked before a reported payment is rejected, or booked in part."""

from aiogram.fsm.state import State, StatesGroup


class RejectClaimForm(StatesGroup):
    """Fills ``claim_id: int``."""

    reason = State()  # waits for words


class PartlyForm(StatesGroup):
    """Fills ``claim_id: int`` and ``received: list[int]``, in paise: a line's for each answer."""

    amount = State()  # waits for an amount or a button, once for each line
    confirm = State()  # waits for a button
