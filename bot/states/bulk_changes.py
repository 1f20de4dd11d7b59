"""Days for everybody on a list."""

from aiogram.fsm.state import State, StatesGroup


class BulkExtendForm(StatesGroup):
    """Fills ``which`` before it asks."""

    days = State()  # waits for a number
    reason = State()  # waits for words
    # Waits for a button; fills ``operation_id``, ``targets`` (ids and what was seen of them), how
    # many of these were gone through (``at``), and what came of it: ``done`` and ``skipped``.
    confirm = State()
