"""When a message that can wait is sent: midnight, and clocks that are put forward and back."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.outbox import CHANGE_ROLES
from bot.models.notices import Notice, NoticeKind
from bot.models.notifications import (
    SHOWN,
    USUAL_QUIET_HOURS,
    Delivery,
    Preferences,
    QuietHours,
    Topic,
    topic_of,
    topics_for,
)
from bot.models.people import Role

ZONES = (
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",  # puts its clocks by half an hour
    "Pacific/Apia",  # had no 30 December 2011
    "UTC",
)
CLOCK = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
HOURS = (
    st.tuples(CLOCK, CLOCK)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: QuietHours(starts=pair[0], ends=pair[1]))
)
MOMENTS = st.datetimes(datetime(2005, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- bounds of aware ones
PLACES = st.sampled_from([ZoneInfo(name) for name in ZONES])
NEW_YORK = ZoneInfo("America/New_York")


def clock(moment: datetime, zone: ZoneInfo) -> time:
    return moment.astimezone(zone).time()


@given(HOURS, MOMENTS, PLACES)
def test_it_ends_later_and_only_where_it_is_quiet(hours, now, zone):
    end = hours.end(now, zone)
    assert (end is not None) == hours.hold_at(clock(now, zone))
    if end is not None:
        assert now < end < now + timedelta(days=2, hours=2)
        assert not hours.hold_at(clock(end, zone))
        assert hours.end(end, zone) is None


@given(HOURS, MOMENTS, PLACES)
def test_it_ends_to_the_minute_where_the_clocks_run_on(hours, now, zone):
    end = hours.end(now, zone)
    if end is None or end.astimezone(zone).utcoffset() != now.astimezone(zone).utcoffset():
        return
    today = datetime.combine(datetime(2000, 1, 1), clock(now, zone))  # noqa: DTZ001 -- a bare clock
    ends = datetime.combine(today, hours.ends)
    assert end - now == (ends - today) % timedelta(days=1)


@given(HOURS, CLOCK)
def test_a_day_is_quiet_or_not_as_the_two_times_say(hours, now):
    reversed_hours = QuietHours(starts=hours.ends, ends=hours.starts)
    assert hours.hold_at(hours.starts)
    assert not hours.hold_at(hours.ends)
    assert hours.hold_at(now) != reversed_hours.hold_at(now)


@pytest.mark.parametrize(
    ("hours", "now", "end"),
    [
        ((20, 6), "2026-11-24T01:00-05:00", "2026-11-24T06:00-05:00"),
        ((20, 6), "2026-11-24T20:00-05:00", "2026-11-25T06:00-05:00"),
        ((20, 6), "2026-11-24T19:59-05:00", None),
        ((20, 6), "2026-11-24T06:00-05:00", None),
        ((13, 15), "2026-11-24T14:00-05:00", "2026-11-24T15:00-05:00"),
        ((20, 6), "2026-03-07T21:00-05:00", "2026-03-08T06:00-04:00"),  # an hour less
        ((20, 6), "2026-10-31T21:00-04:00", "2026-11-01T06:00-05:00"),  # an hour more
        ((22, 2), "2026-03-08T01:30-05:00", "2026-03-08T03:00-04:00"),  # there is no two
        ((22, 1), "2026-11-01T00:30-04:00", "2026-11-01T01:00-04:00"),  # the first one o’clock
    ],
)
def test_the_clocks_of_new_york(hours, now, end):
    kept = QuietHours(starts=time(hours[0]), ends=time(hours[1]))
    found = kept.end(datetime.fromisoformat(now), NEW_YORK)
    assert found == (datetime.fromisoformat(end) if end else None)


def notice(kind=NoticeKind.FROM_THE_CLUB, *, message_id=None) -> Notice:
    return Notice(
        id=1,
        kind=kind,
        recipient_id=1,
        chat_id=1,
        subject_id=None,
        payload={},
        attempts=1,
        message_id=message_id,
        refresh=0,
    )


@given(MOMENTS, PLACES, st.dictionaries(st.sampled_from(Topic), st.sampled_from(Delivery)))
def test_decisions_are_told_at_once_whatever_was_chosen(now, zone, choices):
    wishes = Preferences(choices=choices)
    for kind in NoticeKind:
        if topic_of(kind) in (None, Topic.DECISIONS):
            assert wishes.time_to_send(notice(kind), now, zone) == now


@given(MOMENTS, PLACES, st.sampled_from(Delivery), st.booleans())
def test_what_can_be_chosen_is_heeded(now, zone, delivery, is_quiet):
    wishes = Preferences(choices={Topic.MESSAGES: delivery}, is_quiet=is_quiet)
    expected = {
        Delivery.AT_ONCE: now,
        Delivery.OFF: None,
        Delivery.AFTER_QUIET_HOURS: (is_quiet and USUAL_QUIET_HOURS.end(now, zone)) or now,
    }
    assert wishes.time_to_send(notice(), now, zone) == expected[delivery]
    assert wishes.time_to_send(notice(message_id=5), now, zone) == now  # an edit makes no sound


def test_reminders_and_greetings_alone_wait_for_the_morning_by_themselves():
    usual = {topic: Preferences().delivery(topic) for topic in Topic}
    waiting = [topic for topic, delivery in usual.items() if delivery is not Delivery.AT_ONCE]
    assert waiting == [Topic.REMINDERS, Topic.GREETINGS]
    assert (USUAL_QUIET_HOURS.starts, USUAL_QUIET_HOURS.ends) == (time(20), time(6))


def test_what_changes_a_role_is_never_withheld():
    """The outbox sets the person’s commands anew when it sends these."""
    assert {topic_of(kind) for kind in CHANGE_ROLES} == {None, Topic.DECISIONS}
    assert NoticeKind.COMMANDS not in SHOWN


def test_only_admins_hear_of_registrations():
    assert Topic.REGISTRATIONS not in topics_for(Role.STAFF)
    assert Topic.REGISTRATIONS in topics_for(Role.ADMIN)
