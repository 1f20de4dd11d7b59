"""Looking for an item, adding one, changing one. Steps to add are named as the facts they fill."""

from aiogram.fsm.state import State, StatesGroup


class ItemSearchForm(StatesGroup):
    part = State()  # waits for a serial or a part of the name


class ItemForm(StatesGroup):
    name = State()  # waits for words
    hsn = State()  # waits for digits or Skip
    mrp_paise = State()  # waits for an amount
    rate_bps = State()  # waits for a button or a percentage
    stock = State()  # waits for digits or Skip
    review = State()  # waits for a button; fills ``kind`` and ``operation_id``


class ItemEditForm(StatesGroup):
    """Fills ``item_id: int`` and ``field`` before it asks."""

    value = State()
