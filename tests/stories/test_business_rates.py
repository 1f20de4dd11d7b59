"""📅 Rates by date, under 🧮 GST: looked at, added, corrected."""

from tests.stories.test_business import answer, audited, open_gst


async def test_a_rate_is_added_with_its_day(chat, club, db):
    await club.admin("Asha")
    await open_gst(chat)
    await chat.play("""
        Asha: [📅 Rates by date]
        bot*: 📅 Rates by date
            The day of supply decides. To correct a rate, add it anew with the same day.

            999723: 5 % from 22 Sep 2025
            999723: 18 % from 1 Jul 2017 [➕ Rate] [⬅️ Back]
        Asha: [➕ Rate]
        bot*: Which HSN or SAC?
            4, 6 or 8 digits, like 999723. [⬅️ Back] [✖️ Cancel]
        Asha: 12345
        bot: “12345” is no HSN or SAC. Send 4, 6 or 8 digits, like 999723. [✖️ Cancel]
        Asha: 2106
        bot: At what rate is 2106 taxed?
            Send a percentage, like 5, 18 % or 0.25. [⬅️ Back] [✖️ Cancel]
        Asha: a lot
        bot: “a lot” is not a rate. <...>
        Asha: 18 %
        bot: 2106, 18 %: from which day of supply on?
            Send it like 22 Sep 2025. [⬅️ Back] [✖️ Cancel]
        Asha: 31 Sep 2025
        bot: “31 Sep 2025” is not a day. Send it like 22 Sep 2025 or 22.09.2025. [✖️ Cancel]
        Asha: 30.06.2017
        bot: GST began on 1 Jul 2017. Please send that day or a later one. [✖️ Cancel]
        Asha: 2025-09-22
        bot: ✅ 2106: 18 % from 22 Sep 2025

            📅 Rates by date
            The day of supply decides. To correct a rate, add it anew with the same day.

            2106: 18 % from 22 Sep 2025
            999723: 5 % from 22 Sep 2025
            999723: 18 % from 1 Jul 2017 [➕ Rate] [⬅️ Back]
    """)
    assert await audited(db) == [
        ({"rate_bps": None}, {"code": "2106", "valid_from": "2025-09-22", "rate_bps": 1800})
    ]
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "set the tax rate of 2106 from 22 Sep 2025: 18 %" in log


async def test_leaving_a_rate_unfinished_adds_none(chat, club, db):
    await club.admin("Asha")
    await open_gst(chat)
    await chat.says("Asha", "[📅 Rates by date]")
    await answer(chat, "➕ Rate", "2106")
    await chat.says("Asha", "[⬅️ Back]")
    assert "I did not catch that" in "\n".join(await chat.says("Asha", "18"))
    assert await audited(db) == []


async def test_a_wrong_rate_is_corrected_by_adding_it_anew(chat, club):
    await club.admin("Asha")
    await open_gst(chat)
    await chat.says("Asha", "[📅 Rates by date]")
    for rate, shown in (("12", "12 %"), ("5", "5 %")):
        await answer(chat, "➕ Rate", "2106")
        await chat.says("Asha", rate)
        now = "\n".join(await chat.says("Asha", "1 Apr 2026"))
        assert now.count("2106: ") == 2  # the note, and one line
        assert f"    2106: {shown} from 1 Apr 2026" in now
