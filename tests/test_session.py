"""The lean session against the simulator: what aiogram's own session does, it does too."""

import asyncio
import contextlib
import logging
import traceback
from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramUnauthorizedError,
)
from aiogram.methods import BanChatMember, SendMessage, SetMyCommands
from aiogram.types import (
    BotCommand,
    BotCommandScopeDefault,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)

from bot.telegram.methods import DropButtons, Redraw, Say
from bot.telegram.session import LeanSession
from tests.conftest import TOKEN

KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Pay", callback_data="p")]])
HTML = DefaultBotProperties(parse_mode="HTML")


def lean(url, *, timeout=5, limit=20, token=TOKEN) -> Bot:
    session = LeanSession(TelegramAPIServer.from_base(url), timeout=timeout, limit=limit)
    return Bot(token, session=session, default=HTML)


@pytest.fixture
async def bot(sim):
    async with lean(sim.url) as bot:
        yield bot


@pytest.fixture
async def stock(sim):
    """aiogram's own."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(sim.url), timeout=5)
    async with Bot(TOKEN, session=session, default=HTML) as bot:
        yield bot


@pytest.fixture
def anna(sim):
    person = sim.engine.add_person("Anna")
    sim.engine.start(person)
    return person


async def trouble(call) -> tuple:
    with pytest.raises((TelegramAPIError, ClientDecodeError)) as raised:
        await call
    known = ("message", "retry_after", "migrate_to_chat_id")
    return type(raised.value), *(getattr(raised.value, name, None) for name in known)


@contextlib.asynccontextmanager
async def server(talk):
    """A server that says what ``talk(reader, writer)`` says."""
    listening = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"


def answering(*answers: bytes):
    """Each request on a connection gets the next of ``answers``, then the connection closes."""

    async def talk(reader, writer):
        with contextlib.suppress(asyncio.IncompleteReadError):  # they hung up
            for answer in answers:
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.split(b"Content-Length: ")[1].split()[0]))
                writer.write(answer)
                await writer.drain()
        writer.close()

    return talk


async def test_a_message_is_sent_with_keyboard_and_defaults(bot, sim, anna):
    sent = await bot(SendMessage(chat_id=anna.id, text="<b>Due</b>", reply_markup=KEYS))
    assert (sent.text, sent.entities[0].type, sent.bot) == ("Due", "bold", bot)
    shown = sim.engine.chat_messages(anna.id)[-1]
    assert shown.buttons[0][0]["callback_data"] == "p"
    assert sim.engine.violations == []


async def test_short_methods_say_redraw_and_drop_buttons(bot, sim, anna):
    sent = await bot(Say(chat_id=anna.id, text="<i>One</i>", reply_markup=KEYS))
    await bot(Redraw(chat_id=anna.id, message_id=sent.message_id, text="Two", reply_markup=KEYS))
    shown = sim.engine.chat_messages(anna.id)[-1]
    assert (shown.id, shown.text, len(shown.buttons)) == (sent.message_id, "Two", 1)
    await bot(DropButtons(chat_id=anna.id, message_id=sent.message_id))
    assert not sim.engine.chat_messages(anna.id)[-1].buttons


@pytest.mark.parametrize(
    "method",
    [
        SendMessage(chat_id=1, text="x", link_preview_options=LinkPreviewOptions(is_disabled=True)),
        SetMyCommands(
            commands=[BotCommand(command="a", description="b")], scope=BotCommandScopeDefault()
        ),
        SendMessage(chat_id=1, text="x", disable_notification=False, reply_markup=KEYS),
        BanChatMember(chat_id=1, user_id=2, until_date=datetime(2030, 1, 1, tzinfo=UTC)),
        BanChatMember(chat_id=1, user_id=2, until_date=timedelta(days=1)),
    ],
)
async def test_parameters_arrive_as_from_the_stock_session(bot, stock, sim, method):
    for client in (bot, stock):
        with contextlib.suppress(Exception):
            await client(method)
    ours, theirs = (call.params for call in sim.engine.calls[-2:])
    assert {k: str(v) for k, v in ours.items()} == {k: str(v) for k, v in theirs.items()}


@pytest.mark.parametrize(
    "fault",
    [
        *({"status": status} for status in (400, 401, 403, 404, 409, 413, 418, 500, 502, 504)),
        {"status": 429, "retry_after": 7},
        {"status": 400, "description": "Bad Request: message is not modified"},
        {"kind": "html", "status": 502},
        {"kind": "html", "status": 200},
        {"kind": "invalid_json"},
        {"kind": "empty"},
    ],
    ids=str,
)
async def test_errors_are_those_of_the_stock_session(bot, stock, sim, anna, fault):
    sim.engine.faults.add(times=2, **fault)
    ours = await trouble(bot.send_message(anna.id, "x"))
    assert ours == await trouble(stock.send_message(anna.id, "x"))
    assert (await bot.send_message(anna.id, "still works")).message_id


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "drop_response"])
async def test_a_broken_connection_is_a_network_error_and_the_next_call_works(bot, sim, anna, kind):
    await bot.send_message(anna.id, "keeps a connection")
    sim.engine.faults.add(kind=kind)
    kind_of, *_ = await trouble(bot.send_message(anna.id, "x"))
    assert kind_of is TelegramNetworkError
    assert (await bot.send_message(anna.id, "y")).text == "y"


async def test_a_group_that_became_a_supergroup(sim):
    body = (
        b'{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded",'
        b'"parameters":{"migrate_to_chat_id":-1001}}'
    )
    head = b"HTTP/1.1 400 Bad Request\r\nContent-Length: %d\r\n\r\n" % len(body)
    async with server(answering(head + body)) as url, lean(url) as bot:
        _, _, _, moved_to = await trouble(bot.send_message(1, "x"))
    assert moved_to == -1001


@pytest.mark.parametrize("kind", ["slow_headers", "slow_body"])
async def test_a_silent_server_is_given_up_in_time_and_its_late_answer_meets_nobody(
    sim, anna, kind
):
    async with lean(sim.url, timeout=0.2) as bot:
        sim.engine.faults.add(kind=kind, seconds=0.5)
        kind_of, message, *_ = await trouble(bot.send_message(anna.id, "late"))
        assert (kind_of, message) == (TelegramNetworkError, "Request timeout error")
        await asyncio.sleep(0.4)
        assert (await bot.send_message(anna.id, "next")).text == "next"


async def test_answers_of_many_calls_at_once_are_not_mixed_up(bot, sim, anna):
    sent = await asyncio.gather(*(bot.send_message(anna.id, f"no. {n}") for n in range(100)))
    assert [message.text for message in sent] == [f"no. {n}" for n in range(100)]


async def test_connections_are_kept_and_no_more_than_the_limit_opened():
    opened = []
    answer = b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}'
    talk = answering(*[answer] * 50)

    async def counted(reader, writer):
        opened.append(writer)
        await talk(reader, writer)

    async with server(counted) as url, lean(url, limit=3) as bot:
        for _ in range(5):
            await asyncio.gather(*(bot.log_out() for _ in range(10)))
        assert len(opened) == 3


async def test_chunks_and_informational_answers_and_closing_are_understood():
    body = b'{"ok":true,"result":true}'
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(x), x) for x in (body[:5], body[5:]))
    early = b"HTTP/1.1 100 Continue\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    answer = early + head + chunks + b"0\r\n\r\n"
    async with server(answering(answer)) as url, lean(url) as bot:
        assert await bot.log_out() is True
        assert await bot.log_out() is True  # on a new connection


async def test_what_is_not_http_and_nobody_listening_are_network_errors():
    async with server(answering(b"SSH-2.0-Nobody\r\n\r\n")) as url, lean(url) as bot:
        assert (await trouble(bot.get_me()))[0] is TelegramNetworkError
    async with lean(url) as bot:
        assert (await trouble(bot.get_me()))[0] is TelegramNetworkError


async def test_files_travel_as_before(bot, sim, anna):
    sent = await bot.send_document(
        anna.id, BufferedInputFile(b"1,2", "list.csv"), caption="<b>L</b>"
    )
    assert (sent.document.file_name, sent.caption) == ("list.csv", "L")
    found = await bot.download(sent.document)
    assert found.read() == b"1,2"


async def test_the_token_is_in_no_error_and_no_log_line(sim, anna, caplog):
    caplog.set_level(logging.DEBUG)
    file = BufferedInputFile(b"1", "x.csv")
    async with lean(f"{sim.url}/no:where", token="42:SECRET", timeout=1) as lost:
        calls = [lost.get_me(), lost.send_document(1, file), lost.download_file("nothing")]
        told = await asyncio.gather(*calls, return_exceptions=True)
    async with lean(sim.url, token="42:SECRET") as unknown:
        with pytest.raises(TelegramUnauthorizedError) as refused:
            await unknown.get_me()
    assert all(isinstance(error, Exception) for error in told)
    for error in (*told, refused.value):
        assert "SECRET" not in "".join(traceback.format_exception(error))
    assert "SECRET" not in caplog.text


async def test_a_cancelled_call_leaves_no_connection_that_would_answer_the_next(bot, sim, anna):
    sim.engine.faults.add(kind="slow_headers", seconds=0.3)
    call = asyncio.ensure_future(bot.send_message(anna.id, "given up"))
    await asyncio.sleep(0.1)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert (await bot.send_message(anna.id, "next")).text == "next"
