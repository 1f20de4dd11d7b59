"""The page's inspector: the raw traffic and who took it."""

import aiohttp
import pytest
from playwright.async_api import expect

from tests.browser.screen import button, column, say

pytestmark = pytest.mark.browser


async def test_the_inspector_shows_updates_calls_and_handlers(page, sim, anna):
    await say(column(page, "Anna"), "hello")
    pane = page.get_by_role("complementary", name="Inspector")
    update = pane.locator(".row-item.update")
    await expect(update).to_contain_text("hello")
    call = pane.locator(".row-item.call").filter(has_text="sendMessage")
    await expect(call).to_contain_text("200")
    row = next(row for row in sim.engine.journal.rows if row["kind"] == "update")
    told = {"router": "members", "handler": "show", "outcome": "handled", "ms": 2.5}
    report = {"update_id": row["update_id"], **told, "state_before": None, "state_after": None}
    told_to = f"{sim.url}/sim/handled"
    async with aiohttp.ClientSession() as session, session.post(told_to, json=report) as response:
        assert response.status < 300
    await expect(update.locator(".handler")).to_have_text("members.show → handled")
    await update.get_by_role("button").click()
    await expect(update.locator(".json")).to_contain_text(f'"update_id": {row["update_id"]}')


async def test_the_inspector_filters_pauses_clears_and_marks_errors(page, sim, anna, echo_bot):
    pane = page.get_by_role("complementary", name="Inspector")
    rows = pane.locator(".row-item:visible")
    await say(column(page, "Anna"), "hello")
    await expect(rows).to_have_count(2)
    await echo_bot.call("sendMessage", chat_id=1, text="to nobody")
    await expect(pane.locator(".row-item.failed")).to_contain_text("400")
    await button(pane, "Errors").click()
    await expect(rows).to_have_count(1)
    await button(pane, "All").click()
    await pane.get_by_role("searchbox").fill("nobody")
    await expect(rows).to_have_count(1)
    await pane.get_by_role("searchbox").fill("")
    await button(pane, "Pause").click()
    await say(column(page, "Anna"), "again")
    await expect(pane.locator(".count")).to_have_text("2")
    await expect(rows).to_have_count(3)
    await pane.get_by_role("button", name="Continue").click()
    await expect(rows).to_have_count(5)
    await button(pane, "Clear").click()
    await expect(rows).to_have_count(0)
