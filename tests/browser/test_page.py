"""What people see and do in their chats, in a real Chromium."""

import pytest
from playwright.async_api import expect

from tests.browser.screen import bubbles, button, column, menu, say
from tests.chat import PNG

pytestmark = pytest.mark.browser


async def test_a_text_is_sent_and_answered(page, anna, vera):
    chat = column(page, "Anna")
    await say(chat, "hello")
    await expect(chat.locator(".message.out").filter(has_text="hello")).to_be_visible()
    await expect(chat.locator(".message.in").filter(has_text="You said: hello")).to_be_visible()
    await expect(column(page, "Vera").locator(".message")).to_have_count(0)


async def test_shift_enter_starts_a_line_and_the_message_can_be_edited(page, sim, anna):
    chat = column(page, "Anna")
    field = chat.get_by_role("textbox", name="Message", exact=True)
    await field.fill("one")
    await field.press("Shift+Enter")
    await field.press_sequentially("two")
    await field.press("Enter")
    sent = chat.locator(".message.out")
    await expect(sent).to_contain_text("one\ntwo")
    await sent.hover()
    await button(sent, "Edit message").click()
    await expect(field).to_have_value("one\ntwo")
    await field.fill("three")
    await field.press("Enter")
    await expect(sent).to_contain_text("three")
    await expect(sent.locator(".edited")).to_be_visible()
    assert sim.engine.chat_messages(anna.id)[0].text == "three"


async def test_a_press_shimmers_until_it_is_answered(page, anna, echo_bot):
    chat = await menu(page, "Anna")
    await button(chat, "Wait").click()
    await expect(button(chat, "Wait")).to_have_attribute("aria-busy", "true")
    echo_bot.may_answer.set()
    await expect(button(chat, "Wait")).not_to_have_attribute("aria-busy", "true")


async def test_a_press_brings_a_toast_or_an_alert(page, anna):
    chat = await menu(page, "Anna")
    await button(chat, "Toast").click()
    await expect(chat.locator(".toast")).to_have_text("A toast")
    await button(chat, "Alert").click()
    alert = chat.get_by_role("alertdialog")
    await expect(alert).to_contain_text("An alert")
    await button(alert, "OK").click()
    await expect(alert).to_have_count(0)


async def test_an_alert_leaves_the_keyboard_to_whoever_writes(page, anna, sim):
    chat = await menu(page, "Anna")
    other = column(page, "Vera").get_by_role("textbox", name="Message", exact=True)
    await other.focus()
    shown = sim.engine.chat_messages(anna.id)[-1]
    sim.engine.press(anna, anna.id, shown.id, "alert")
    await expect(chat.get_by_role("alertdialog")).to_be_visible()
    await expect(other).to_be_focused()


async def test_edited_and_deleted_messages_change_in_place(page, anna):
    chat = await menu(page, "Anna")
    await button(chat, "Edit").click()
    await expect(bubbles(chat, "Edited by the bot")).to_be_visible()
    await expect(bubbles(chat, "Press one")).to_have_count(0)
    await menu(page, "Anna")
    await button(chat, "Delete").click()
    await expect(bubbles(chat, "Press one")).to_have_count(0)
    await expect(chat.locator(".message")).to_have_count(3)


async def test_copy_buttons_and_code_copy(page, anna):
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat = await menu(page, "Anna")
    await button(chat, "Copy").click()
    await expect(chat.locator(".toast")).to_have_text("Copied")
    assert await page.evaluate("navigator.clipboard.readText()") == "7"
    await say(chat, "format")
    await chat.locator("code").click()
    await expect(chat.locator(".toast")).to_have_count(2)
    assert await page.evaluate("navigator.clipboard.readText()") == "GYM-1"


async def test_a_link_button_opens_a_tab(page, anna):
    chat = await menu(page, "Anna")
    await page.context.route("https://example.org/", lambda route: route.fulfill(body="there"))
    async with page.context.expect_page() as opened:
        await chat.get_by_role("button", name="Site").click()
    await expect((await opened.value).locator("body")).to_have_text("there")


async def test_a_tapped_command_is_sent(page, anna):
    chat = column(page, "Anna")
    await say(chat, "format")
    await expect(chat.locator(".message.in b")).to_have_text("Bold")
    await button(chat, "/help").click()
    await expect(chat.locator(".message.out").filter(has_text="/help")).to_be_visible()


async def test_the_reply_keyboard_shares_the_number(page, anna, echo_bot):
    chat = column(page, "Anna")
    await say(chat, "keys")
    await button(chat, "My number").click()
    dialog = chat.get_by_role("dialog", name="Share your phone number?")
    await button(dialog, "Cancel").click()
    await button(chat, "Reply keyboard").click()
    await button(chat, "My number").click()
    await button(dialog, "Share").click()
    await expect(chat.locator(".contact")).to_contain_text("+919876543210")
    await expect(bubbles(chat, "You said: contact")).to_be_visible()
    assert echo_bot.updates[-1]["message"]["contact"]["user_id"] == anna.id


async def test_a_one_time_keyboard_hides_after_a_choice(page, anna):
    chat = column(page, "Anna")
    await say(chat, "keys")
    await button(chat, "Plain").click()
    await expect(bubbles(chat, "You said: Plain")).to_be_visible()
    await expect(button(chat, "Plain")).to_be_hidden()


async def test_a_photo_is_sent_and_opens(page, anna):
    chat = column(page, "Anna")
    photo = {"name": "proof.png", "mimeType": "image/png", "buffer": PNG}
    await chat.get_by_label("Photo file").set_input_files(photo)
    await chat.get_by_label("Caption").fill("Paid")
    await button(chat, "Send").last.click()
    await expect(bubbles(chat, "Paid").locator("img")).to_be_visible()
    await button(chat, "Open photo").click()
    lightbox = page.get_by_role("dialog", name="Photo", exact=True)
    await expect(lightbox.locator("img")).to_have_js_property("naturalWidth", 1)
    await page.keyboard.press("Escape")
    await expect(lightbox).to_have_count(0)
    await expect(bubbles(chat, "You said: photo")).to_be_visible()


async def test_documents_go_and_come_and_open(page, sim):
    chat = column(page, "Anna")
    proof = {"name": "proof.png", "mimeType": "image/png", "buffer": PNG}
    await chat.get_by_label("Document file").set_input_files(proof)
    await button(chat.get_by_role("dialog"), "Send").click()
    sent = chat.locator(".message.out .document")
    await expect(sent).to_contain_text("proof.png")
    await expect(sent).to_contain_text(f"{len(PNG)} B")
    async with page.context.expect_page() as opened:
        await sent.click()
    shown = (await opened.value).locator("img")
    await expect(shown).to_have_js_property("naturalWidth", 1)
    answer = chat.locator(".message.in .document")
    await expect(answer).to_contain_text("copy-proof.png")
    got = await page.request.get(f"{sim.url}{await answer.get_attribute('href')}")
    assert await got.body() == b"back"


async def test_a_dropped_file_is_sent(page, anna):
    chat = column(page, "Anna")
    dropped = await page.evaluate_handle(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["x"], "dropped.txt", { type: "text/plain" }));
            return data;
        }"""
    )
    await chat.dispatch_event("drop", {"dataTransfer": dropped})
    await button(chat.get_by_role("dialog"), "Send").click()
    await expect(chat.locator(".message.out .document")).to_contain_text("dropped.txt")


async def test_a_place_and_someones_contact_are_sent(page, anna, vera, echo_bot):
    chat = column(page, "Vera")
    await button(chat, "Attach").click()
    await chat.get_by_role("menuitem", name="Location").click()
    await chat.get_by_label("Latitude").fill("18.5")
    await button(chat, "Share").click()
    await expect(chat.locator(".place")).to_contain_text("18.50000")
    await expect(bubbles(chat, "You said: location")).to_be_visible()
    await button(chat, "Attach").click()
    await chat.get_by_role("menuitem", name="Someone’s contact").click()
    await button(chat, "Share").click()
    await expect(bubbles(chat, "You said: contact")).to_be_visible()
    assert echo_bot.updates[-1]["message"]["contact"]["user_id"] == anna.id


async def test_an_action_refused_is_said_not_lost(page, vera):
    chat = column(page, "Vera")
    await button(chat, "Attach").click()
    await chat.get_by_role("menuitem", name="My contact").click()
    await button(chat, "Share").click()
    await expect(chat.locator(".toast.error")).to_be_visible()


async def test_the_commands_are_listed_and_filtered(page, anna, echo_bot):
    commands = [("start", "Begin"), ("stats", "Figures"), ("help", "What I can do")]
    listed = [{"command": name, "description": words} for name, words in commands]
    await echo_bot.call("setMyCommands", commands=listed)
    chat = column(page, "Anna")
    await button(chat, "Commands").click()
    options = chat.get_by_role("option")
    await expect(options).to_have_count(3)
    field = chat.get_by_role("textbox", name="Message", exact=True)
    await field.fill("/st")
    await expect(options).to_have_count(2)
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(bubbles(chat, "You said: /stats")).to_be_visible()


async def test_the_bot_is_seen_typing(page, anna):
    chat = column(page, "Anna")
    await say(chat, "think")
    await expect(chat.locator(".status")).to_have_text("typing")
    await say(chat, "hello")
    await expect(bubbles(chat, "You said: hello")).to_be_visible()
    await expect(chat.locator(".status")).to_have_text("bot")


async def test_the_bot_is_blocked_and_unblocked(page, anna, sim):
    chat = column(page, "Anna")
    await button(chat, "Chat menu").click()
    await chat.get_by_role("menuitem", name="Block bot").click()
    await expect(chat.get_by_text("bot blocked")).to_be_visible()
    await expect(chat.get_by_role("textbox", name="Message", exact=True)).to_be_hidden()
    await button(chat, "Unblock bot").click()
    await say(chat, "back")
    await expect(bubbles(chat, "You said: back")).to_be_visible()


async def test_a_group_is_one_more_chat_of_its_members(open_page, sim, anna, vera, echo_bot):
    sim.engine.add_group("Iron Temple", members=[anna, vera])
    page = await open_page()
    for name in ("Anna", "Vera"):
        await button(column(page, name), "Iron Temple").click()
    await say(column(page, "Anna"), "/hello")
    heard = column(page, "Vera").locator(".message.in").first
    await expect(heard).to_contain_text("Anna")
    await expect(heard).to_contain_text("/hello")


async def test_a_person_is_added(page, sim):
    await button(page, "Add person").click()
    await page.get_by_label("First name").fill("Ravi")
    await page.get_by_label("Username").fill("@ravi")
    await page.get_by_label("Phone").fill("+91 98765 00000")
    await button(page, "Add").click()
    await say(column(page, "Ravi"), "hello")
    await expect(bubbles(column(page, "Ravi"), "You said: hello")).to_be_visible()
    ravi = next(p for p in sim.engine.people.values() if p.first_name == "Ravi")
    assert (ravi.username, ravi.phone) == ("ravi", "+919876500000")


async def test_what_happens_elsewhere_appears_without_reload(page, sim, anna):
    await page.evaluate("window.notReloaded = true")
    sim.engine.send_text(anna, "from outside")
    chat = column(page, "Anna")
    await expect(bubbles(chat, "You said: from outside")).to_be_visible()
    await expect(chat.locator(".message")).to_have_count(2)
    assert await page.evaluate("window.notReloaded")


async def test_the_page_comes_back_after_the_connection_is_cut(open_page, sim, anna):
    page = await open_page()
    port = int(sim.url.rsplit(":", 1)[1])
    await sim.stop()
    await expect(page.get_by_text("Reconnecting…")).to_be_visible()
    await sim.start(port=port)
    await expect(page.get_by_text("Reconnecting…")).to_be_hidden()
    sim.engine.send_text(anna, "hello again")
    await expect(bubbles(column(page, "Anna"), "hello again")).to_be_visible()
