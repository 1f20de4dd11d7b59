"""Finding a request; what an admin decides before it is approved or rejected."""

from aiogram.fsm.state import State, StatesGroup


class ActivationForm(StatesGroup):
    """Fills ``purchase_id: int``, ``draft`` and, for the last look, ``seen``.

    ``revision: int`` tells buttons of an earlier question from those of the newest one.
    """

    change = State()  # waits for a button: what else to change
    price = State()  # waits for an amount
    last_day = State()  # waits for a day, or a button
    upi = State()  # waits for an amount or a button
    cash = State()  # waits for an amount or a button
    confirm = State()  # waits for a button


class PurchaseSearchForm(StatesGroup):
    search = State()  # waits for whom, as in ``SubscriberSearchForm``


class RejectPurchaseForm(StatesGroup):
    """Fills ``purchase_id: int``."""

    reason = State()  # waits for words
