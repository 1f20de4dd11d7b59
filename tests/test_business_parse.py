"""What admins type about the business and about tax rates, read to the letter."""

from datetime import UTC, date, datetime

import pytest
from aiogram.types import Chat, Document, Message, PhotoSize

from bot.errors import TextExpected, TextTooLong
from bot.errors.business import (
    BeforeGst,
    GstinMistyped,
    GstinOfNoState,
    LogoTooBig,
    NotADay,
    NotAGstin,
    NotALogo,
    NotAPrefix,
    NotASac,
    NotAState,
    NotATaxCode,
    NotATaxRate,
    NotAUpiId,
    NotDueDays,
)
from bot.keyboards.business import Asked
from bot.models.business import BusinessSetting
from bot.models.gstin import STATES
from bot.routers.business import parse


def message(text=None, **content) -> Message:
    chat = Chat(id=1, type="private")
    return Message(message_id=1, date=datetime.now(UTC), chat=chat, text=text, **content)


def document(mime_type, size=1000) -> Document:
    return Document(file_id="F", file_unique_id="f", mime_type=mime_type, file_size=size)


@pytest.mark.parametrize(
    ("setting", "typed", "value"),
    [
        (BusinessSetting.LEGAL_NAME, "  Iron \n Oak ", "Iron Oak"),
        (BusinessSetting.TRADE_NAME, "x" * 100, "x" * 100),
        (BusinessSetting.ADDRESS, " 12 MG Road\nPune ", "12 MG Road\nPune"),
        (BusinessSetting.GSTIN, "27abcde1234f1z0", "27ABCDE1234F1Z0"),
        (BusinessSetting.GSTIN, "04 ABCDE1234F-1Z8", "04ABCDE1234F1Z8"),
        (BusinessSetting.GSTIN, "27AAPFU0939F1ZV", "27AAPFU0939F1ZV"),
        (BusinessSetting.STATE_CODE, "27", "27"),
        (BusinessSetting.STATE_CODE, "7", "07"),
        (BusinessSetting.STATE_CODE, "jammu & kashmir", "01"),
        (BusinessSetting.STATE_CODE, "Mah", "27"),
        (BusinessSetting.STATE_CODE, "GOA", "30"),
        (BusinessSetting.DEFAULT_RATE_BPS, "0", 0),
        (BusinessSetting.DEFAULT_RATE_BPS, "18 %", 1800),
        (BusinessSetting.DEFAULT_RATE_BPS, "0.25", 25),
        (BusinessSetting.DEFAULT_RATE_BPS, "0,1%", 10),
        (BusinessSetting.DEFAULT_RATE_BPS, "100.00", 10_000),
        (BusinessSetting.SERVICE_SAC, "9997", "9997"),
        (BusinessSetting.UPI_ID, "iron.gym_1-2@okhdfcbank", "iron.gym_1-2@okhdfcbank"),
        (BusinessSetting.INVOICE_PREFIX, "a1", "A1"),
        (BusinessSetting.DUE_DAYS, "0", 0),
        (BusinessSetting.DUE_DAYS, "365 days", 365),
    ],
)
def test_what_is_meant(setting, typed, value):
    assert parse.value(setting, message(typed)) == value


@pytest.mark.parametrize(
    ("setting", "typed", "refusal"),
    [
        (BusinessSetting.LEGAL_NAME, "x" * 101, TextTooLong),
        (BusinessSetting.ADDRESS, "x" * 301, TextTooLong),
        (BusinessSetting.BANK_DETAILS, "x" * 401, TextTooLong),
        (BusinessSetting.TERMS, "x" * 1001, TextTooLong),
        (BusinessSetting.TERMS, " \u200b ", TextExpected),
        (BusinessSetting.UPI_ID, None, TextExpected),
        (BusinessSetting.GSTIN, "27ABCDE1234F1Z", NotAGstin),
        (BusinessSetting.GSTIN, "27ABCDE1234F1A0", NotAGstin),
        (BusinessSetting.GSTIN, "27ABCDE1234F0Z0", NotAGstin),
        (BusinessSetting.GSTIN, "２7ABCDE1234F1Z0", NotAGstin),
        (BusinessSetting.GSTIN, "28ABCDE1234F1Z8", GstinOfNoState),
        (BusinessSetting.GSTIN, "27ABCDE1234F1Z1", GstinMistyped),
        (BusinessSetting.GSTIN, "27ABCED1234F1Z0", GstinMistyped),  # two letters swapped
        (BusinessSetting.STATE_CODE, "28", NotAState),
        (BusinessSetting.STATE_CODE, "027", NotAState),
        (BusinessSetting.STATE_CODE, "m", NotAState),  # Maharashtra, Manipur, Mizoram …
        (BusinessSetting.STATE_CODE, "Bavaria", NotAState),
        (BusinessSetting.DEFAULT_RATE_BPS, "100.01", NotATaxRate),
        (BusinessSetting.DEFAULT_RATE_BPS, "5.125", NotATaxRate),
        (BusinessSetting.DEFAULT_RATE_BPS, "-5", NotATaxRate),
        (BusinessSetting.DEFAULT_RATE_BPS, "½", NotATaxRate),
        (BusinessSetting.SERVICE_SAC, "99972", NotASac),
        (BusinessSetting.SERVICE_SAC, "210690", NotASac),
        (BusinessSetting.UPI_ID, "iron@gmail.com", NotAUpiId),
        (BusinessSetting.UPI_ID, "@ybl", NotAUpiId),
        (BusinessSetting.UPI_ID, "iron gym@ybl", NotAUpiId),
        (BusinessSetting.INVOICE_PREFIX, "GYM2", NotAPrefix),
        (BusinessSetting.INVOICE_PREFIX, "G_M", NotAPrefix),
        (BusinessSetting.INVOICE_PREFIX, "ÄB", NotAPrefix),
        (BusinessSetting.DUE_DAYS, "366", NotDueDays),
        (BusinessSetting.DUE_DAYS, "-1", NotDueDays),
    ],
)
def test_what_is_refused(setting, typed, refusal):
    with pytest.raises(refusal):
        parse.value(setting, message(typed))


def test_every_setting_that_is_asked_for_can_be_read():
    readable = {*parse._READERS, BusinessSetting.LOGO_FILE_ID}
    assert readable == set(Asked.__args__)


def test_every_state_is_known_by_its_code_and_its_name():
    for code, name in STATES.items():
        assert parse.state(code) == parse.state(name) == parse.state(f" {name.lower()}") == code


@pytest.mark.parametrize(
    "typed",
    ["22 Sep 2025", "22 september 2025", "22.09.2025", "22/9/2025", "22-09-2025", "2025-09-22"],
)
def test_ways_to_write_a_day(typed):
    assert parse.day(typed) == date(2025, 9, 22)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("31 Sep 2025", NotADay),
        ("9/22/2025", NotADay),
        ("22 Sep", NotADay),
        ("tomorrow", NotADay),
        ("1 Jan 2100", NotADay),
        ("30 Jun 2017", BeforeGst),
    ],
)
def test_days_that_are_none(typed, refusal):
    with pytest.raises(refusal):
        parse.day(typed)


def test_gst_s_first_day():
    assert parse.day("1 Jul 2017") == date(2017, 7, 1)


@pytest.mark.parametrize("code", ["2106", "210690", "21069099", "999723"])
def test_codes(code):
    assert parse.tax_code(f" {code} ") == code


@pytest.mark.parametrize("typed", ["210", "21069", "2106909", "210690990", "21O6", "२१०६"])
def test_codes_that_are_none(typed):
    with pytest.raises(NotATaxCode):
        parse.tax_code(typed)


def test_a_logo_is_a_photo_s_largest_size_or_a_picture_as_a_file():
    sizes = [
        PhotoSize(file_id=f"P{side}", file_unique_id=f"p{side}", width=side, height=side)
        for side in (90, 800, 320)
    ]
    assert parse.logo(message(photo=sizes)).file_id == "P800"
    assert parse.logo(message(document=document("image/png"))).file_id == "F"
    assert parse.logo(message(document=document("image/jpeg"))).file_id == "F"


@pytest.mark.parametrize("kind", ["image/svg+xml", "image/gif", "application/pdf", None])
def test_what_is_no_logo(kind):
    with pytest.raises(NotALogo):
        parse.logo(message(document=document(kind)))
    with pytest.raises(NotALogo):
        parse.logo(message("logo.png"))


def test_a_logo_has_its_limit():
    limit = parse.LOGO_MEGABYTES * 1_000_000
    assert parse.logo(message(document=document("image/png", limit))).file_id == "F"
    with pytest.raises(LogoTooBig):
        parse.logo(message(document=document("image/png", limit + 1)))
