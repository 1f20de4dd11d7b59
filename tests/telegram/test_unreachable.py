"""People and groups that cannot be written to, or not where they were."""

import pytest
from aiogram.exceptions import TelegramBadRequest
from redis.asyncio import Redis

from bot.errors import Unavailable
from bot.replies import Attachment, Reply, say
from bot.telegram.budget import Lane
from bot.telegram.pace import NotYet
from bot.telegram.refusals import Gone, Meaning, meaning
from tests.operations.test_metrics import figures
from tests.telegram.conftest import sent

pytestmark = pytest.mark.alone  # all of this folder is under limits that a clock decides


async def test_who_blocked_the_bot_hears_nothing_until_they_are_back(sim, app, chat, club, owe):
    anna = await club.known("Anna")
    await chat.says("Anna", "{blocks}")
    await owe([anna], "closed on Sunday")
    for _ in range(3):
        await app.outbox.send_due()
    assert sent(sim, 200, 403) == []  # not even tried
    await chat.says("Anna", "{unblocks}")
    await chat.says("Anna", "/start")
    said = [call.params["text"] for call in sent(sim)]
    assert len([text for text in said if "closed on Sunday" in text]) == 1


async def test_a_refused_notice_stays_owed_and_the_next_are_not_tried(
    sim, app, workers, chat, club, owe
):
    anna = await club.known("Anna")
    sim.engine.faults.add(method="sendMessage", chat_id=anna.telegram_id, status=403)
    await owe([anna], "one")
    await workers[1].outbox.send_due()
    await owe([anna], "two")
    for _ in range(3):
        await workers[0].outbox.send_due()
    assert len(sent(sim, 200, 403)) == 1
    assert figures(workers[1].metrics)["clubdesk_notices_total{held}"] == 1
    assert not (await club.again(anna)).is_reachable
    await chat.says("Anna", "/help")
    heard = [call.params["text"].split()[-1] for call in sent(sim)]
    assert {"one", "two"} <= set(heard)


async def test_a_group_that_moved_is_followed_by_every_worker(
    sim, workers, club, redis, delivery_of
):
    await club.known("Asha")
    asha = club.people["Asha"]
    old = sim.engine.add_group("Desk", [asha], kind="group")
    new = sim.engine.migrate(old, asha)
    here, there = [delivery_of(worker, redis) for worker in workers]
    await here.send(old.id, say("first"))
    await there.send(old.id, say("second"))
    shown = [message.text for message in sim.engine.chat_messages(new.id)]
    assert shown[-2:] == ["first", "second"]
    assert len(sent(sim, 400)) == 1


async def test_a_full_group_is_asked_again_later(sim, workers, club, redis, delivery_of):
    await club.known("Asha")
    group = sim.engine.add_group("Desk", [club.people["Asha"]])
    here, there = [delivery_of(worker, redis, chat_seconds=0) for worker in workers]
    for number in range(20):
        await (here, there)[number % 2].send(group.id, say("news"), lane=Lane.NOTICE)
    for lane in (Lane.NOTICE, Lane.REPLY):
        with pytest.raises(NotYet) as full:
            await there.send(group.id, say("one too many"), lane=lane)
        assert 50 < full.value.retry_after <= 61
    assert len(sent(sim)) == 20
    assert sent(sim, 429) == []


async def test_without_redis_replies_go_and_bulk_waits(sim, workers, club, delivery_of):
    anna = await club.known("Anna")
    async with Redis.from_url("redis://127.0.0.1:1") as nowhere:
        way = delivery_of(workers[0], nowhere)
        await way.send(anna.telegram_id, say("a reply"))
        for lane in (Lane.NOTICE, Lane.BROADCAST):
            with pytest.raises(Unavailable, match="Redis"):
                await way.send(anna.telegram_id, say("bulk"), lane=lane)
    assert [call.params["text"] for call in sent(sim)] == ["a reply"]


async def test_a_wrong_token_refuses_no_notice(sim, workers, club, owe, db):
    anna = await club.known("Anna")
    await owe([anna], "closed on Sunday")
    sim.engine.bot.revoked = True
    await workers[0].outbox.send_due()
    sim.engine.bot.revoked = False
    assert figures(workers[0].metrics)["clubdesk_notices_total{postponed}"] == 1
    assert (await club.again(anna)).is_reachable


@pytest.mark.parametrize(
    ("reply", "refusals"),
    [
        (Reply(text="<b>5 < 6"), 1),
        (Reply(text="a face", attachment=Attachment(kind="photo", file_id="no-such")), 1),
        (Reply(text="<i>a file", attachment=Attachment(kind="document", content=b"x")), 1),
    ],
    ids=["broken HTML", "a photo that is gone", "a broken caption"],
)
async def test_what_can_be_said_otherwise_is(
    sim, workers, club, redis, delivery_of, reply, refusals
):
    anna = await club.known("Anna")
    await delivery_of(workers[0], redis).send(anna.telegram_id, reply)
    tried = [call for call in sim.engine.calls if call.chat_id == anna.telegram_id]
    assert [call.status for call in tried] == [400] * refusals + [200]


async def test_what_is_too_long_is_named_and_not_tried_again(
    sim, workers, club, redis, delivery_of
):
    anna = await club.known("Anna")
    with pytest.raises(TelegramBadRequest) as refusal:
        await delivery_of(workers[0], redis).send(anna.telegram_id, say("x" * 5000))
    assert meaning(refusal.value) is Meaning.TOO_LONG
    assert len(sent(sim, 400)) == 1


async def test_who_never_started_or_left_is_gone(sim, workers, club, redis, delivery_of):
    stranger = club.visitor("Stranger")
    way = delivery_of(workers[0], redis)
    left = await club.known("Left")
    sim.engine.deactivate(club.people["Left"])
    for chat_id in (stranger.id, left.telegram_id, 987654321):
        with pytest.raises(Gone):
            await way.send(chat_id, say("hello"))
