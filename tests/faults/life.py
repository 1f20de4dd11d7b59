"""What people of a club do, short enough to be done hundreds of times."""

import asyncio
import random
import re
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from bot.keyboards.approvals import ApproveRegistration, RejectRegistration
from bot.keyboards.broadcasts import SendBroadcast
from bot.keyboards.members import AskDelete
from bot.keyboards.notifications import (
    AskQuietHours,
    ChooseDelivery,
    KeepQuietHours,
    PickQuietHours,
)
from bot.keyboards.visits import AskAnyway, MarkVisit
from bot.models.notifications import Delivery, Topic
from bot.services.registrations import RegistrationService
from bot.simulator.models import Message
from tests.club import applicant
from tests.stories.registering import ANSWERS

SUBMIT = "[✅ Submit]"
_STEP = re.compile(r"\((\d)/8\)")
_DONE = ("with the club", "You are a member now")


async def applied(stage, *names: str) -> list[int]:
    """People whose registration is with the club; its number for each."""
    service = RegistrationService(stage.db, stage.club._cache)
    filed = []
    for name in names:
        person = await stage.club.known(name)
        made = await service.submit(applicant(name), by=person, operation_id=uuid4())
        filed.append(made.id)
    return filed


async def fill(stage, who: str) -> None:
    """Answer every question, up to the review."""
    for answer in ANSWERS:
        await stage.says(who, answer.format(name=f"{who} Rao", phone="98765 43210"))


async def register(stage, who: str) -> None:
    await fill(stage, who)
    await stage.says(who, SUBMIT)


async def insists(stage, who: str, *, seconds: float = 60, dawdles: float = 0) -> None:
    """Register, however often it takes: reads what stands in the chat, as people do.

    ``dawdles``: seconds to be away, once, amid the form.
    """
    before = None
    for _ in range(60):
        shown = newest(stage, who)
        if any(words in shown for words in _DONE):
            return
        step = _STEP.search(shown)
        if step and step[1] == "3":
            await asyncio.sleep(dawdles)
            dawdles = 0
        helpless = step is None or shown == before
        before = shown
        answer = "/register" if helpless else [*ANSWERS, SUBMIT][int(step[1])]
        await stage.says(who, answer.format(name=f"{who} Rao", phone="98765 43210"), seconds)
    raise AssertionError(f"{who} does not get through:\n" + transcript(stage, who))


def transcript(stage, who: str, *, last: int = 12) -> str:
    person = stage.club.people[who]
    shown = stage.engine.chat_messages(person.id)[-last:]
    return "\n".join(f"{'>' if one.sender is person else ' '} {one.text}" for one in shown)


def newest(stage, who: str) -> str:
    """The latest message of the bot in this person's chat."""
    person = stage.club.people[who]
    said = [one for one in stage.engine.chat_messages(person.id) if one.sender is not person]
    return (said[-1].text or "") if said else ""


async def crowd(stage, count: int) -> list[str]:
    """So many visitors, marked."""
    names = [f"Mk{number}" for number in range(1, count + 1)]
    for name in names:
        stage.club.visitor(name)
    return names


def open_card(stage, admin: str) -> Message | None:
    """The oldest card that this admin has not decided."""
    for message in stage.engine.chat_messages(stage.club.people[admin].id):
        if any(_decides(one) for row in message.buttons for one in row):
            return message
    return None


def number_on(shown: Message) -> int:
    """The registration that a card is about."""
    (data,) = (one["callback_data"] for row in shown.buttons for one in row if _decides(one))
    return ApproveRegistration.unpack(data).registration_id


def _decides(one: dict) -> bool:
    return one.get("callback_data", "").startswith(ApproveRegistration.__prefix__)


async def card(stage, admin: str, registration_id: int) -> Message:
    """An admin's card of that registration, as soon as it is there."""
    wanted = ApproveRegistration(registration_id=registration_id, queued=False).pack()
    async with asyncio.timeout(30):
        while not (found := _with_button(stage, admin, wanted)):
            await asyncio.sleep(0.02)
    return found


def approve(stage, admin: str, shown: Message, registration_id: int) -> int:
    return _press(stage, admin, shown, ApproveRegistration, registration_id)


def reject(stage, admin: str, shown: Message, registration_id: int) -> int:
    return _press(stage, admin, shown, RejectRegistration, registration_id)


async def wander(stage, who: str, rng: random.Random, steps: int, seconds: float = 120) -> None:
    """Through one's notifications: read, delete, choose what reaches one, move quiet hours."""
    user = stage.club.people[who]
    await stage.says(who, "/notifications", seconds)
    for _ in range(steps):
        doors = [
            (message.id, one["callback_data"])
            for message in stage.engine.chat_messages(user.id)[-3:]
            for row in message.buttons or []
            for one in row
            if one.get("callback_data", "").startswith("ntf-")
        ]
        if any(data.startswith(PickQuietHours.__prefix__) for _, data in doors):
            await stage.says(who, _now_and_later(), seconds)
        elif doors:
            pressed = stage.engine.press(user, user.id, *rng.choice(doors))
            await stage.engine.handled(pressed, timeout=seconds)
        else:
            await stage.says(who, "/notifications", seconds)


async def begin_quiet(stage, who: str, seconds: float = 120) -> None:
    """From now on registrations to review wait for the end of quiet hours: it is night."""
    waits = ChooseDelivery(topic=Topic.REGISTRATIONS, delivery=Delivery.AFTER_QUIET_HOURS)
    for data in (waits, AskQuietHours()):
        await stage.engine.handled(forge(stage, who, data), timeout=seconds)
    await stage.says(who, _now_and_later(), seconds)


async def end_quiet(stage, who: str, seconds: float = 120) -> None:
    """What was held for the night is to come now."""
    await stage.engine.handled(forge(stage, who, KeepQuietHours(on=False)), timeout=seconds)


def _now_and_later() -> str:
    hour = datetime.now(ZoneInfo("Asia/Kolkata")).hour
    return f"{hour}-{(hour + 2) % 24}"


def forge(stage, who: str, data: CallbackData) -> int:
    """Press a button on the newest message, whatever that is."""
    user = stage.club.people[who]
    newest = stage.engine.chat_messages(user.id)[-1]
    return stage.engine.press(user, user.id, newest.id, data.pack())


def ask_to_delete(stage, admin: str, person_id: int) -> int:
    return forge(stage, admin, AskDelete(person_id=person_id))


def mark_in(stage, admin: str, person_id: int) -> int:
    """That this person came in today, on the admin's newest message, whatever it is."""
    today = datetime.now(ZoneInfo("Asia/Kolkata")).date()
    return forge(stage, admin, MarkVisit(person_id=person_id, day=today.toordinal()))


def ask_why(stage, admin: str, person_id: int) -> int:
    """Let this person in all the same: the reason is asked for."""
    today = datetime.now(ZoneInfo("Asia/Kolkata")).date()
    return forge(stage, admin, AskAnyway(person_id=person_id, day=today.toordinal()))


def send_broadcast(stage, admin: str, broadcast_id: int) -> int:
    """A draft as it was first written."""
    return forge(stage, admin, SendBroadcast(broadcast_id=broadcast_id, revision=1))


def _press(stage, admin: str, shown: Message, button, registration_id: int) -> int:
    user = stage.club.people[admin]
    data = button(registration_id=registration_id, queued=False).pack()
    return stage.engine.press(user, user.id, shown.id, data)


def _with_button(stage, who: str, data: str) -> Message | None:
    for message in stage.engine.chat_messages(stage.club.people[who].id):
        if any(one.get("callback_data") == data for row in message.buttons for one in row):
            return message
    return None
