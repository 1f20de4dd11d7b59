"""A real Chromium, looking at the simulator's page."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from playwright.async_api import Browser, Page, async_playwright

from bot.simulator.server import Simulator
from tests.browser.echo_bot import EchoBot

MISSING = "no Chromium on this machine; get it with: apt-get install chromium"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium; CLUBDESK_REQUIRE_BROWSER=1 makes its absence a failure."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CLUBDESK_REQUIRE_BROWSER") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=ARGS)
        yield chromium
        await chromium.close()


@pytest.fixture
async def open_page(browser, sim: Simulator) -> AsyncIterator[OpenPage]:
    """Open the page as ``await open_page(color_scheme="dark", …)``; its scripts must not fail."""
    contexts = []
    errors: list[str] = []

    async def open_(**options) -> Page:
        context = await browser.new_context(
            **{"viewport": {"width": 1500, "height": 860}} | options
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: "Security" in said.text and errors.append(said.text))
        await page.goto(sim.url)
        await page.locator(".column").first.wait_for(state="attached")
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert errors == []


@pytest.fixture
async def echo_bot(sim: Simulator) -> AsyncIterator[EchoBot]:
    async with aiohttp.ClientSession(sim.url) as session:
        bot = EchoBot(session, "42:TEST")
        async with bot.running():
            yield bot


@pytest.fixture
def anna(sim):
    return sim.engine.add_person("Anna", username="anna", phone="+919876543210")


@pytest.fixture
def vera(sim):
    return sim.engine.add_person("Vera", username="vera")


@pytest.fixture
async def page(open_page, anna, vera, echo_bot) -> Page:
    return await open_page()
