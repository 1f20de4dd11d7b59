"""answerCallbackQuery: in time, once, and in 200 characters."""

from bot.simulator.errors import bad_request
from bot.simulator.methods.registry import Request, method
from bot.simulator.models import Callback, Event
from bot.simulator.rules import MAX_ANSWER

_MAX_CACHE = 2_592_000
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@method("answerCallbackQuery")
def answer_callback_query(request: Request) -> bool:
    text = request.params.text("text")
    if len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if not 0 <= request.params.integer("cache_time") <= _MAX_CACHE:
        raise bad_request("wrong parameter cache_time in request")
    callback = _waiting(request)
    is_second = callback.answered_at is not None
    callback.answered_at = callback.answered_at or request.engine.clock.now()
    if not is_second:
        _show(request, callback, text or None)
    return True


def _waiting(request: Request) -> Callback:
    engine, rules = request.engine, request.engine.rules
    callback = engine.callbacks.get(request.params.text("callback_query_id"))
    if callback is None or callback.bot is not request.bot:
        raise bad_request(_TOO_OLD)
    if engine.clock.now() - callback.at > rules.callback_seconds:
        raise bad_request(_TOO_OLD)
    if callback.answered_at is not None and rules.second_answer_is_refused:
        raise bad_request(_TOO_OLD)
    return callback


def _show(request: Request, callback: Callback, text: str | None) -> None:
    person, message = callback.person, callback.message
    alert = request.params.flag("show_alert")
    frame = {
        "type": "answer",
        "person_id": person.id,
        "query_id": callback.id,
        "text": text,
        "show_alert": alert,
    }
    request.engine.feed.send(frame)
    chat_id = message.chat.id if message else person.id
    request.engine.events.append(
        Event(
            kind="answered",
            chat_id=chat_id,
            message=message,
            text=text,
            show_alert=alert,
            person=person,
        )
    )
    if message and not message.deleted:
        message.pressed.pop(callback.data, None)
        request.engine.publish_message("edited", message)
