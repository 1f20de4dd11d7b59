"""The rules of broadcasts that need no chat: once per draft, as looked at, by who may."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.assembly import build_services
from bot.errors import NotAllowed
from bot.errors.broadcasts import (
    BroadcastChanged,
    BroadcastGone,
    BroadcastStarted,
    BroadcastStill,
    MomentPassed,
    NobodyToTell,
)
from bot.errors.templates import PlaceholderCut, TemplateTooLong, UnknownPlaceholder
from bot.logs import handling
from bot.models.broadcasts import (
    PLACEHOLDERS,
    BroadcastStatus,
    Content,
    NewBroadcast,
    Progress,
    Segment,
    SegmentKind,
)
from bot.models.people import Office
from bot.models.templates import Placeholder, check, check_formatting
from bot.replies import Attachment, Reply, pack, unpack
from bot.texts.templates import fill
from tests.club import founded
from tests.services.test_bans import known

STAFF = Segment(kind=SegmentKind.STAFF)
NEWS = Content(html="Closed on <b>Sunday</b>")


@pytest.fixture
def services(db, cache):
    return build_services(db, cache)


@pytest.fixture
async def asha(db):
    await founded(db)
    return await known(db, 2, Office.ADMIN)


@pytest.fixture
def drafted(services, asha):
    async def draft(segment=STAFF) -> int:
        new = NewBroadcast(operation_id=uuid4(), segment=segment, content=NEWS)
        return await services.broadcasts.add(new, by=asha)

    return draft


async def status(services, number) -> BroadcastStatus:
    return (await services.broadcasts.card(number)).broadcast.status


async def test_a_form_makes_one_draft_however_often_it_is_answered(services, asha):
    new = NewBroadcast(operation_id=uuid4(), segment=STAFF, content=NEWS)
    number = await services.broadcasts.add(new, by=asha)
    assert await services.broadcasts.add(new, by=asha) is None
    assert await services.broadcasts.made_by(new.operation_id) == number
    with pytest.raises(BroadcastGone):
        await services.broadcasts.made_by(uuid4())


async def test_many_at_once_send_it_once(services, asha, drafted):
    number = await drafted()
    send = services.broadcasts.send
    done = await asyncio.gather(
        *(send(number, revision=1, by=asha) for _ in range(5)), return_exceptions=True
    )
    assert sorted(map(str, map(type, done))) == sorted(
        [str(type(None)), *[str(BroadcastStarted)] * 4]
    )
    assert (await services.broadcasts.card(number)).progress.total == 1


async def test_an_update_that_comes_again_sends_it_once_and_is_told_the_same(
    services, asha, drafted
):
    number = await drafted()
    for _ in range(2):
        with handling(77):
            await services.broadcasts.send(number, revision=1, by=asha)
    assert (await services.broadcasts.card(number)).progress.total == 1


async def test_only_what_was_looked_at_is_sent_or_changed(services, asha, drafted):
    number, everyone = await drafted(), Segment(kind=SegmentKind.EVERYONE)
    changed = Content(html="Closed on Monday")
    await services.broadcasts.set_content(number, changed, revision=1, by=asha)
    await services.broadcasts.set_content(number, changed, revision=1, by=asha)  # the same again
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    for refused in (
        services.broadcasts.send(number, revision=1, by=asha),
        services.broadcasts.schedule(number, revision=1, at=tomorrow, by=asha),
        services.broadcasts.set_content(number, NEWS, revision=1, by=asha),
        services.broadcasts.set_segment(number, everyone, revision=1, by=asha),
        services.broadcasts.discard(number, revision=1, by=asha),
    ):
        with pytest.raises(BroadcastChanged):
            await refused
    await services.broadcasts.set_segment(number, everyone, revision=2, by=asha)
    with pytest.raises(NobodyToTell):
        await services.broadcasts.send(number, revision=3, by=asha)
    assert await status(services, number) is BroadcastStatus.DRAFT


@pytest.mark.parametrize("days", [-1, 0, 367])
async def test_a_moment_is_ahead_and_within_a_year(services, asha, drafted, days):
    at = datetime.now(UTC) + timedelta(days=days)
    with pytest.raises(MomentPassed):
        await services.broadcasts.schedule(await drafted(), revision=1, at=at, by=asha)


async def test_nothing_is_done_for_who_is_no_admin(db, services, asha, drafted):
    number, sunil = await drafted(), await known(db, 3, Office.STAFF)
    later = datetime.now(UTC) + timedelta(days=1)
    new = NewBroadcast(operation_id=uuid4(), segment=STAFF, content=NEWS)
    refused = [
        services.broadcasts.add(new, by=sunil),
        services.broadcasts.send(number, revision=1, by=sunil),
        services.broadcasts.schedule(number, revision=1, at=later, by=sunil),
        services.broadcasts.discard(number, revision=1, by=sunil),
        services.recipients.retract(number, by=sunil),
    ]
    for each in refused:
        with pytest.raises(NotAllowed):
            await each
    assert await status(services, number) is BroadcastStatus.DRAFT


async def test_a_draft_can_be_neither_stopped_nor_edited_nor_reported(services, asha, drafted):
    number, zone = await drafted(), (await services.club.get()).zone
    for refused in (
        services.recipients.pause(number, by=asha),
        services.recipients.stop(number, by=asha),
        services.recipients.edit(number, "x", by=asha),
        services.recipients.retract(number, by=asha),
        services.recipients.report(number, by=asha, zone=zone),
    ):
        with pytest.raises(BroadcastStill):
            await refused


async def test_whatever_is_repeated_is_done_once(services, asha, drafted):
    number = await drafted()
    await services.broadcasts.send(number, revision=1, by=asha)
    steps = (
        (services.recipients.pause, BroadcastStatus.PAUSED),
        (services.recipients.resume, BroadcastStatus.RUNNING),
        (services.recipients.stop, BroadcastStatus.STOPPED),
        (services.recipients.retract, BroadcastStatus.STOPPED),
    )
    for step, left in steps:
        for _ in range(2):
            await step(number, by=asha)
        assert await status(services, number) is left
    with pytest.raises(BroadcastStill):
        await services.recipients.try_again(number, by=asha)


def test_placeholders_are_known_whole_and_fit_whatever_the_name():
    check("Hi {name}, {club} { name } {}", PLACEHOLDERS, limit=4096)
    with pytest.raises(UnknownPlaceholder):
        check("{days}", PLACEHOLDERS, limit=4096)
    with pytest.raises(TemplateTooLong):
        check("💪" * 2049, PLACEHOLDERS, limit=4096)
    check_formatting("<b>Hi {name}</b> &lt;b&gt;", "Hi {name} <b>")
    with pytest.raises(PlaceholderCut):
        check_formatting("<b>Hi {na</b>me}", "Hi {name}")


def test_the_longest_name_fits_in_whatever_was_accepted():
    text = "{name}" + "x" * (4096 - 128)
    check(text, PLACEHOLDERS, limit=4096)
    filled = fill(text, {Placeholder.NAME: "💪" * 100})
    assert len(filled.encode("utf-16-le")) // 2 <= 4096


def test_names_are_escaped_and_stay_out_of_links():
    html = '<a href="https://x.y/{name}">{name}</a> {club}'
    filled = fill(html, {Placeholder.NAME: '"<b>{club}', Placeholder.CLUB: "A & B"})
    assert filled == '<a href="https://x.y/{name}">"&lt;b&gt;{club}</a> A &amp; B'


@pytest.mark.parametrize("kind", ["photo", "document"])
def test_a_reply_with_a_file_is_kept_for_a_repeat_as_it_is(kind):
    reply = Reply(text="x", attachment=Attachment(kind=kind, file_id="f-1"))
    assert unpack(pack(reply)) == reply


def test_the_time_to_go_is_told_by_the_pace_of_the_last_seconds():
    assert Progress(waiting=100, held=40, lately=30).seconds_to_go == 20
    assert Progress(waiting=100, lately=0).seconds_to_go is None
    assert Progress(sent=100, outdated=15, lately=10).seconds_to_go == 15
