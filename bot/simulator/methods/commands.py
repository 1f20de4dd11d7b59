"""setMyCommands and its kin: one list per scope and language."""

import re
from typing import Any

from bot.simulator.errors import bad_request
from bot.simulator.menu import menu_of
from bot.simulator.methods.registry import Request, method
from bot.simulator.models import JsonDict

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_MAX_COMMANDS = 100
_MAX_DESCRIPTION = 256
_WIDE = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_OF_CHAT = {"chat", "chat_administrators", "chat_member"}


@method("setMyCommands")
def set_commands(request: Request) -> bool:
    value = request.params.json("commands", "can't parse commands JSON array")
    if not isinstance(value, list):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > _MAX_COMMANDS:
        raise bad_request("too many commands specified")
    request.bot.commands[_key(request)] = [_command(entry) for entry in value]
    _announce(request)
    return True


@method("getMyCommands")
def get_commands(request: Request) -> list[JsonDict]:
    return request.bot.commands.get(_key(request), [])


@method("deleteMyCommands")
def delete_commands(request: Request) -> bool:
    request.bot.commands.pop(_key(request), None)
    _announce(request)
    return True


def _command(entry: Any) -> JsonDict:
    if not isinstance(entry, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = str(entry.get("command", "")), str(entry.get("description", ""))
    name = name.removeprefix("/")
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= _MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _key(request: Request) -> tuple[str, str]:
    language = request.params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    problem = "can't parse BotCommandScope JSON object"
    scope = request.params.json("scope", problem) or {"type": "default"}
    return _scope(request, scope), language


def _scope(request: Request, scope: Any) -> str:
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _WIDE:
        return str(kind)
    if kind not in _OF_CHAT:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat = request.engine.find_chat(request.bot, _integer(scope.get("chat_id")))
    if chat is None:
        raise bad_request("chat not found")
    member = f":{_integer(scope.get('user_id'))}" if kind == "chat_member" else ""
    return f"{kind}:{chat.id}{member}"


def _integer(value: Any) -> int:
    return int(value) if re.fullmatch(r"-?\d+", str(value)) else 0


def _announce(request: Request) -> None:
    for person in request.engine.people.values():
        commands = menu_of(request.bot, person)
        frame = {"type": "commands", "person_id": person.id, "commands": commands}
        request.engine.feed.send(frame)
