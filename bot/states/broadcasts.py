"""Writing a broadcast, deciding when it goes, and editing what was sent."""

from aiogram.fsm.state import State, StatesGroup


class BroadcastForm(StatesGroup):
    """Fills ``operation_id`` of a new one, or ``broadcast_id`` and ``revision`` of one there is.

    And its segment: ``kind``, ``days``, ``plan_id``, ``plan_name``; ``people``, our ids of those
    picked so far. Before it asks for words it fills ``limit``, in UTF-16 units.
    """

    audience = State()  # waits for a button
    days = State()  # waits for a button or a number
    plan = State()  # waits for a button
    people = State()  # waits for names, ids, @usernames, phones, a forward or a contact; or Done
    content = State()  # waits for a text, a photo or a document
    moment = State()  # waits for a button, or a day and time
    words = State()  # of one that is sent: waits for the new text
