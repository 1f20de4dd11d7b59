"""Finding a subscriber; changing a subscription; changing a rule."""

from aiogram.fsm.state import State, StatesGroup


class SubscriberSearchForm(StatesGroup):
    search = State()  # waits for an id, @username, phone, part of a name, a forward or a contact
    on_list = State()  # waits for the same; filled is ``which``, the list that is searched


class ExtendForm(StatesGroup):
    """Fills ``subscription_id: int`` before it asks."""

    days = State()  # waits for a number, below zero to shorten
    reason = State()  # waits for words
    confirm = State()  # waits for a button; fills ``operation_id`` and ``seen``


class FreezeForm(StatesGroup):
    """Fills ``subscription_id: int`` before it asks."""

    on = State()  # waits for a button or a day; kept as 2026-03-01
    days = State()  # waits for a number
    reason = State()  # waits for words
    confirm = State()  # waits for a button; fills ``operation_id`` and ``seen``


class CancelSubscriptionForm(StatesGroup):
    """Fills ``subscription_id: int`` before it asks."""

    reason = State()  # waits for words
    confirm = State()  # waits for a button; fills ``operation_id`` and ``seen``


class RuleForm(StatesGroup):
    """Fills ``rule`` before it asks."""

    value = State()
