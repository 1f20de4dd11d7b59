"""🧮 GST: the business profile and its settings, and rates by date, as admins set them."""

from bot.documents.invoices import invoice_pdf
from tests.documents.reading import pictures_on
from tests.stories.invoicing import billed
from tests.stories.stores import received
from tests.stories.telling import forge, press, told

GSTIN = "27ABCDE1234F1Z0"


async def open_gst(chat, who="Asha") -> str:
    await chat.says(who, "/admin")
    return "\n".join(await chat.says(who, "[🧮 GST]"))


async def answer(chat, label, text, who="Asha") -> str:
    """Tap an entry of the screen and answer its question; the screen is open afterwards."""
    await chat.says(who, f"[{label}]")
    return "\n".join(await chat.says(who, text))


async def kept(db):
    async with db.reading() as repos:
        return await repos.business.get()


async def audited(db) -> list[tuple[dict, dict]]:
    async with db.reading() as repos:
        return [(one.before, one.after) for one in await repos.audit.list_latest(limit=20)]


async def test_an_admin_registers_the_business_and_charges_gst(chat, club):
    await club.admin("Asha")
    await chat.says("Asha", "/admin")
    await chat.play("""
        Asha: [🧮 GST]
        bot*: 🧮 GST and business
            Our club
            Address: none
            State: 27 Maharashtra

            GSTIN: none, not registered: invoices carry no tax
            Invoices: GYM/…, due in 7 days, rounded to the rupee
            Paid too much: kept as credit
            UPI id: none
            Bank details: none
            Terms: none
            Logo: none

            What you change holds for new invoices; issued ones stay as they are. <...>
        Asha: [🧮 GST: off]
        bot: (!That needs a GSTIN. Tap 🔢 GSTIN and send yours first.)
        Asha: [Registered]
        bot: (!That needs a GSTIN. Tap 🔢 GSTIN and send yours first.)
        Asha: [🔢 GSTIN]
        bot*: What is the GSTIN? 15 characters, like 27ABCDE1234F1Z0. <...>
            Now: none [⬅️ Back] [✖️ Cancel]
        Asha: 29abcde1234f 1zw
        bot: ✅ GSTIN: 29ABCDE1234F1ZW

            🧮 GST and business
            Our club
            Address: none
            State: 29 Karnataka

            GSTIN: 29ABCDE1234F1ZW, registered
            GST: off, invoices carry no tax
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>

            <...>
    """)
    on = "\n".join(await chat.says("Asha", "[🧮 GST: off]"))
    assert "GST: on, added to prices, shipping untaxed\n    5 % by default, SAC 999723" in on
    await chat.says("Asha", "[💵 Prices: tax on top]")
    await chat.says("Asha", "[🚚 Tax on shipping: off]")
    await chat.says("Asha", "[🪙 Rounding: on]")
    now = "\n".join(await chat.says("Asha", "[💳 Paid too much: credit]"))
    assert "GST: on, included in prices, shipping too" in now
    assert "due in 7 days, not rounded" in now
    assert "Paid too much: refused" in now
    assert "bills of supply" in "\n".join(await chat.says("Asha", "[Composition]"))
    gone = "\n".join(await chat.says("Asha", "[Not registered]"))
    assert "(Not registered: the GSTIN is removed, and no tax is charged.)" in gone
    assert "GSTIN: none, not registered" in gone


async def test_what_is_typed_is_kept_and_audited(chat, club, db):
    await club.admin("Asha")
    await open_gst(chat)
    for label, text, field, value in (
        ("✏️ Legal name", "Iron & <b>Oak LLP", "legal_name", "Iron & <b>Oak LLP"),
        ("✏️ Trade name", "Iron & Oak", "trade_name", "Iron & Oak"),
        ("🏠 Address", "12 MG Road\nPune 411001", "address", "12 MG Road\nPune 411001"),
        ("📍 State", "karnataka", "state_code", "29"),
        ("📐 Default rate", "18 %", "default_rate_bps", 1800),
        ("🏷 SAC", "9997", "service_sac", "9997"),
        ("📲 UPI id", "iron@okhdfcbank", "upi_id", "iron@okhdfcbank"),
        ("🏦 Bank details", "HDFC 50200", "bank_details", "HDFC 50200"),
        ("🔠 Invoice prefix", "ih1", "invoice_prefix", "IH1"),
        ("📃 Terms", "No refunds.", "terms", "No refunds."),
        ("⏳ Due days", "0", "due_days", 0),
    ):
        before = getattr(await kept(db), field)
        assert "✅" in await answer(chat, label, text)
        assert getattr(await kept(db), field) == value
        assert (await audited(db))[0] == ({field: before}, {field: value})
    screen = told(chat, "Asha")[-1]
    assert "Iron & <b>Oak LLP, trading as Iron & Oak" in screen
    assert "Invoices: IH1/…, due at once" in screen


async def test_a_wrong_answer_is_refused_and_asked_again(chat, club, db):
    await club.admin("Asha")
    await open_gst(chat)
    before = await kept(db)
    for label, text, refusal in (
        ("🔢 GSTIN", "27ABCDE1234F1Z1", "its check character does not fit"),
        ("🔢 GSTIN", "27ABCDE1234F1Z", "is not a GSTIN. It has 15 characters"),
        ("🔢 GSTIN", "28ABCDE1234F1Z8", "no State has 28"),
        ("🔢 GSTIN", "{photo}", "Please answer with a text message"),
        ("📍 State", "m", "I do not know which State"),
        ("📐 Default rate", "five", "is not a rate"),
        ("🏷 SAC", "123456", "is not a SAC"),
        ("📲 UPI id", "iron@gmail.com", "is not a UPI id"),
        ("🔠 Invoice prefix", "IRON", "cannot be a prefix"),
        ("⏳ Due days", "soon", "is not a number of days"),
        ("📃 Terms", "x" * 1001, "at most 1000 characters"),
        ("🖼 Logo", "our logo", "Please send the logo as a photo"),
        ("🖼 Logo", "{document notes.txt}", "Please send the logo as a photo"),
    ):
        assert refusal in await answer(chat, label, text)
        assert "Cancelled" in "\n".join(await chat.says("Asha", "[✖️ Cancel]"))
        await chat.says("Asha", "[⬅️ Back]")
    assert await kept(db) == before
    await chat.says("Asha", "[⏳ Due days]")
    await chat.says("Asha", "soon")
    assert "✅ Due days: 30" in "\n".join(await chat.says("Asha", "30"))


async def test_a_state_is_chosen_from_pages_and_hidden_once_the_gstin_says_it(chat, club, db):
    await club.admin("Asha")
    await open_gst(chat)
    await chat.says("Asha", "[📍 State]")
    assert "01 Jammu and Kashmir" in chat.buttons("Asha")
    await chat.says("Asha", "[2 ▶]")
    await chat.says("Asha", "[3 ▶]")
    assert "State: 32 Kerala" in "\n".join(await chat.says("Asha", "[32 Kerala]"))
    assert (await kept(db)).state_code == "32"
    _, edit = chat.buttons("Asha")["📍 State"]
    await answer(chat, "🔢 GSTIN", GSTIN)
    assert "📍 State" not in chat.buttons("Asha")
    await forge(chat, "Asha", edit)  # of an older screen
    refused = "\n".join(await chat.says("Asha", "Kerala"))
    assert "The GSTIN says Maharashtra." in refused
    assert (await kept(db)).state_code == "27"
    assert "I did not catch that" in "\n".join(await chat.says("Asha", "Kerala"))


async def test_what_is_optional_is_kept_and_can_be_removed(chat, club, db):
    await club.admin("Asha")
    await open_gst(chat)
    for label, text, field, empty in (
        ("🏠 Address", "12 MG Road", "address", ""),
        ("🔢 GSTIN", GSTIN, "gstin", None),
        ("📲 UPI id", "iron@ybl", "upi_id", None),
        ("🏦 Bank details", "HDFC 50200", "bank_details", ""),
        ("📃 Terms", "No refunds.", "terms", ""),
        ("🖼 Logo", "{photo}", "logo_file_id", None),
    ):
        await answer(chat, label, text)
        assert getattr(await kept(db), field)
        removed = await answer(chat, label, "[🗑 Remove]")
        assert removed.startswith("bot*: ✅")
        assert getattr(await kept(db), field) == empty
        assert (await audited(db))[0][1][field] == empty
    await chat.says("Asha", "[📲 UPI id]")
    assert "Now: none" in told(chat, "Asha")[-1]
    assert set(chat.buttons("Asha")) == {"⬅️ Back", "✖️ Cancel"}


async def test_a_logo_is_printed_on_what_is_issued_under_it(chat, club, db):
    asha = await club.admin("Asha")
    await open_gst(chat)
    refused = await answer(chat, "🖼 Logo", "{document logo.png}")  # of that name only
    assert "Please send the logo as a photo" in refused
    await chat.says("Asha", "{photo}")
    (entry,) = await billed(chat.app.services, asha, "Ravi")
    await answer(chat, "🖼 Logo", "[🗑 Remove]")
    services = chat.app.services
    invoice = await services.invoices.find(entry.id, me=asha)
    logo = (await services.invoices.printed(invoice)).logo
    assert pictures_on(invoice_pdf(invoice, logo=logo)) == 1
    assert pictures_on(invoice_pdf(invoice)) == 0
    await chat.says("Asha", "/admin")
    await chat.says("Asha", "[🧾 Invoices]")
    await chat.says("Asha", f"[{next(each for each in chat.buttons('Asha') if 'Ravi' in each)}]")
    await chat.says("Asha", "[📄 PDF]")
    assert received(chat, "Asha") == invoice_pdf(invoice, logo=logo)


async def test_back_and_cancel_change_nothing(chat, club, db):
    await club.admin("Asha")
    await open_gst(chat)
    await chat.says("Asha", "[✏️ Legal name]")
    assert "GST and business" in "\n".join(await chat.says("Asha", "[⬅️ Back]"))
    assert "I did not catch that" in "\n".join(await chat.says("Asha", "Iron LLP"))
    await open_gst(chat)
    await chat.says("Asha", "[✏️ Legal name]")
    await chat.says("Asha", "/cancel")
    assert "I did not catch that" in "\n".join(await chat.says("Asha", "Iron LLP"))
    assert (await kept(db)).legal_name == "Our club"


async def test_a_button_of_an_earlier_question_does_not_answer_a_later_one(chat, club, db):
    await club.admin("Asha")
    await open_gst(chat)
    await answer(chat, "📲 UPI id", "iron@ybl")
    await chat.says("Asha", "[📲 UPI id]")
    _, remove = chat.buttons("Asha")["🗑 Remove"]
    await chat.says("Asha", "[⬅️ Back]")
    assert "out of date" in await forge(chat, "Asha", remove)
    await chat.says("Asha", "[🏠 Address]")
    assert "earlier question" in await forge(chat, "Asha", remove)
    assert "earlier question" in await forge(chat, "Asha", "biz-state:29")
    assert "earlier question" in await forge(chat, "Asha", "biz-states:1")
    assert (await kept(db)).upi_id == "iron@ybl"
    assert "✅ Address" in "\n".join(await chat.says("Asha", "12 MG Road"))


async def test_two_admins_and_a_double_tap_have_one_effect_and_see_the_newest(chat, club, db, sim):
    for name in ("Asha", "Vera"):
        await club.admin(name)
        await open_gst(chat, name)
    _, off = chat.buttons("Asha")["🪙 Rounding: on"]
    await answer(chat, "📲 UPI id", "iron@ybl")
    for update in [chat.act(name, "[🪙 Rounding: on]") for name in ("Asha", "Vera", "Vera")]:
        await sim.engine.handled(update)
    for name in ("Asha", "Vera"):
        screen = told(chat, name)[-1]
        assert "not rounded" in screen
        assert "UPI id: iron@ybl" in screen
    assert "not rounded" in await forge(chat, "Vera", off)
    changes = [after for _, after in await audited(db)]
    assert changes == [{"is_rounded": False}, {"upi_id": "iron@ybl"}]


async def test_owners_read_in_the_audit_log_what_was_changed(chat, club):
    await club.owner("Vera")
    await open_gst(chat, "Vera")
    await answer(chat, "🔢 GSTIN", GSTIN, "Vera")
    await answer(chat, "📐 Default rate", "18", "Vera")
    await answer(chat, "🖼 Logo", "{photo}", "Vera")
    await press(chat, "Vera", "🧮 GST: off")
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert f"GSTIN: none → {GSTIN}; Registration: not registered → registered" in log
    assert "Default rate: 5 % → 18 %" in log
    assert "Logo: none → there is one" in log
    assert "GST: off → on" in log


async def test_staff_and_members_have_no_say(chat, club, db):
    await club.staff("Sam")
    await club.member("Anna")
    for name in ("Sam", "Anna"):
        await chat.says(name, "/menu")
        for data in ("biz-open", "biz-switch:is_rounded:0", "biz-scheme:regular", "rate-add"):
            assert "for admins of the club only" in await forge(chat, name, data)
    assert (await kept(db)).is_rounded
