"""What is typed about the business, and a rate with the day from which it holds."""

from aiogram.fsm.state import State, StatesGroup


class BusinessForm(StatesGroup):
    """Fills ``setting`` before it asks."""

    value = State()  # waits for words, a picture as a logo, or a button


class TaxRateForm(StatesGroup):
    """Fills ``code`` and ``rate_bps``, one after the other."""

    code = State()  # waits for an HSN or SAC
    rate_bps = State()  # waits for a percentage
    valid_from = State()  # waits for a day
