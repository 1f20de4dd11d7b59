"""Finding a subscriber; changing or giving over a subscription; changing a rule."""

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
    """Fills ``subscription_id: int`` before it asks; what was never billed skips the money."""

    reason = State()  # waits for words
    money = State()  # waits for a button; fills ``credit_paise``, what is proposed
    amount = State()  # waits for another one
    method = State()  # waits for a button: how it is given back
    reference = State()  # waits for the bank's number, or what stands on the slip
    confirm = State()  # waits for a button; fills ``operation_id``, ``seen`` and ``settlement``


class TransferForm(StatesGroup):
    """Fills ``subscription_id: int`` before it asks."""

    search = State()  # as in ``SubscriberSearchForm``, or a button; fills ``receiver_id``
    confirm = State()  # waits for a button; fills ``operation_id`` and ``seen``


class RuleForm(StatesGroup):
    """Fills ``rule`` before it asks."""

    value = State()
