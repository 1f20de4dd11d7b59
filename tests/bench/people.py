"""People who fill in the registration form, again and again, and read every reply."""

import asyncio
import re
from time import perf_counter, time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.bench.crowd import Crowd

FIRST_ID = 500_000


class Step(NamedTuple):
    """What a person does, ``[label]`` for a press, and how the bot's answer begins."""

    act: str
    reply: str


FORM = (
    Step("/register", "📝 What is your full name?"),
    Step("{name}", "📱 What is your phone number?"),
    Step("98765 43210", "🎂 How old are you"),
    Step("28", "🙂 What is your gender?"),
    Step("[Female]", "⚖️ What do you weigh"),
    Step("62.5", "📷 Send a photo of yourself"),
    Step("[⏭ Skip]", "🤝 To have you as a member"),
    Step("[✅ I agree]", "👀 Is everything right? (8/8)\n\nName: {name}\n"),
    Step(
        "[✅ Submit]",
        "📨 Sent. It is with the club, and you will hear from us here.\n\nName: {name}",
    ),
    Step("[↩️ Withdraw]", "↩️ Withdrawn."),
)
MENU = (Step("[☰ Menu]", "☰"),)
KEYS_DOWN = "👌"  # takes the keys away; the question follows


class Person:
    def __init__(self, number: int, crowd: "Crowd") -> None:
        self.id = FIRST_ID + number
        self.name = f"Person {chr(97 + number % 26)}{chr(97 + number // 26 % 26)} Rao"
        self._crowd = crowd
        self._user = {"id": self.id, "is_bot": False, "first_name": self.name}
        self._chat = {"id": self.id, "type": "private", "first_name": self.name}
        self._script: list[Step] = []
        self._screen: dict = {}  # the message whose buttons may be pressed
        self._messages = 0
        self._acted_at = 0.0
        self._thought: asyncio.Handle | None = None  # the next act, not yet done

    def play(self, script: tuple[Step, ...]) -> None:
        self._script = list(reversed(script))
        self._go_on()

    def hurry(self) -> None:
        """Act now instead of thinking further."""
        if self._thought:
            self._thought.cancel()
            self.act(self._script[-1].act)

    def act(self, what: str) -> None:
        self._thought = None
        self._acted_at = perf_counter()
        if what.startswith("["):
            self._press(what[1:-1])
        else:
            message = self._message(what.format(name=self.name), sender=self._user)
            self._crowd.telegram.push(message=message)

    def hears(self, method: str, params: dict) -> object:
        """One call of the bot to this person; returns what Telegram would answer."""
        if method == "editMessageReplyMarkup":
            return {**self._screen, "message_id": int(params["message_id"])}
        message = self._shown(method, params)
        if params["text"] != KEYS_DOWN:
            self._check(re.sub(r"</?\w+>", "", params["text"]))
        return message

    def _go_on(self) -> None:
        loop = asyncio.get_running_loop()
        self._thought = loop.call_later(self._crowd.pause(), self.act, self._script[-1].act)

    def _check(self, text: str) -> None:
        self._crowd.waited.append(perf_counter() - self._acted_at)
        if not self._script or not text.startswith(self._script[-1].reply.format(name=self.name)):
            self._crowd.wrong.append(f"{self.name}: {text!r}")
            return
        self._script.pop()
        if self._script:
            self._go_on()
        else:
            self._crowd.finished(self)

    def _shown(self, method: str, params: dict) -> dict:
        if method == "sendMessage":
            shown = self._message(
                params["text"], sender={"id": 42, "is_bot": True, "first_name": "C"}
            )
        else:
            shown = {**self._screen, "text": params["text"]}
            if int(params["message_id"]) != shown["message_id"]:
                self._crowd.wrong.append(f"{self.name}: edits {params['message_id']}")
        markup = params.get("reply_markup") or {}
        shown.pop("reply_markup", None)
        if "inline_keyboard" in markup:
            shown["reply_markup"] = markup
            self._screen = shown
        return shown

    def _press(self, label: str) -> None:
        keys = [key for row in self._screen["reply_markup"]["inline_keyboard"] for key in row]
        data = next(key["callback_data"] for key in keys if key["text"] == label)
        self._crowd.telegram.push(
            callback_query={
                "id": f"{self.id}-{perf_counter()}",
                "from": self._user,
                "chat_instance": "1",
                "message": self._screen,
                "data": data,
            }
        )

    def _message(self, text: str, *, sender: dict) -> dict:
        self._messages += 1
        message = {
            "message_id": self._messages,
            "date": int(time()),
            "chat": self._chat,
            "from": sender,
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return message
