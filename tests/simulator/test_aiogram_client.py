"""aiogram's own client and dispatcher, run against the simulator."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from tests.simulator.conftest import TOKEN
from tests.simulator.pictures import PNG


@pytest.fixture
async def bot(url) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url), timeout=5)
    async with Bot(TOKEN, session=session) as bot:
        yield bot


async def test_the_bot_knows_itself(bot):
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (42, True, "clubdesk_bot")


async def test_text_is_sent_edited_and_deleted(bot, engine, anna, chat):
    buttons = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Pay", callback_data="pay", style="success")]]
    )
    sent = await bot.send_message(chat, "<b>Due</b>", parse_mode="HTML", reply_markup=buttons)
    assert sent.entities[0].type == "bold"
    assert sent.from_user.id == 42
    assert engine.chat_messages(chat)[-1].buttons[0][0]["style"] == "success"

    edited = await sent.edit_text("Paid")
    assert edited.edit_date
    assert edited.reply_markup is None
    seen = engine.chat_messages(chat)[-1]
    assert (seen.text, seen.edited, seen.buttons) == ("Paid", True, [])

    assert await sent.delete()
    assert [m.sender for m in engine.chat_messages(chat)] == [anna]
    assert [event.kind for event in engine.events] == ["sent", "edited", "deleted"]


async def test_files_go_both_ways(bot, engine, anna, chat):
    sent = await bot.send_document(chat, BufferedInputFile(b"a;b", "dues.csv"), caption="Dues")
    assert (sent.document.file_name, sent.document.file_size) == ("dues.csv", 3)
    assert engine.chat_messages(chat)[-1].document.content == b"a;b"

    photo = await bot.send_photo(chat, BufferedInputFile(PNG, "qr.png"))
    assert (photo.photo[-1].width, photo.photo[-1].height) == (2, 3)
    again = await bot.send_photo(chat, photo.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id

    engine.send_photo(anna, PNG, caption="proof")
    update = (await bot.get_updates())[-1]
    assert update.message.caption == "proof"
    downloaded = await bot.download(update.message.photo[-1])
    assert downloaded.read() == PNG

    swapped = InputMediaDocument(media=BufferedInputFile(b"new", "new.txt"))
    replaced = await bot.edit_message_media(swapped, chat_id=chat, message_id=again.message_id)
    assert replaced.document.file_name == "new.txt"
    assert replaced.photo is None


async def test_an_album_arrives_whole(bot, engine, chat):
    media = [InputMediaDocument(media=BufferedInputFile(b"x", f"{n}.txt")) for n in range(3)]
    sent = await bot.send_media_group(chat, media)
    assert len({message.media_group_id for message in sent}) == 1
    assert [m.document.name for m in engine.chat_messages(chat)[-3:]] == ["0.txt", "1.txt", "2.txt"]


async def test_keyboards_come_and_go(bot, engine, anna, chat):
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="Share phone", request_contact=True)]], resize_keyboard=True
    )
    await bot.send_message(chat, "Your phone?", reply_markup=keyboard)
    shown = engine.reply_keyboard(chat, anna)
    assert shown["keyboard"] == [[{"text": "Share phone", "request_contact": True}]]
    await bot.send_message(chat, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert engine.reply_keyboard(chat, anna) is None


async def test_the_nearest_command_scope_wins(bot, engine, anna, chat):
    bruno = engine.add_person("Bruno", language_code="de")
    await bot.set_my_commands([BotCommand(command="help", description="Help")])
    german = [BotCommand(command="help", description="Hilfe")]
    await bot.set_my_commands(german, language_code="de")
    own = [BotCommand(command="dues", description="Dues")]
    await bot.set_my_commands(own, scope=BotCommandScopeChat(chat_id=chat))
    assert engine.commands_for(anna) == [("dues", "Dues")]
    assert engine.commands_for(bruno) == [("help", "Hilfe")]
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=chat))
    assert engine.commands_for(anna) == [("help", "Help")]


async def test_chats_and_members_validate(bot, engine, anna, chat):
    group = engine.add_group("Club", [anna], bot_is_admin=True)
    assert (await bot.get_chat(chat)).first_name == "Anna"
    assert (await bot.get_chat(group.id)).title == "Club"
    admins = await bot.get_chat_administrators(group.id)
    assert {admin.status for admin in admins} == {"creator", "administrator"}
    assert (await bot.get_chat_member(group.id, anna.id)).status == "creator"
    assert await bot.get_chat_member_count(group.id) == 2
    assert (await bot.get_user_profile_photos(anna.id)).total_count == 0
    await bot.set_my_name("Desk")
    assert (await bot.get_my_name()).name == "Desk"
    assert (await bot.get_chat_menu_button()).type == "commands"


async def test_a_dispatcher_polls_and_answers(bot, engine, anna):
    dispatcher = Dispatcher()

    @dispatcher.message(F.text)
    async def echo(message: Message) -> None:
        await message.answer(f"You said {message.text}")

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        gone = isinstance(query.message, InaccessibleMessage)
        await query.answer("gone" if gone else "there", show_alert=True)

    # One update after the other: only so does a confirmed offset mean a finished handler.
    polling = dispatcher.start_polling(
        bot, handle_as_tasks=False, handle_signals=False, close_bot_session=False
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(polling)
        await engine.handled(engine.send_text(anna, "hello"))
        assert engine.chat_messages(anna.id)[-1].text == "You said hello"
        await engine.handled(engine.press(anna, anna.id, 2, "whatever"))
        await engine.handled(engine.press(anna, anna.id, 999, "forged"))
        await dispatcher.stop_polling()
    answers = [
        (event.text, event.show_alert) for event in engine.events if event.kind == "answered"
    ]
    assert answers == [("there", True), ("gone", True)]
    assert engine.violations == []


async def test_errors_become_aiograms_own(bot, engine, anna, chat):
    bruno = engine.add_person("Bruno")
    with pytest.raises(TelegramForbiddenError, match="can't initiate"):
        await bot.send_message(bruno.id, "hi")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(5, "hi")

    group = engine.add_group("Old", [anna], kind="group")
    successor = engine.migrate(group, anna)
    with pytest.raises(TelegramMigrateToChat) as migrated:
        await bot.send_message(group.id, "hi")
    assert migrated.value.migrate_to_chat_id == successor.id

    engine.block(anna)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(chat, "hi")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 429, "retry_after": 7}, TelegramRetryAfter),
        ({"status": 500}, RestartingTelegram),
        ({"status": 502}, ClientDecodeError),
        ({"kind": "invalid_json"}, ClientDecodeError),
        ({"kind": "empty"}, ClientDecodeError),
        ({"kind": "reset_before"}, TelegramNetworkError),
        ({"kind": "drop_response"}, TelegramNetworkError),
        ({"status": 403}, TelegramForbiddenError),
        ({"status": 401}, TelegramUnauthorizedError),
        ({"status": 409, "description": "Conflict: x"}, TelegramConflictError),
    ],
    ids=str,
)
async def test_injected_faults_become_aiograms_own(bot, engine, chat, fault, error):
    engine.faults.add(method="sendMessage", **fault)
    with pytest.raises(error) as raised:
        await bot.send_message(chat, "hi")
    if error is TelegramRetryAfter:
        assert raised.value.retry_after == 7
    await bot.send_message(chat, "hi")
    assert engine.violations == []
