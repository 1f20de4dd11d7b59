"""A chat with the bot, written and checked as a transcript.

    await chat.play('''
        Anna: /register
        bot: What is your name? [✖️ Cancel]
        Anna: [✖️ Cancel]
        bot*: Cancelled. <...>
        bot → Vera: A message to someone else.
    ''')

``Name: words`` says, ``Name: [label]`` presses, ``Name: {contact}`` shares. ``bot:`` sends,
``bot*:`` edits, ``bot: (…)`` is a toast, ``bot: (!…)`` an alert. Further lines of one message are
indented by four spaces; ``<...>`` stands for any words. ``worker: …`` has broadcasts sent.
Everything travels over HTTP.
"""

import re
from io import BytesIO
from textwrap import dedent

from bot.app import App
from bot.simulator.engine import Engine
from tests.club import ClubBuilder

SILENT = {
    "getme",
    "getupdates",
    "setmycommands",
    "deletemycommands",
    "editmessagereplymarkup",
    "getfile",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Chat:
    def __init__(self, engine: Engine, app: App, club: ClubBuilder) -> None:
        self.engine = engine
        self.app = app
        self.club = club
        self._seen = 0

    async def play(self, story: str) -> None:
        """Replay the people's lines; the bot's lines must come out the same."""
        expected = [line.rstrip() for line in dedent(story).strip().splitlines()]
        happened: list[str] = []
        self._seen = len(self.engine.calls)
        for line in expected:
            who, _, what = line.partition(": ")
            if who in self.club.people:
                happened.append(line)
                happened += await self.says(who, what)
            elif who == "worker":
                happened.append(line)
                happened += await self.sends_broadcasts()
        assert _forgiving(happened, expected) == "\n".join(expected)

    async def says(self, who: str, what: str) -> list[str]:
        """One line of one person; returns what the bot did about it."""
        update_id = self.act(who, what)
        if update_id is not None:
            await self.engine.handled(update_id)
        while await self.app.outbox.send_due():
            pass
        return self._news(self.club.people[who].id)

    async def sends_broadcasts(self) -> list[str]:
        """What workers do until nothing of any broadcast is left to do now; by reader."""
        await self.club.two_seconds_pass()
        while await self.app.broadcaster.send_due():
            pass
        await self.app.services.recipients.settle()
        while await self.app.outbox.send_due():
            pass
        return self._news(None)

    def act(self, who: str, what: str) -> int | None:
        """Do it without waiting for the bot."""
        person = self.club.people[who]
        if pressed := re.fullmatch(r"\[(.+)\]", what):
            return self._press(person, pressed[1])
        if special := re.fullmatch(r"\{(.+)\}", what):
            return self._special(person, special[1])
        return self.engine.send_text(person, what.replace("␣", " "))

    def buttons(self, who: str) -> dict[str, tuple[int, str]]:
        """Every inline button this person can press now, the latest message winning."""
        found = {}
        for message in self.engine.chat_messages(self.club.people[who].id):
            for row in message.buttons or []:
                for button in row:
                    if button.get("callback_data"):
                        found[button["text"]] = (message.id, button["callback_data"])
        return found

    def _press(self, person, label: str) -> int | None:
        keys = self.engine.reply_keyboard(person.id, person)
        for row in (keys or {}).get("keyboard", []):
            for key in row:
                if key["text"] == label:
                    if key.get("request_contact"):
                        return self.engine.send_contact(person)
                    return self.engine.send_text(person, label)
        buttons = self.buttons(person.first_name)
        assert label in buttons, f"{person.first_name} sees no [{label}], only {list(buttons)}"
        message_id, data = buttons[label]
        return self.engine.press(person, person.id, message_id, data)

    def _special(self, person, what: str) -> int | None:
        word, _, rest = what.partition(" ")
        match word:
            case "contact":
                of = self.club.people[rest.removeprefix("of ")] if rest else None
                return self.engine.send_contact(person, contact_of=of)
            case "photo":
                return self.engine.send_photo(person, PNG, caption=rest or None)
            case "document":
                return self.engine.send_document(person, rest or "notes.txt", BytesIO(b"x").read())
            case "location":
                return self.engine.send_location(person, 18.52, 73.85)
            case "blocks":
                return self.engine.block(person)
            case "unblocks":
                return self.engine.unblock(person)
        raise AssertionError(f"tests/chat.py does not know {{{what}}}")

    def _news(self, chat_id: int | None) -> list[str]:
        calls, self._seen = self.engine.calls[self._seen :], len(self.engine.calls)
        shown = [(call, line) for call in calls if (line := self._show(call))]
        own = [line for call, line in shown if _chat_of(call) in (None, chat_id)]
        names = {person.id: name for name, person in self.club.people.items()}
        others = [
            line.replace("bot", f"bot → {names.get(_chat_of(call), '?')}", 1)
            for call, line in shown
            if _chat_of(call) not in (None, chat_id)
        ]
        if chat_id is None:
            others.sort(key=lambda line: line.partition(":")[0])  # their order is of no promise
        own.sort(key=lambda line: not line.startswith("bot: ("))  # a toast is over the screen
        return [part.rstrip() for line in own + others for part in line.split("\n")]

    def _show(self, call) -> str:
        method = call.method.lower()
        if method in SILENT or call.status != 200:
            return ""
        if method == "answercallbackquery":
            mark = "!" if call.params.get("show_alert") else ""
            text = call.params.get("text") or ""
            return f"bot: ({mark}{text})" if text else ""
        if method in ("sendmessage", "editmessagetext", "editmessagecaption"):
            verb = "bot" if method == "sendmessage" else "bot*"
            return f"{verb}: " + _told(call.response, call.params)
        if method in ("sendphoto", "senddocument"):
            result = call.response
            file = "photo" if "photo" in result else f"document {result['document']['file_name']}"
            return f"bot: {{{file}}} " + _told(result, call.params)
        if method == "deletemessage":
            return "bot: {deletes}"
        raise AssertionError(f"the bot called {call.method}; teach tests/chat.py about it")


def _told(message: dict, params: dict) -> str:
    text = (message.get("text") or message.get("caption") or "").replace("\n", "\n    ")
    markup = message.get("reply_markup") or params.get("reply_markup") or {}
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    labels = [key["text"] if isinstance(key, dict) else key for row in rows for key in row]
    return " ".join([text, *(f"[{label}]" for label in labels)]).strip()


def _chat_of(call) -> int | None:
    chat_id = call.params.get("chat_id")
    return int(chat_id) if chat_id is not None else None


def _forgiving(happened: list[str], expected: list[str]) -> str:
    """What happened, with the lines that match a ``<...>`` written as expected."""
    shown = list(happened)
    for index, line in enumerate(happened):
        if index < len(expected) and "<...>" in expected[index]:
            pattern = ".*".join(map(re.escape, expected[index].split("<...>")))
            if re.fullmatch(pattern, line):
                shown[index] = expected[index]
    return "\n".join(shown)
