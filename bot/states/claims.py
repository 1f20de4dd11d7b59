"""Paying, step by step, up to what the club is told; and why an invoice is not accepted."""

from aiogram.fsm.state import State, StatesGroup


class PayForm(StatesGroup):
    """Of what nobody asked for, fills ``due_paise: int`` and ``name: str`` by asking.

    From ``way`` on it holds the fields of a ``Payable``: ``kind`` by value, ``subject_id``,
    ``name``, and its ``terms`` as they were looked at: ``due_paise``, and of a plan ``starts`` by
    value, ``first_day`` in ISO, ``lasts`` and ``code`` of a discount; and ``attempt: str``, the
    operation.
    ``wrong_codes: int`` were typed.
    From ``proof`` on ``method`` by value, ``paid_paise`` by it, ``cash_paise``, and ``reference``,
    ours in the QR.
    """

    amount = State()  # waits for an amount
    purpose = State()  # waits for words
    way = State()  # waits for a button
    part = State()  # waits for an amount
    cash = State()  # waits for a button
    proof = State()  # waits for a bank's reference or a picture


class SubscribeForm(StatesGroup):
    """``PayForm`` of a plan, from ``way`` on: who leaves it or lets it run out is shown plans."""

    way = State()  # waits for a button
    code = State()  # waits for the code of a discount
    part = State()  # waits for an amount
    cash = State()  # waits for a button
    proof = State()  # waits for a bank's reference or a picture


class RejectInvoiceForm(StatesGroup):
    """Fills ``invoice_id: int`` before it asks."""

    reason = State()  # waits for words
