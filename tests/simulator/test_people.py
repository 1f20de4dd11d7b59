"""People, their chats and groups, and the buttons they press (S19 to S22)."""

import pytest

from bot.simulator.errors import CannotAct
from tests.simulator.conftest import TOKEN
from tests.simulator.pictures import PNG

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def news(api, kind):
    updates = await api.ok("getUpdates", timeout=0)
    return [update[kind] for update in updates if kind in update]


async def test_a_message_looks_like_telegrams(api, engine):
    anna = engine.add_person("Anna", last_name="K", username="anna", language_code="hi")
    engine.start(anna, "ref_7")
    [message] = await news(api, "message")
    assert message.pop("date") > 0
    assert message == {
        "message_id": 1,
        "from": {
            "id": anna.id,
            "is_bot": False,
            "first_name": "Anna",
            "last_name": "K",
            "username": "anna",
            "language_code": "hi",
        },
        "chat": {
            "id": anna.id,
            "first_name": "Anna",
            "last_name": "K",
            "username": "anna",
            "type": "private",
        },
        "text": "/start ref_7",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }


async def test_contacts_own_others_and_typed(api, engine, anna, chat):
    bruno = engine.add_person("Bruno", phone="+911")
    engine.send_contact(anna)
    engine.send_contact(anna, bruno)
    engine.send_contact(anna, phone="+3", first_name="C")
    contacts = [message["contact"] for message in await news(api, "message")]
    own = {"phone_number": "+919876543210", "first_name": "Anna", "user_id": anna.id}
    others = {"phone_number": "+911", "first_name": "Bruno", "user_id": bruno.id}
    assert contacts == [own, others, {"phone_number": "+3", "first_name": "C"}]


async def test_pictures_files_places_and_albums(api, engine, anna, chat):
    engine.send_photo(anna, PNG, caption="a /b", album="7")
    engine.send_photo(anna, PNG, album="7")
    engine.send_document(anna, "a.pdf", b"%PDF", caption="c")
    engine.send_location(anna, 1.5, -2)
    first, second, document, place = await news(api, "message")
    assert first["media_group_id"] == second["media_group_id"] == "7"
    assert first["caption_entities"][0]["type"] == "bot_command"
    assert (document["document"]["mime_type"], document["caption"]) == ("application/pdf", "c")
    assert place["location"] == {"latitude": 1.5, "longitude": -2}


async def test_an_edit_reaches_the_bot(api, engine, anna, chat):
    engine.edit_text(anna, chat, 1, "/stop")
    [edited] = await news(api, "edited_message")
    assert (edited["text"], edited["message_id"]) == ("/stop", 1)
    assert edited["edit_date"]
    sent = await api.ok("sendMessage", chat_id=chat, text="bot's")
    with pytest.raises(CannotAct):
        engine.edit_text(anna, chat, sent["message_id"], "x")


async def test_blocking_and_coming_back(api, engine, anna, chat):
    engine.block(anna)
    refusal = await api.refused("sendMessage", chat_id=chat, text="x")
    assert refusal == "Forbidden: bot was blocked by the user"
    assert engine.violations == []
    with pytest.raises(CannotAct):
        engine.send_text(anna, "hi")
    engine.unblock(anna)
    assert engine.block(engine.add_person("Never here")) != 0
    await api.ok("sendMessage", chat_id=chat, text="x")
    members = await news(api, "my_chat_member")
    statuses = [(m["old_chat_member"]["status"], m["new_chat_member"]["status"]) for m in members]
    assert statuses == [("member", "kicked"), ("kicked", "member"), ("member", "kicked")]
    assert members[0]["new_chat_member"]["user"]["id"] == 42


async def test_people_the_bot_cannot_reach(api, engine, anna, chat):
    stranger = engine.add_person("Stranger")
    refusal = await api.refused("sendMessage", chat_id=stranger.id, text="x")
    assert refusal == "Forbidden: bot can't initiate conversation with a user"
    engine.deactivate(anna)
    refusal = await api.refused("sendMessage", chat_id=chat, text="x")
    assert refusal == "Forbidden: user is deactivated"
    with pytest.raises(CannotAct):
        engine.send_text(anna, "boo")


async def test_a_press_carries_its_message(api, engine, anna, chat):
    markup = {"inline_keyboard": [[{"text": "Pay", "callback_data": "pay"}]]}
    sent = await api.ok("sendMessage", chat_id=chat, text="x", reply_markup=markup)
    engine.press(anna, chat, sent["message_id"], "pay")
    [query] = await news(api, "callback_query")
    assert query["message"] == sent
    assert (query["data"], query["from"]["id"]) == ("pay", anna.id)
    assert isinstance(query["id"], str)
    assert query["chat_instance"]


async def test_forged_presses_and_deleted_messages(api, engine, anna, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="x")
    await api.ok("deleteMessage", chat_id=chat, message_id=sent["message_id"])
    engine.press(anna, chat, sent["message_id"], "old")
    engine.press(anna, chat, 777, "f" * 200)
    gone, forged = await news(api, "callback_query")
    left = {"chat": sent["chat"], "message_id": sent["message_id"], "date": 0}
    assert gone["message"] == left
    assert forged["message"]["message_id"] == 777
    assert forged["data"] == "f" * 200


async def answer(api, engine, anna, chat, **params):
    await api.ok("getUpdates", offset=engine.press(anna, chat, 1, "x"))
    query = list(engine.callbacks)[-1]
    return await api("answerCallbackQuery", callback_query_id=query, **params)


async def test_answers_are_shown(api, engine, anna, chat):
    await answer(api, engine, anna, chat, text="Paid", show_alert=True)
    event = engine.events[-1]
    assert (event.kind, event.text, event.show_alert) == ("answered", "Paid", True)
    assert (event.chat_id, event.person) == (chat, anna)
    too_long = await answer(api, engine, anna, chat, text="x" * 201)
    assert too_long["description"] == "Bad Request: MESSAGE_TOO_LONG"


async def test_late_unknown_and_second_answers(api, engine, anna, chat):
    unknown = await api.refused("answerCallbackQuery", callback_query_id="1")
    assert unknown == TOO_OLD
    query = engine.press(anna, chat, 1, "x") and list(engine.callbacks)[-1]
    engine.clock.advance(15.1)
    assert await api.refused("answerCallbackQuery", callback_query_id=query) == TOO_OLD

    query = engine.press(anna, chat, 1, "x") and list(engine.callbacks)[-1]
    assert await api.ok("answerCallbackQuery", callback_query_id=query)
    assert await api.ok("answerCallbackQuery", callback_query_id=query)
    assert [event.kind for event in engine.events] == ["answered"]
    engine.rules.second_answer_is_refused = True
    assert await api.refused("answerCallbackQuery", callback_query_id=query) == TOO_OLD


async def test_privacy_in_groups(api, engine, anna):
    engine.add_bot(token="43:OTHER", username="other_bot", name="Other")
    group = engine.add_group("Club", [anna])
    heard = [
        engine.send_text(anna, text, chat_id=group.id) != 0
        for text in ("hello", "/help", "/help@clubdesk_bot", "ask @clubdesk_bot", "no /help")
    ]
    assert heard == [False, True, True, True, False]
    mine = await news(api, "message")
    assert [message["text"] for message in mine] == [
        "/help",
        "/help@clubdesk_bot",
        "ask @clubdesk_bot",
    ]
    assert mine[1]["entities"] == [{"type": "bot_command", "offset": 0, "length": 18}]
    assert mine[0]["chat"] == {"id": group.id, "title": "Club", "type": "supergroup"}
    assert group.id < -1_000_000_000_000
    _, others = await api.raw("getUpdates", token="43:OTHER", json={})
    texts = [update["message"]["text"] for update in others["result"] if "message" in update]
    assert texts == ["/help"]


async def test_an_answer_to_the_bot_is_heard(api, engine, anna):
    group = engine.add_group("Club", [anna])
    sent = await api.ok("sendMessage", chat_id=group.id, text="Who comes?")
    assert engine.send_text(anna, "me", chat_id=group.id, reply_to=sent["message_id"])
    [message] = await news(api, "message")
    assert message["reply_to_message"]["text"] == "Who comes?"


async def test_outsiders_stay_out(engine, anna):
    bruno = engine.add_person("Bruno")
    group = engine.add_group("Club", [anna])
    for chat_id in (group.id, anna.id):
        with pytest.raises(CannotAct):
            engine.send_text(bruno, "hi", chat_id=chat_id)


async def test_leaving_groups(api, engine, anna):
    group = engine.add_group("Club", [anna], kind="group")
    await api.ok("sendMessage", chat_id=group.id, text="x")
    engine.remove_bot(group, anna)
    kicked = await api.refused("sendMessage", chat_id=group.id, text="x")
    assert kicked == "Forbidden: bot was kicked from the group chat"
    other = engine.add_group("Other", [anna])
    await api.ok("leaveChat", chat_id=other.id)
    left = await api.refused("sendMessage", chat_id=other.id, text="x")
    assert left == "Forbidden: bot is not a member of the supergroup chat"
    changes = await news(api, "my_chat_member")
    assert [c["new_chat_member"]["status"] for c in changes] == [
        "member",
        "kicked",
        "member",
        "left",
    ]


async def test_keyboards_are_put_away(api, engine, anna, chat):
    once = {"keyboard": [["Yes"], [{"text": "Phone", "request_contact": True}]]}
    once["one_time_keyboard"] = True
    for act in (lambda: engine.send_text(anna, "Yes"), lambda: engine.send_contact(anna)):
        await api.ok("sendMessage", chat_id=chat, text="?", reply_markup=once)
        engine.send_text(anna, "something else")
        assert engine.reply_keyboard(chat, anna)["keyboard"][0] == [{"text": "Yes"}]
        act()
        assert engine.reply_keyboard(chat, anna) is None
    force = {"force_reply": True, "input_field_placeholder": "Name"}
    await api.ok("sendMessage", chat_id=chat, text="?", reply_markup=force)
    assert engine.reply_keyboard(chat, anna)["input_field_placeholder"] == "Name"
    engine.send_text(anna, "Anna")
    assert engine.reply_keyboard(chat, anna) is None


async def test_copies_and_forwards(api, engine, anna, chat):
    bruno = engine.add_person("Bruno")
    engine.start(bruno)
    engine.send_photo(anna, PNG, caption="proof")
    where = {"chat_id": bruno.id, "from_chat_id": chat, "message_id": 2}
    assert set(await api.ok("copyMessage", **where)) == {"message_id"}
    forwarded = await api.ok("forwardMessage", **where)
    assert forwarded["forward_origin"]["sender_user"]["id"] == anna.id
    seen = engine.chat_messages(bruno.id)[-2:]
    assert [(m.caption, m.photo.content) for m in seen] == [("proof", PNG)] * 2
    missing = await api.refused("copyMessage", **where | {"message_id": 99})
    assert missing == "Bad Request: message to copy not found"


async def test_two_bots_have_two_chats_with_anna(api, engine, anna, chat):
    other = engine.add_bot(token="43:OTHER", username="other_bot", name="Other")
    status, body = await api.raw(
        "sendMessage", token="43:OTHER", json={"chat_id": anna.id, "text": "x"}
    )
    assert (status, body["description"].partition(":")[0]) == (403, "Forbidden")
    assert engine.private_chat(anna, other).started is False
    assert TOKEN in engine.bots
