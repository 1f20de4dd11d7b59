"""Reply markup: what Telegram takes under a message, and its words for what it does not."""

import re
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from bot.simulator.errors import bad_request
from bot.simulator.html import checked_url
from bot.simulator.models import JsonDict
from bot.simulator.rules import MAX_BUTTONS, MAX_COPY_TEXT, MAX_DATA_BYTES, MAX_ROW

_ACTIONS = (
    "url",
    "login_url",
    "callback_data",
    "web_app",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "copy_text",
    "pay",
)
_LOOKS = ("text", "style", "icon_custom_emoji_id")
_REQUESTS = ("request_contact", "request_location", "request_users", "request_chat", "request_poll")
_STYLES = {"danger", "success", "primary"}


@dataclass(frozen=True, slots=True)
class Markup:
    kind: Literal["inline", "keyboard", "remove", "force_reply"]
    rows: list[list[JsonDict]]
    options: JsonDict


def parse_markup(raw: str) -> Markup | None:
    """Read ``reply_markup``; nothing and an empty inline keyboard are both None.

    Raises:
        ApiError: Telegram would not take it.
    """
    value = _load(raw)
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"])
    if "keyboard" in value:
        return _reply_keyboard(value)
    if value.get("remove_keyboard"):
        return Markup("remove", [], value)
    if value.get("force_reply"):
        return Markup("force_reply", [], value)
    return None


def _load(raw: str) -> Any:
    if not raw:
        return None
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise bad_request("can't parse reply keyboard markup JSON object") from None


def _inline(value: Any) -> Markup | None:
    rows = _rows(value, "inline_keyboard", "InlineKeyboardMarkup")
    buttons = [[_inline_button(button) for button in row] for row in rows]
    if sum(map(len, buttons)) > MAX_BUTTONS or any(len(row) > MAX_ROW for row in buttons):
        raise bad_request("reply markup is too long")
    kept = [row for row in buttons if row]
    return Markup("inline", kept, {}) if kept else None


def _rows(value: Any, field: str, owner: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{field}" of the {owner} must be an Array')
    if not all(isinstance(row, list) for row in value):
        raise bad_request(f'field "{field}" must be an Array of Arrays')
    return value


def _inline_button(value: Any) -> JsonDict:
    problem = "can't parse inline keyboard button"
    if not isinstance(value, dict):
        raise bad_request(f"{problem}: InlineKeyboardButton must be an Object")
    text = _text_of(value, problem)
    action = next((name for name in _ACTIONS if value.get(name) is not None), None)
    if action is None:
        raise bad_request(f"{problem}: Text buttons are unallowed in the inline keyboard")
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    _check_style(value, problem)
    _check_action(action, value[action])
    looks = {name: value[name] for name in _LOOKS if value.get(name) is not None}
    return looks | {action: _as_kept(action, value[action])}


def _text_of(value: JsonDict, problem: str) -> str:
    if "text" not in value:
        raise bad_request(f'{problem}: Can\'t find field "text"')
    if not isinstance(value["text"], str):
        raise bad_request(f'{problem}: Field "text" must be of type String')
    return value["text"]


def _check_style(value: JsonDict, problem: str) -> None:
    if value.get("style") not in {None, "", *_STYLES}:
        raise bad_request(f"{problem}: Invalid button style specified")


def _check_action(action: str, value: Any) -> None:
    match action:
        case "callback_data":
            if not 1 <= len(str(value).encode()) <= MAX_DATA_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
        case "copy_text":
            text = value.get("text", "") if isinstance(value, dict) else ""
            if not 1 <= len(text) <= MAX_COPY_TEXT:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case "url":
            _check_url(str(value))
        case "web_app":
            _check_web_app(value)


def _check_url(url: str) -> None:
    if not url:
        raise bad_request("BUTTON_URL_INVALID")
    if not checked_url(_with_scheme(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_web_app(value: Any) -> None:
    url = str(value.get("url", "")) if isinstance(value, dict) else ""
    if not url.startswith("https://"):
        reason = "Only HTTPS links are allowed"
        text = f"inline keyboard button web app URL '{url}' is invalid: {reason}"
        raise bad_request(text)


def _with_scheme(url: str) -> str:
    return url if re.match(r"[a-z]+://", url) else f"http://{url}"


def _as_kept(action: str, value: Any) -> Any:
    return _with_scheme(value) if action == "url" else value


def _reply_keyboard(value: JsonDict) -> Markup:
    rows = _rows(value["keyboard"], "keyboard", "ReplyKeyboardMarkup")
    buttons = [[_reply_button(button) for button in row] for row in rows]
    options = {name: option for name, option in value.items() if name != "keyboard"}
    return Markup("keyboard", [row for row in buttons if row], options)


def _reply_button(value: Any) -> JsonDict:
    if isinstance(value, str):
        return {"text": value}
    problem = "can't parse keyboard button"
    if not isinstance(value, dict):
        raise bad_request(f"{problem}: KeyboardButton must be a String or an Object")
    _text_of(value, problem)
    _check_style(value, problem)
    names = (*_LOOKS, *_REQUESTS, "web_app")
    return {name: value[name] for name in names if value.get(name) not in {None, False}}
