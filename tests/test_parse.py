"""What admins type, read to the letter."""

import contextlib
from datetime import UTC, datetime, time

import pytest
from aiogram.types import Chat, Contact, Message, MessageOriginHiddenUser, MessageOriginUser, User
from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.models.club import Club
from bot.models.members import Wanted
from bot.models.notifications import QuietHours
from bot.routers import _parse, _search
from bot.routers._parse import telegram_id, trimmed, words

BLANKS = (
    " \t\n\r\v\f\x1c\x1f\x85\u00a0\u1680\u2000\u2003\u2007\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\u00ad"
)
INDIA = Club(
    name="Club",
    timezone="Asia/Kolkata",
    currency="INR",
    welcome_text="",
    review_registrations=True,
    set_up_at=None,
)
blank = st.text(alphabet=BLANKS, max_size=4)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("424837855", 424837855),
        (" 424837855", 424837855),
        ("424837855\u00a0", 424837855),
        ("\t424837855\r\n", 424837855),
        ("\u200b\ufeff424837855\u2060", 424837855),
        ("\u202a424837855\u202c", 424837855),
        (" \u200b \n424837855\u00a0\u200f ", 424837855),
        ("0", 0),
        ("007", 7),
        ("9223372036854775807", 2**63 - 1),
    ],
)
def test_an_id_is_read_whatever_blanks_stand_around_it(typed, number):
    assert telegram_id(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        None,
        " \u00a0\u200b",
        "424837855x",
        "424.837.855",
        "424,837,855",
        "424 837 855",
        "4248\u200b37855",
        "-424837855",
        "+424837855",
        "٤٢٤",
        "४२४",
        "１２３",
        "²",
        "1e3",
        "0x10",
        "4_2",
        "9223372036854775808",
        "0" * 20,
        "1" * 25,
        "1" * 5000,
    ],
)
def test_anything_else_is_not_an_id(typed):
    with pytest.raises(errors.NotAnId):
        telegram_id(typed)


@given(blank, st.integers(0, 2**63 - 1), blank)
def test_every_id_survives_every_blank(before, number, after):
    assert telegram_id(f"{before}{number}{after}") == number


@given(st.text())
def test_only_what_is_all_ascii_digits_is_an_id(typed):
    try:
        number = telegram_id(typed)
    except errors.NotAnId:
        return
    core = typed.strip(BLANKS + "".join(c for c in typed if not trimmed(c)))
    assert set(core) <= set("0123456789")
    assert int(core) == number < 2**63


@given(st.integers(0, 2**63 - 1), st.sampled_from("x.,-+ \u200b٤é"), st.integers(1, 18))
def test_one_wrong_mark_inside_spoils_an_id(number, mark, at):
    digits = f"{number:019}"
    with pytest.raises(errors.NotAnId):
        telegram_id(digits[:at] + mark + digits[at:])


@given(st.text(max_size=40))
def test_trimming_twice_changes_nothing_more(text):
    assert trimmed(trimmed(text)) == trimmed(text)


def test_words_are_kept_within_their_limit():
    assert words("  rude to Anna \u200b", limit=12) == "rude to Anna"
    assert words("rude\0 to Anna", limit=12) == "rude to Anna"
    with pytest.raises(errors.TextTooLong):
        words("rude to Anna!", limit=12)
    with pytest.raises(errors.TextExpected):
        words("\u200b ", limit=12)
    with pytest.raises(errors.TextExpected):
        words(None, limit=12)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("\u00a0424837855", Wanted(said="424837855", telegram_id=424837855)),
        ("@anna", Wanted(said="@anna", username="anna")),
        ("@An", Wanted(said="@An", username="An")),
        (
            "9876543210",
            Wanted(said="9876543210", telegram_id=9876543210, phone="+919876543210"),
        ),
        ("+91 98765 43210", Wanted(said="+91 98765 43210", phone="+919876543210")),
        ("098765-43210", Wanted(said="098765-43210", phone="+919876543210")),
        ("(+91) 98765.43210", Wanted(said="(+91) 98765.43210", phone="+919876543210")),
        ("0091 9876543210", Wanted(said="0091 9876543210", phone="+919876543210")),
        ("+44 20 7946 0958", Wanted(said="+44 20 7946 0958", phone="+442079460958")),
        (" An", Wanted(said="An", part_of_name="An")),
        ("424837855x", Wanted(said="424837855x", part_of_name="424837855x")),
        ("José", Wanted(said="José", part_of_name="José")),
        ("अन", Wanted(said="अन", part_of_name="अन")),
    ],
)
def test_a_search_box_knows_ids_usernames_phones_and_names(typed, wanted):
    assert _search.typed(typed, INDIA) == wanted


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", errors.NotAnId),
        ("424.837.855", errors.NotAnId),
        ("-424837855", errors.NotAnId),
        ("-9876543210", errors.NotAnId),
        ("٤٢٤", errors.NotAnId),
        ("1" * 25, errors.NotAnId),
        ("💪", errors.NotAnId),
        ("%%", errors.NotAnId),
        ("A", errors.SearchTooShort),
        ("e\u0301", errors.SearchTooShort),
        ("@", errors.SearchTooShort),
    ],
)
def test_a_search_box_refuses_the_rest(typed, refusal):
    with pytest.raises(refusal):
        _search.typed(typed, INDIA)


def message(**content) -> Message:
    chat = Chat(id=1, type="private")
    return Message(message_id=1, date=datetime.now(UTC), chat=chat, **content)


def test_a_forwarded_message_means_its_writer():
    origin = MessageOriginUser(
        date=datetime.now(UTC), sender_user=User(id=77, is_bot=False, first_name="Anna")
    )
    forwarded = message(text="424837855", forward_origin=origin)
    assert _search.wanted(forwarded, INDIA) == Wanted(said="Anna", telegram_id=77)


def test_a_forward_that_hides_its_writer_is_refused():
    origin = MessageOriginHiddenUser(date=datetime.now(UTC), sender_user_name="Anna")
    with pytest.raises(errors.HiddenSender):
        _search.wanted(message(text="hi", forward_origin=origin), INDIA)


def test_a_shared_contact_means_its_person_or_phone():
    known = Contact(phone_number="919876543210", first_name="Anna", user_id=77)
    unknown = Contact(phone_number="98765 43210", first_name="Anna")
    useless = Contact(phone_number="911", first_name="Nobody")
    expected = Wanted(said="919876543210", telegram_id=77, phone="+919876543210")
    assert _search.wanted(message(contact=known), INDIA) == expected
    assert _search.wanted(message(contact=unknown), INDIA).phone == "+919876543210"
    with pytest.raises(errors.NothingToSearch):
        _search.wanted(message(contact=useless), INDIA)


def test_a_sticker_is_no_search():
    with pytest.raises(errors.NothingToSearch):
        _search.wanted(message(), INDIA)


@pytest.mark.parametrize(
    ("typed", "starts", "ends"),
    [
        ("22:00-06:30", time(22), time(6, 30)),
        ("22-7", time(22), time(7)),
        (" 22.15 – 6 ", time(22, 15), time(6)),
        ("0 to 5:05", time(0), time(5, 5)),
    ],
)
def test_quiet_hours_as_people_write_them(typed, starts, ends):
    assert _parse.quiet_hours(typed) == QuietHours(starts=starts, ends=ends)


@pytest.mark.parametrize(
    "typed", ["24-6", "22:60-6", "22", "22-", "8-8", "8:00-8", "-3-4", "٢٢-٦", "22-6-7", "a-b"]
)
def test_what_is_no_time_of_quiet_is_refused(typed):
    with pytest.raises(errors.NotHours):
        _parse.quiet_hours(typed)


@given(st.text(max_size=40))
def test_any_text_is_a_time_of_quiet_or_refused(typed):
    with contextlib.suppress(errors.Refusal):
        assert _parse.quiet_hours(typed).starts is not None
