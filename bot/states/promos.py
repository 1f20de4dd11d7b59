"""Adding a promo code, changing one. Steps to add are named as the facts they fill."""

from aiogram.fsm.state import State, StatesGroup


class PromoForm(StatesGroup):
    """``gives`` fills ``percent`` and ``amount_paise``, one of them; days are kept in ISO."""

    code = State()  # waits for letters and digits
    gives = State()  # waits for a percentage or an amount
    plan_id = State()  # waits for a button
    first_day = State()  # waits for a day or Skip
    last_day = State()  # waits for a day or Skip
    uses_limit = State()  # waits for digits or Skip
    member_limit = State()  # waits for digits or Skip
    review = State()  # waits for a button; fills ``operation_id``


class PromoEditForm(StatesGroup):
    """Fills ``promo_id: int`` and ``field`` before it asks."""

    value = State()
