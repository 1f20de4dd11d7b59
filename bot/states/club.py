"""First set-up and settings. The steps are named as the fields of ``Club``."""

from aiogram.fsm.state import State, StatesGroup


class SetupForm(StatesGroup):
    """Fills what was answered of ``name``, ``timezone``, ``currency``, ``welcome_text``."""

    name = State()  # waits for words
    timezone = State()  # waits for a button or a city
    currency = State()  # waits for a button or a code
    welcome_text = State()  # waits for words
    review = State()  # waits for a button; fills ``operation``


class SettingForm(StatesGroup):
    """Fills ``setting`` and ``panel`` before it asks."""

    value = State()  # waits for words, or for a button where there is a choice
