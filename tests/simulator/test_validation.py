"""What the bot may not send: exact texts, limits, counters (S23, S25 to S29)."""

from io import BytesIO

import aiohttp
import pytest

from bot.simulator.rules import DAY_SECONDS, MAX_DOWNLOAD
from tests.simulator.conftest import TOKEN
from tests.simulator.pictures import PNG


def keyboard(*buttons):
    return {"inline_keyboard": [list(buttons)]}


def button(**action):
    return {"text": "x", **action}


GOOD = keyboard(button(callback_data="d" * 64))

TEXTS = [
    ({}, "message text is empty"),
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "x" * 32_769}, "text is too long"),
    ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    (
        {"text": "<b>", "parse_mode": "html"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"text": "x", "message_thread_id": 7}, "message thread not found"),
]
NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
WRONG_URL = "inline keyboard button URL 'http://localhost:80' is invalid: Wrong HTTP URL"
NO_TEXT = "can't parse inline keyboard button: Can't find field \"text\""
MARKUPS = [
    (keyboard(button(callback_data="")), "BUTTON_DATA_INVALID"),
    (keyboard(button(callback_data="d" * 65)), "BUTTON_DATA_INVALID"),
    (keyboard(button(callback_data="é" * 33)), "BUTTON_DATA_INVALID"),
    (keyboard(button()), NO_ACTION),
    (keyboard({"callback_data": "x"}), NO_TEXT),
    (keyboard({"text": " ", "callback_data": "x"}), "BUTTON_TEXT_INVALID"),
    (keyboard(button(url="http://localhost:80")), WRONG_URL),
    (keyboard(button(copy_text={"text": "x" * 257})), "BUTTON_COPY_TEXT_INVALID"),
    (
        keyboard(button(callback_data="x", style="pink")),
        "can't parse inline keyboard button: Invalid button style specified",
    ),
    (keyboard(*[button(callback_data="x")] * 9), "reply markup is too long"),
    ({"inline_keyboard": [[button(callback_data="x")]] * 101}, "reply markup is too long"),
    ([], "object expected as reply markup"),
    ("{", "can't parse reply keyboard markup JSON object"),
    (
        {"inline_keyboard": {}},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array',
    ),
    ({"inline_keyboard": [{}]}, 'field "inline_keyboard" must be an Array of Arrays'),
]


@pytest.mark.parametrize(("params", "problem"), TEXTS, ids=lambda value: str(value)[:40])
async def test_bad_texts(api, engine, chat, params, problem):
    assert await api.refused("sendMessage", chat_id=chat, **params) == f"Bad Request: {problem}"
    assert [call.status for call in engine.violations] == [400]
    assert len(engine.chat_messages(chat)) == 1


@pytest.mark.parametrize(("markup", "problem"), MARKUPS, ids=lambda value: str(value)[:40])
async def test_bad_markup(api, engine, chat, markup, problem):
    refusal = await api.refused("sendMessage", chat_id=chat, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {problem}"
    assert len(engine.chat_messages(chat)) == 1


@pytest.mark.parametrize(
    "markup",
    [
        keyboard(button(callback_data="é" * 32)),
        keyboard(*[button(callback_data="x")] * 8),
        keyboard(button(url="tg://user?id=7"), button(url="club.in/pay")),
        keyboard(button(copy_text={"text": "x" * 256}, style="primary")),
        {"inline_keyboard": [[button(callback_data="x")]] * 100},
    ],
    ids=lambda value: str(value)[:40],
)
async def test_markup_at_the_limit_passes(api, chat, markup):
    assert (await api.ok("sendMessage", chat_id=chat, text="x", reply_markup=markup))[
        "reply_markup"
    ]


async def test_the_limit_counts_what_is_left_after_parsing(api, engine, chat):
    bold = "<b>" + "😀" * 4096 + "</b>"
    await api.ok("sendMessage", chat_id=chat, text=bold, parse_mode="HTML")
    assert engine.violations == []


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"text": "x"}),
        ("sendChatAction", {"action": "typing"}),
        ("editMessageText", {"text": "x", "message_id": 1}),
        ("deleteMessage", {"message_id": 1}),
        ("sendLocation", {"latitude": 1.5, "longitude": 2}),
    ],
)
async def test_chats_must_be_named_and_known(api, method, params):
    assert await api.refused(method, **params) == "Bad Request: chat_id is empty"
    for chat_id in (5, "@nobody", "x"):
        refusal = await api.refused(method, chat_id=chat_id, **params)
        assert refusal == "Bad Request: chat not found"
    to_itself = await api.refused(method, chat_id=42, **params)
    assert to_itself == "Forbidden: the bot can't send messages to the bot"


async def test_edits_of_nothing_new_are_refused(api, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="<b>x</b>", parse_mode="HTML")
    where = {"chat_id": chat, "message_id": sent["message_id"]}
    same = await api.refused("editMessageText", text="<b>x</b>", parse_mode="HTML", **where)
    assert same == (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    assert await api.refused("editMessageReplyMarkup", **where) == same
    plain = await api.ok("editMessageText", text="x", **where)
    assert "entities" not in plain
    with_buttons = await api.ok("editMessageReplyMarkup", reply_markup=GOOD, **where)
    assert with_buttons["reply_markup"] == GOOD


async def test_what_cannot_be_edited(api, engine, anna, chat):
    engine.send_text(anna, "mine")
    other = {"keyboard": [["A"]]}
    with_keys = await api.ok("sendMessage", chat_id=chat, text="k", reply_markup=other)
    photo = engine.files.add_photo(PNG).file_id
    picture = await api.ok("sendPhoto", chat_id=chat, photo=photo)
    text = await api.ok("sendMessage", chat_id=chat, text="t")

    async def edit(method, message_id, **params):
        return await api.refused(method, chat_id=chat, message_id=message_id, **params)

    assert await edit("editMessageText", 0, text="x") == (
        "Bad Request: message identifier is not specified"
    )
    assert await edit("editMessageText", 99, text="x") == "Bad Request: message to edit not found"
    for uneditable in (2, with_keys["message_id"]):
        refusal = await edit("editMessageText", uneditable, text="x")
        assert refusal == "Bad Request: message can't be edited"
    assert await edit("editMessageText", picture["message_id"], text="x") == (
        "Bad Request: there is no text in the message to edit"
    )
    assert await edit("editMessageCaption", text["message_id"], caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )
    assert await edit("editMessageText", text["message_id"], text="y", reply_markup=other) == (
        "Bad Request: inline keyboard expected"
    )


async def test_deleting(api, engine, anna, chat):
    where = {"chat_id": chat, "message_id": 1}
    assert await api.ok("deleteMessage", **where) is True
    gone = "Bad Request: message to delete not found"
    assert await api.refused("deleteMessage", **where) == gone
    old = await api.ok("sendMessage", chat_id=chat, text="old")
    engine.clock.advance(2 * DAY_SECONDS + 1)
    too_old = await api.refused("deleteMessage", chat_id=chat, message_id=old["message_id"])
    assert too_old == "Bad Request: message can't be deleted for everyone"
    new = await api.ok("sendMessage", chat_id=chat, text="new")
    several = [old["message_id"], new["message_id"], 999]
    assert await api.ok("deleteMessages", chat_id=chat, message_ids=several) is True
    assert [message.text for message in engine.chat_messages(chat)] == ["old"]
    group = engine.add_group("Club", [anna])
    engine.send_text(anna, "/hi", chat_id=group.id)
    others = await api.refused("deleteMessage", chat_id=group.id, message_id=1)
    assert others == "Bad Request: message can't be deleted"


async def test_an_edit_or_reply_of_a_deleted_message(api, engine, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="x")
    await api.ok("deleteMessage", chat_id=chat, message_id=sent["message_id"])
    where = {"chat_id": chat, "message_id": sent["message_id"]}
    refusal = await api.refused("editMessageText", text="y", **where)
    assert refusal == "Bad Request: message to edit not found"
    reply = {"message_id": sent["message_id"], "allow_sending_without_reply": True}
    answer = await api.ok("sendMessage", chat_id=chat, text="y", reply_parameters=reply)
    assert "reply_to_message" not in answer


CAPTION = "Bad Request: message caption is too long"


async def test_files(api, engine, chat):
    photo, document = engine.files.add_photo(PNG), engine.files.add_document("a.txt", b"x")

    async def send(kind, **params):
        return await api.refused(f"send{kind}", chat_id=chat, **params)

    assert await send("Photo", photo=photo.file_id, caption="x" * 1025) == CAPTION
    assert await send("Photo") == "Bad Request: there is no photo in the request"
    assert await send("Document", document="attach://no") == (
        "Bad Request: there is no document in the request"
    )
    assert await send("Photo", photo="nonsense") == (
        "Bad Request: wrong remote file identifier specified: Wrong string length"
    )
    assert await send("Photo", photo=document.file_id) == (
        "Bad Request: can't use file of type Document as Photo"
    )
    assert await api.refused("getFile", file_id="nonsense") == (
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    )
    big = engine.files.add_document("big.bin", bytes(MAX_DOWNLOAD + 1))
    assert await api.refused("getFile", file_id=big.file_id) == "Bad Request: file is too big"


BIG = (10 << 20) + 1
TOO_BIG = f"Bad Request: file of size {BIG} bytes is too big for a photo; the maximum size is "
UPLOADS = [
    ("document", 0, 400, "Bad Request: file must be non-empty"),
    ("photo", 4, 400, "Bad Request: IMAGE_PROCESS_FAILED"),
    ("photo", BIG, 400, f"{TOO_BIG}10485760 bytes"),
    ("document", 52 << 20, 413, "Request Entity Too Large"),
]


@pytest.mark.parametrize(("field", "size", "status", "problem"), UPLOADS)
async def test_uploads(api, url, chat, field, size, status, problem):
    form = aiohttp.FormData({"chat_id": str(chat)})
    form.add_field(field, BytesIO(bytes(size)), filename="file.bin")
    async with api.session.post(f"{url}/bot{TOKEN}/send{field}", data=form) as response:
        body = await response.json()
        assert (response.status, body["description"]) == (status, problem)


@pytest.mark.parametrize(
    ("commands", "problem"),
    [
        ([{"command": "Help", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "h" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "help", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "help", "description": "x"}] * 101, "too many commands specified"),
    ],
)
async def test_commands(api, engine, anna, commands, problem):
    refusal = await api.refused("setMyCommands", commands=commands)
    assert refusal == f"Bad Request: {problem}"
    assert engine.commands_for(anna) == []


async def test_command_scopes_need_a_chat(api):
    commands = [{"command": "help", "description": "x"}]
    scope = {"type": "chat", "chat_id": 5}
    refusal = await api.refused("setMyCommands", commands=commands, scope=scope)
    assert refusal == "Bad Request: chat not found"


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"text": "x", "reply_parameters": [7]}),
        ("sendMessage", {"text": "x", "entities": [7]}),
        ("sendMessage", {"text": "x", "reply_markup": 7}),
        ("sendMediaGroup", {"media": [7]}),
        ("deleteMessages", {"message_ids": ["x"]}),
        ("setChatMenuButton", {"menu_button": [7]}),
        ("setMyCommands", {"commands": [7]}),
        ("setMyCommands", {"commands": [], "scope": [7]}),
    ],
)
async def test_wrong_types_are_bad_requests(api, engine, chat, method, params):
    refusal = await api.refused(method, chat_id=chat, **params)
    assert refusal.startswith("Bad Request: ")
    assert len(engine.violations) == 1


async def test_wrong_chat_actions(api, chat):
    refusal = await api.refused("sendChatAction", chat_id=chat, action="yawning")
    assert refusal == "Bad Request: wrong parameter action in request"
