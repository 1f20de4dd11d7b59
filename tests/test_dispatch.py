"""The table takes every update to the very handler that the plain tree would take it to."""

import types
from contextlib import suppress
from enum import Enum
from itertools import product
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin
from uuid import UUID

import pytest
from aiogram import Bot, Dispatcher
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import StatesGroup
from aiogram.types import Update, User
from pydantic import ValidationError

from bot import startup
from bot.app import for_handlers
from bot.assembly import build_services
from bot.dispatch import TableDispatcher
from bot.models.people import Office, Person, Role
from bot.routers import ORDER
from bot.texts.common import CANCEL

ME = User(id=42, is_bot=True, first_name="ClubDesk", username="clubdesk_bot")
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna"}
CHAT = {"id": 7, "type": "private", "first_name": "Anna"}
OPEN_FORM = "RegistrationForm:age"
FORMS = [form for form in StatesGroup.__subclasses__() if form.__module__.startswith("bot.")]
STATES = [None, "OldForm:step", *(state.state for form in FORMS for state in form)]


class NewClub:
    """Nobody has set it up."""

    async def get(self):
        return types.SimpleNamespace(set_up_at=None)


async def note(handler, event, data):
    """Instead of the handler: which one it would have been."""
    return data["event_router"].name, data["handler"].callback.__name__


def dispatcher(kind: type[Dispatcher]) -> Dispatcher:
    dp = kind(disable_fsm=True)
    dp.workflow_data.update(for_handlers(build_services(None, None)))
    dp.include_routers(*(seat.build() for seat in ORDER))
    for name, observer in dp.observers.items():
        if name != "update":  # stands before all routers
            observer.middleware(note)
    return dp


@pytest.fixture
def bot() -> Bot:
    bot = Bot("42:TEST")
    bot._me = ME
    return bot


@pytest.fixture
def tree() -> Dispatcher:
    return dispatcher(Dispatcher)


@pytest.fixture
def table() -> TableDispatcher:
    dp = dispatcher(TableDispatcher)
    dp.use(startup.check(ORDER, dp))
    return dp


def person(role: Role) -> Person:
    office = {Role.OWNER: Office.OWNER, Role.ADMIN: Office.ADMIN}.get(role)
    fields = dict.fromkeys(Person.__slots__)
    return Person(**{**fields, "id": 1, "telegram_id": 7, "display_name": "Anna", "office": office})


async def taken(dp, bot, *, state=None, role=Role.OWNER, **event):
    update = Update.model_validate({"update_id": 1, **event}, context={"bot": bot})
    return await dp.feed_update(
        bot, update, raw_state=state, me=person(role), club=NewClub(), state=None, expired=None
    )


def message(**content) -> dict:
    return {"message": {"message_id": 1, "date": 1, "chat": CHAT, "from": ANNA, **content}}


def press(data: str | None) -> dict:
    query = {"id": "1", "from": ANNA, "chat_instance": "1"}
    return {"callback_query": {**query, **({"data": data} if data is not None else {})}}


def commands(dp) -> list[str]:
    filters = [f for route in startup.routes(ORDER, dp) for f in route.filters]
    return [name for f in filters if isinstance(f, Command) for name in f.commands]


def buttons() -> list[str]:
    ours = [c for c in CallbackData.__subclasses__() if c.__module__.startswith("bot.")]
    return [button(cls).pack() for cls in ours]


def button(cls) -> CallbackData:
    """One that parses: some texts must look like something, some numbers are small or months."""
    fields = cls.model_fields.items()
    for text, number in product(("p1", "0" * 8), (1, 12, 24_000)):
        with suppress(ValidationError):
            return cls(**{name: sample(field.annotation, text, number) for name, field in fields})
    raise AssertionError(cls)


def sample(kind, text, number):
    """Some value of this type."""
    if get_origin(kind) in {Union, UnionType}:
        return sample(get_args(kind)[0], text, number)
    if get_origin(kind) is Annotated:
        return sample(get_args(kind)[0], text, number)
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    return {int: number, str: text, bool: True, UUID: UUID(int=1)}[kind]


def some_states(number: int, apart: int) -> list[str | None]:
    """None, and some of the others, for each number other ones: all would take minutes."""
    return [None, *STATES[number % apart :: apart]]


async def compare(tree, table, bot, events, states, *, role=Role.OWNER) -> set:
    """Every event in every state, both ways; returns the handlers that were met."""
    met = set()
    for event, state in product(events, states):
        plain = await taken(tree, bot, state=state, role=role, **event)
        assert await taken(table, bot, state=state, role=role, **event) == plain, (event, state)
        met.add(plain)
    return met


async def test_every_command_in_many_a_state(tree, table, bot):
    met = set()
    for number, name in enumerate([*commands(tree), "unknown"]):
        met |= await compare(tree, table, bot, [message(text=f"/{name}")], some_states(number, 5))
    assert ("fallback", "unknown_command") in met
    assert len(met) >= len(set(commands(tree)))


async def test_every_way_to_write_a_command(tree, table, bot):
    names = [*commands(tree), "unknown", "START", "?"]
    ways = ["/{} more words", "/{}@clubdesk_bot", "/{}@other_bot", "  /{}", "!{}", "/ {}", "/{}\nx"]
    texts = [way.format(name) for way, name in product(ways, names)]
    events = [*(message(text=text) for text in texts), *(message(caption=text) for text in texts)]
    await compare(tree, table, bot, events, [None, OPEN_FORM])


async def test_everything_else_one_can_send_in_every_state(tree, table, bot):
    events = [
        message(text="just words"),
        message(text=CANCEL),
        message(text="/"),
        message(text=" "),
        message(location={"latitude": 1, "longitude": 1}),
        message(caption=CANCEL),
        {"edited_message": message(text="/cancel")["message"]},
    ]
    met = await compare(tree, table, bot, events, STATES)
    assert {("cancel", "cancel"), ("fallback", "not_an_answer"), ("fallback", "misplaced")} <= met


async def test_every_button_in_many_a_state(tree, table, bot):
    met = set()
    for number, data in enumerate(buttons()):
        met |= await compare(tree, table, bot, [press(data)], some_states(number, 80))
    assert ("fallback", "old_button") in met
    assert len(met) > len(ORDER)


async def test_buttons_that_mean_nothing(tree, table, bot):
    data = [None, "", ":", "?", "unknown:1", *(text.partition(":")[0] for text in buttons()[::2])]
    longer = [f"{text}:one too many" for text in buttons()[1::2]]
    await compare(tree, table, bot, map(press, data), [None])
    await compare(tree, table, bot, map(press, longer), [OPEN_FORM])


@pytest.mark.parametrize("role", [Role.VISITOR, Role.ADMIN])
async def test_who_may_is_asked_of_the_same_handler(tree, table, bot, role):
    events = [*map(press, buttons()), *(message(text=f"/{name}") for name in commands(tree))]
    met = await compare(tree, table, bot, events, [OPEN_FORM], role=role)
    assert ("refusals", "say_no") in met


async def test_what_strangers_type_is_not_remembered(table, bot):
    for number in range(50):
        await taken(table, bot, **message(text=f"/unknown{number}"))
        await taken(table, bot, **press(f"unknown{number}:1"))
    assert len(table._found) == 2


async def test_only_a_few_handlers_are_asked(table, bot):
    for data in buttons():
        await taken(table, bot, state=OPEN_FORM, **press(data))
    await taken(table, bot, state=OPEN_FORM, **message(text="28"))
    asked = [sum(len(c.handlers) for c in found) for found in table._found.values()]
    assert max(asked) <= 5
