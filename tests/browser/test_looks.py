"""The page on a phone, in the dark, with columns hidden, and under attack."""

import pytest
from playwright.async_api import expect

from tests.browser.screen import button, column, say

pytestmark = pytest.mark.browser


async def test_columns_hide_and_say_what_they_missed(page, sim, anna, vera):
    chip = page.get_by_label("People", exact=True).get_by_role("button", name="Vera")
    await chip.click()
    await expect(column(page, "Vera")).to_be_hidden()
    sim.engine.send_text(vera, "hello")
    await expect(chip.locator(".count")).to_have_text("2")
    await page.reload()
    await expect(column(page, "Anna")).to_be_visible()
    await expect(column(page, "Vera")).to_be_hidden()


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
async def test_a_phone_shows_one_chat_at_a_time(open_page, sim, anna, vera, echo_bot, color_scheme):
    sim.engine.send_text(anna, "word " * 60 + "x" * 200)
    screen = {"width": 390, "height": 844}
    page = await open_page(viewport=screen, color_scheme=color_scheme, has_touch=True)
    chat = column(page, "Anna")
    await expect(chat).to_be_visible()
    await expect(column(page, "Vera")).to_be_hidden()
    await say(chat, "menu")
    await button(chat, "Toast").click()
    await expect(chat.locator(".toast")).to_have_text("A toast")
    assert await page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    assert await chat.locator(".messages").evaluate("list => list.scrollWidth <= list.clientWidth")
    await page.get_by_label("People", exact=True).get_by_role("button", name="Vera").click()
    await expect(column(page, "Vera")).to_be_visible()
    await expect(chat).to_be_hidden()
    await button(page, "Inspector").click()
    pane = page.get_by_role("complementary", name="Inspector")
    await expect(pane.locator(".row-item").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


async def test_light_and_dark_follow_the_system_until_chosen(open_page, anna):
    page = await open_page(color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    dark = await page.evaluate(background)
    await page.emulate_media(color_scheme="light")
    light = await page.evaluate(background)
    assert light != dark
    await page.get_by_role("button", name="Theme: auto").click()
    await page.get_by_role("button", name="Theme: light").click()
    await page.reload()
    await expect(page.get_by_role("button", name="Theme: dark")).to_be_visible()
    assert await page.evaluate(background) == dark


HOSTILE = '<img src=x onerror="window.hit = 1"><script>window.hit = 1</script> javascript:hit()'


async def test_markup_in_texts_names_and_files_is_shown_literally(open_page, sim, echo_bot):
    person = sim.engine.add_person("<b>Eve</b>", last_name="<img src=x onerror='hit=1'>")
    page = await open_page()
    chat = page.locator(".column")
    await expect(chat.get_by_role("heading")).to_contain_text("<b>Eve</b>")
    await say(chat, HOSTILE)
    await expect(chat.locator(".message.in")).to_contain_text(HOSTILE)
    sim.engine.send_document(person, "<i>x</i>.txt", b"x", caption=HOSTILE)
    await expect(chat.locator(".message.out .document")).to_contain_text("<i>x</i>.txt")
    updates = page.locator(".row-item.update")
    await expect(updates).to_have_count(2)
    await updates.last.get_by_role("button").click()
    await expect(page.locator(".json")).to_contain_text("<i>x</i>.txt")
    assert await page.evaluate("window.hit") is None
    assert await chat.locator(".messages :is(img, script, i)").count() == 0


async def test_only_harmless_links_are_links(open_page, anna):
    page = await open_page()
    shown = await page.evaluate(
        """async () => {
            const { richText } = await import("/page/richtext.js");
            const link = (href) => richText(`<a href="${href}">x</a>`, {}).querySelector("a").href;
            return ["https://a.example/", "javascript:hit()", "data:text/html,x", "/sim"].map(link);
        }"""
    )
    assert shown == ["https://a.example/", "", "", ""]
