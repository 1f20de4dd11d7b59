"""A fresh simulator for every test, with a bot, Anna, and a bare HTTP client."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.simulator.server import Simulator

TOKEN = "42:TEST"


class Api:
    """Calls the Bot API as any HTTP client would and keeps the status."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    async def raw(self, method: str, *, token: str = TOKEN, **options: Any):
        url = f"{self.url}/bot{token}/{method}"
        async with self.session.post(url, **options) as response:
            return response.status, await response.json()

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        _, body = await self.raw(method, json=params)
        return body

    async def ok(self, method: str, **params: Any) -> Any:
        body = await self(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        status, body = await self.raw(method, json=params)
        assert body["ok"] is False, body
        assert status == body["error_code"]
        return body["description"]


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    simulator = Simulator()
    simulator.engine.add_bot(token=TOKEN, username="clubdesk_bot", name="ClubDesk")
    yield simulator
    await simulator.stop()


@pytest.fixture
async def url(sim) -> str:
    return await sim.start()


@pytest.fixture
def engine(sim):
    return sim.engine


@pytest.fixture
def anna(engine):
    return engine.add_person("Anna", username="anna", phone="+919876543210")


@pytest.fixture
async def api(url) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, url)


@pytest.fixture
async def chat(api, engine, anna) -> int:
    """Anna's chat with the bot, already opened; the queue is empty again."""
    started = engine.start(anna)
    await api.ok("getUpdates", offset=started + 1)
    return anna.id
