"""The whole simulated Telegram, as a test holds it in its hand."""

import asyncio
import random

from bot.simulator.clock import Clock
from bot.simulator.faults import Faults
from bot.simulator.flood import Flood
from bot.simulator.groups import Groups
from bot.simulator.menu import menu_of
from bot.simulator.models import Call, JsonDict, Message, Person
from bot.simulator.page_views import chat_title, page_message
from bot.simulator.rules import Rules
from bot.simulator.views import user_view


class Engine(Groups):
    def __init__(self, clock: Clock, rng: random.Random, rules: Rules) -> None:
        super().__init__(clock, rng, rules)
        self.faults = Faults(rng)
        self.flood = Flood(clock)

    @property
    def calls(self) -> list[Call]:
        return self.journal.calls

    @property
    def violations(self) -> list[Call]:
        return self.journal.violations

    async def handled(self, update_id: int, timeout: float = 10) -> None:  # noqa: ASYNC109  # read as a sentence in tests
        """Return once the bot has confirmed an update; 0 was never sent, so it returns at once.

        Raises:
            TimeoutError: the bot did not.
        """
        for bot in self.bots.values():
            queue = self.queue_of(bot)
            if queue.knows(update_id):
                async with asyncio.timeout(timeout):
                    await queue.handled(update_id)

    def chat_messages(self, chat_id: int) -> list[Message]:
        """What a person who opens this chat sees now."""
        return self.chat(chat_id).shown()

    def reply_keyboard(self, chat_id: int, person: Person) -> JsonDict | None:
        return self.chat(chat_id).keyboards.get(person.id)

    def commands_for(self, person: Person) -> list[tuple[str, str]]:
        menu = menu_of(self.bot, person)
        return [(entry["command"], entry["description"]) for entry in menu]

    def state(self) -> JsonDict:
        """Everything the page needs to draw itself."""
        people = list(self.people.values())
        bot = next(iter(self.bots.values()), None)
        return {
            "bot": bot and {"id": bot.id, "username": bot.username, "name": bot.first_name},
            "people": [self.person_view(person) for person in people],
            "chats": self._chats() if bot else [],
            "commands": {person.id: menu_of(bot, person) for person in people} if bot else {},
            "log": list(self.journal.rows),
        }

    def _chats(self) -> list[JsonDict]:
        private = [self.private_chat(person) for person in self.people.values()]
        return [
            {
                "id": chat.id,
                "person_id": chat.person.id if chat.person else None,
                "type": chat.type,
                "title": chat_title(chat),
                "messages": [page_message(m, self.pending_data(m)) for m in chat.shown()],
                "members": [user_view(member)["id"] for member in chat.members.values()],
                "reply_keyboard": chat.keyboards.get(chat.id),
                "typing": None,
            }
            for chat in [*private, *self.groups.values()]
        ]
