"""Finding one's way about the page."""

import re

from playwright.async_api import Locator, Page, expect


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


async def say(column: Locator, text: str) -> None:
    field = column.get_by_role("textbox", name="Message", exact=True)
    await field.fill(text)
    await field.press("Enter")


def bubbles(column: Locator, text: str | re.Pattern[str]) -> Locator:
    return column.locator(".message").filter(has_text=text)


def button(inside: Locator | Page, name: str) -> Locator:
    return inside.get_by_role("button", name=name, exact=True)


async def menu(page: Page, name: str) -> Locator:
    """A person's column with the bot's inline keyboard in it."""
    chat = column(page, name)
    await say(chat, "menu")
    await expect(bubbles(chat, "Press one")).to_be_visible()
    return chat
