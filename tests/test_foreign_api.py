"""The production bot, as a process, under a Bot API server that is not ours."""

import pytest

from tests.foreign_api import TOKEN, ForeignApi
from tests.test_processes import bot

OWNER, VISITOR = 9_007_199_254, 12
FORM = (
    ("text", "/register", "full name"),
    ("text", "Ravi Patil", "phone number"),
    ("contact", {"phone_number": "919820077889", "first_name": "R", "user_id": VISITOR}, "old"),
    ("text", "28", "gender"),
    ("press", "Male", "weigh"),
    ("text", "72.5", "photo"),
    ("press", "⏭ Skip", "Do you agree"),
    ("press", "✅ I agree", "Is everything right"),
    ("press", "✅ Submit", "Sent."),
)
LUXURIES = ("setMyCommands", "editMessageReplyMarkup")


@pytest.fixture(params=[(), LUXURIES], ids=["all methods", "the least of methods"])
async def foreign(request):
    server = ForeignApi(missing=request.param)
    runner = await server.start()
    yield server
    await runner.cleanup()


@pytest.fixture
def environment(environment, foreign):
    return environment | {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": foreign.url,
        "OWNER_IDS": str(OWNER),
        "LOG_FORMAT": "json",
    }


async def test_a_visitor_becomes_a_member_there(environment, foreign):
    async with bot(environment) as process:
        await set_up(foreign)
        await open_panel(foreign)
        await fill(foreign)
        card = await foreign.sees(OWNER, "Ravi Patil")
        assert "verified" in card["text"]
        query = foreign.press(OWNER, "✅ Approve")
        await foreign.sees(VISITOR, "You are a member now")
        assert foreign.answered[query].startswith("Approved")
        foreign.say(VISITOR, text="/menu")
        await foreign.sees(VISITOR, "Choose below what you would like to do")
        foreign.press(VISITOR, "🔐 My data")
        await foreign.sees(VISITOR, "Download everything")
        foreign.press(VISITOR, "📄 Download")
        await foreign.sees(VISITOR, "Each field is explained")
        assert process.returncode is None


async def set_up(foreign) -> None:
    foreign.say(OWNER, text="/start")
    for question in ("What is the club called", "time zone", "currency", "newcomer"):
        await foreign.sees(OWNER, question)
        foreign.press(OWNER, "Keep this")
    await foreign.sees(OWNER, "Is this right")
    foreign.press(OWNER, "✅ Save")
    await foreign.sees(OWNER, "is ready")


async def open_panel(foreign) -> None:
    foreign.say(OWNER, text="/admin")
    panel = await foreign.sees(OWNER, "Admin panel")
    shown = [key["text"] for row in panel["reply_markup"]["inline_keyboard"] for key in row]
    for label in ("👥 Members", "✅ Approvals", "🧑‍🍳 Staff", "⚙️ Settings", "⬅️ Back"):
        assert any(text.startswith(label) for text in shown), label


async def fill(foreign) -> None:
    for act, what, answer in FORM:
        if act == "press":
            foreign.press(VISITOR, what)
        else:
            foreign.say(VISITOR, **{act: what})
        await foreign.sees(VISITOR, answer)
