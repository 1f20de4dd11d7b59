"""Adding a plan, changing one. Steps to add are named as the facts they fill."""

from aiogram.fsm.state import State, StatesGroup


class PlanForm(StatesGroup):
    name = State()  # waits for words
    price_paise = State()  # waits for an amount
    duration = State()  # waits for days or months; kept as they are written on a plan
    joining_fee_paise = State()  # waits for an amount or Skip
    visits_limit = State()  # waits for digits or Skip
    review = State()  # waits for a button; fills ``sac`` and ``operation_id``


class PlanEditForm(StatesGroup):
    """Fills ``plan_id: int`` and ``field`` before it asks."""

    value = State()
