"""Sending the catalogue as a file."""

from aiogram.fsm.state import State, StatesGroup


class ItemUploadForm(StatesGroup):
    file = State()  # waits for a document, and after a preview for a better one or a button
