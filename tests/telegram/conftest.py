"""Workers within Telegram's limits, and a Telegram that insists on them."""

from bisect import bisect_right
from contextlib import AsyncExitStack

import pytest

from bot.app import open_app
from bot.models.notices import NoticeKind
from bot.telegram.budget import Budget, Limits
from bot.telegram.calling import Caller
from bot.telegram.delivery import Delivery
from bot.telegram.moves import Moves
from bot.telegram.pace import Pace


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"sending_limits": "telegram"})


@pytest.fixture
def sim(sim):
    sim.engine.flood.enabled = True
    return sim


@pytest.fixture
async def workers(settings, database_url, redis_url):
    """Two, that do nothing by themselves."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(open_app(settings, database_url, redis_url))
            for _ in range(2)
        ]


@pytest.fixture
def delivery_of():
    """``delivery_of(app, redis, **limits)``: a worker's own way to Telegram, in the test's hand."""

    def make(app, redis, **limits):
        pace = Pace(Budget(redis, app.bot.id, Limits(**limits)), app.metrics)
        return Delivery(Caller(app.bot, pace, Moves(redis, app.bot.id)))

    return make


@pytest.fixture
def owe(db):
    """``await owe(people, "words")``: a notice to each."""

    async def add(people, text):
        async with db.transaction() as tx:
            for person in people:
                payload = {"text": text}
                await tx.notices.add(NoticeKind.FROM_THE_CLUB, to=person.id, payload=payload)

    return add


def sent(sim, *statuses):
    """The calls that sent a message, or tried."""
    return [
        call
        for call in sim.engine.calls
        if call.method == "sendMessage" and call.status in (statuses or (200,))
    ]


def busiest_second(calls) -> int:
    """The most that arrived in any one second."""
    moments = sorted(call.at for call in calls)
    return max(bisect_right(moments, at + 1) - n for n, at in enumerate(moments))
