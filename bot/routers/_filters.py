"""Filters that hand the handler what they found, already of the right type.

``gives`` names the handler arguments a filter supplies; startup checks rely on it. All are
coroutines: aiogram runs any other filter in a thread.
"""

from typing import Any, ClassVar

from aiogram import Bot
from aiogram.filters import CommandObject, Filter, StateFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.errors import NotAllowed
from bot.models.people import Person, Role
from bot.routers import _links
from bot.routers._links import LinkKind
from bot.services.club import ClubService
from bot.texts.common import CANCEL


class May(Filter):
    """Who may: everyone from ``role`` upwards; others are told no. Stands last in every handler."""

    gives: ClassVar[set[str]] = set()

    def __init__(self, role: Role) -> None:
        self.role = role

    async def __call__(self, _: TelegramObject, me: Person) -> bool:
        if me.role < self.role:
            raise NotAllowed(role=self.role.name.lower())
        return True

    def __str__(self) -> str:
        return f"{self.role.name.lower()}+"


class When(Filter):
    """Narrows a command to a moment; whoever answers it at all other times stands further down."""

    gives: ClassVar[set[str]] = set()


class OwnerBeforeSetup(When):
    """An owner, while nobody has set up the club."""

    async def __call__(self, _: TelegramObject, me: Person, club: ClubService) -> bool:
        return me.role >= Role.OWNER and (await club.get()).set_up_at is None


class Invited(When):
    """By a member's link; one that is forged or broken is a plain /start."""

    gives: ClassVar = {"referrer_id"}

    async def __call__(
        self, _: TelegramObject, bot: Bot, command: CommandObject
    ) -> bool | dict[str, Any]:
        link = _links.unseal(command.args or "", bot.token)
        invited = link is not None and link.kind is LinkKind.INVITATION
        return {"referrer_id": link.subject_id} if link and invited else False


class Step(StateFilter):
    """An answer to an open question: any message in that state but a command or Cancel."""

    gives: ClassVar[set[str]] = set()

    async def __call__(
        self, obj: TelegramObject, raw_state: str | None = None
    ) -> bool | dict[str, Any]:
        if not isinstance(obj, Message) or _is_a_way_out(obj.text or ""):
            return False
        return await super().__call__(obj, raw_state)


class CancelLabel(Filter):
    """The Cancel key under the text field."""

    gives: ClassVar[set[str]] = set()

    async def __call__(self, message: Message) -> bool:
        return message.text == CANCEL


class SlashCommand(Filter):
    """Any command at all; only the fallback asks this."""

    gives: ClassVar[set[str]] = set()

    async def __call__(self, message: Message) -> bool:
        return (message.text or "").startswith("/")


class OnScreen(Filter):
    """A button under a message we may still edit."""

    gives: ClassVar = {"screen"}

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        return {"screen": query.message} if isinstance(query.message, Message) else False


def _is_a_way_out(text: str) -> bool:
    return text.startswith("/") or text == CANCEL
