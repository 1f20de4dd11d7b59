"""The bot about itself: getMe, names, descriptions, menu button, files."""

from collections.abc import Callable

from bot.simulator.errors import bad_request
from bot.simulator.methods.registry import Request, method
from bot.simulator.methods.targets import readable_chat
from bot.simulator.models import JsonDict
from bot.simulator.rules import MAX_DOWNLOAD
from bot.simulator.views import user_view

_TEXTS = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}


@method("getMe")
def get_me(request: Request) -> JsonDict:
    return user_view(request.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": request.bot.reads_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("logOut", "close")
def leave_server(_request: Request) -> bool:
    return True


def _setter(field: str, limit: int) -> Callable[[Request], bool]:
    def set_text(request: Request) -> bool:
        text = request.params.text(field)
        if len(text) > limit:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        request.bot.texts[field, request.params.text("language_code")] = text
        return True

    return set_text


def _getter(field: str) -> Callable[[Request], JsonDict]:
    def get_text(request: Request) -> JsonDict:
        texts, language = request.bot.texts, request.params.text("language_code")
        default = request.bot.first_name if field == "name" else ""
        return {field: texts.get((field, language)) or texts.get((field, "")) or default}

    return get_text


for _what, (_field, _limit) in _TEXTS.items():
    method(f"setMy{_what}")(_setter(_field, _limit))
    method(f"getMy{_what}")(_getter(_field))


@method("setChatMenuButton")
def set_menu_button(request: Request) -> bool:
    problem = "can't parse menu button JSON object"
    button = request.params.json("menu_button", problem) or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("MenuButton has unsupported type")
    request.bot.menu_buttons[_menu_chat(request)] = button
    return True


@method("getChatMenuButton")
def get_menu_button(request: Request) -> JsonDict:
    buttons = request.bot.menu_buttons
    own = buttons.get(_menu_chat(request), {"type": "default"})
    return own if own["type"] != "default" else buttons.get(0, {"type": "commands"})


def _menu_chat(request: Request) -> int:
    return readable_chat(request).id if request.params.has("chat_id") else 0


@method("getFile")
def get_file(request: Request) -> JsonDict:
    file = request.engine.files.find(request.params.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": request.params.text("file_id"),
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }
