"""A bot of a few lines that answers everything, so that the page has something to show."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from html import escape
from typing import Any

import aiohttp

Keyboard = list[list[dict[str, Any]]]

PRESSABLE: Keyboard = [
    [{"text": "Toast", "callback_data": "toast"}, {"text": "Alert", "callback_data": "alert"}],
    [{"text": "Edit", "callback_data": "edit"}, {"text": "Delete", "callback_data": "delete"}],
    [{"text": "Wait", "callback_data": "wait"}],
    [{"text": "Site", "url": "https://example.org/"}, {"text": "Copy", "copy_text": {"text": "7"}}],
]
SHARING: Keyboard = [[{"text": "My number", "request_contact": True}], [{"text": "Plain"}]]


class EchoBot:
    """Echoes texts; "menu", "keys", "think" and "format" have answers of their own."""

    def __init__(self, session: aiohttp.ClientSession, token: str) -> None:
        self._session = session
        self._token = token
        self.may_answer = asyncio.Event()  # a press of "Wait" is answered once this is set
        self.updates: list[dict[str, Any]] = []

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        poll = asyncio.ensure_future(self._poll())
        try:
            yield
        finally:
            poll.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await poll

    async def call(self, method: str, **params: Any) -> Any:
        async with self._session.post(f"/bot{self._token}/{method}", json=params) as response:
            return (await response.json()).get("result")

    async def _poll(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                self.updates.append(update)
                if "message" in update:
                    await self._answer(update["message"])
                elif "callback_query" in update:
                    await self._pressed(update["callback_query"])

    async def _answer(self, message: dict[str, Any]) -> None:
        chat, text = message["chat"]["id"], message.get("text")
        if text == "menu":
            keyboard = {"inline_keyboard": PRESSABLE}
            await self.call("sendMessage", chat_id=chat, text="Press one", reply_markup=keyboard)
        elif text == "keys":
            keyboard = {"keyboard": SHARING, "one_time_keyboard": True}
            await self.call("sendMessage", chat_id=chat, text="Choose", reply_markup=keyboard)
        elif text == "think":
            await self.call("sendChatAction", chat_id=chat, action="typing")
        elif text == "format":
            shown = "<b>Bold</b> and <code>GYM-1</code>, then /help"
            await self.call("sendMessage", chat_id=chat, text=shown, parse_mode="HTML")
        elif "document" in message:
            await self._send_back(chat, message["document"])
        else:
            said = text or next(
                kind for kind in ("photo", "contact", "location") if kind in message
            )
            answer = f"You said: {escape(said)}"
            await self.call("sendMessage", chat_id=chat, text=answer, parse_mode="HTML")

    async def _send_back(self, chat: int, document: dict[str, Any]) -> None:
        form = aiohttp.FormData({"chat_id": str(chat), "caption": "Here it is again"})
        form.add_field("document", b"back", filename=f"copy-{document['file_name']}")
        async with self._session.post(f"/bot{self._token}/sendDocument", data=form) as response:
            assert response.status == 200, json.dumps(await response.json())

    async def _pressed(self, query: dict[str, Any]) -> None:
        place = {
            "chat_id": query["message"]["chat"]["id"],
            "message_id": query["message"]["message_id"],
        }
        data = query["data"]
        answer: dict[str, Any] = {"toast": {"text": "A toast"}, "alert": {"text": "An alert"}}.get(
            data, {}
        )
        if data == "wait":
            await self.may_answer.wait()
        elif data == "edit":
            await self.call("editMessageText", **place, text="Edited by the bot")
        elif data == "delete":
            await self.call("deleteMessage", **place)
        await self.call(
            "answerCallbackQuery",
            callback_query_id=query["id"],
            show_alert=data == "alert",
            **answer,
        )
