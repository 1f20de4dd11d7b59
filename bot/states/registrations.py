"""What a visitor is asked, in the order they meet it."""

from aiogram.fsm.state import State, StatesGroup


class RegistrationForm(StatesGroup):
    """Fills the fields of ``Applicant`` under their names, gender by value.

    And ``phone_verified: bool``, ``consent``: whose it is, ``operation_id: str`` of the review
    shown last, ``replaces: int``: the open request that is edited.
    """

    full_name = State()  # waits for words
    phone = State()  # waits for their own contact or a number
    age = State()  # waits for years
    gender = State()  # waits for a button or its word
    weight_grams = State()  # waits for kilograms
    photo_file_id = State()  # waits for a photo or Skip
    consent = State()  # waits for a button
    review = State()  # waits for a button
