"""Buttons pressed by the wrong people: no effect, nothing revealed, always answered."""

import random

import pytest

from bot.keyboards.common import OpenMenu
from bot.models.people import Office
from bot.texts.common import OLD_BUTTON
from tests.stories.activating import wishes_in_cash
from tests.stories.invoicing import billed
from tests.stories.registering import register
from tests.stories.tour import TOUR

# What anybody may press; each press of these is about the presser alone.
OWN = ("menu-open", "help-open", "data-", "doc-", "reg-", "ntf-", "bday-", "form-cancel")
NO = {
    OLD_BUTTON,
    "This is for admins of the club only.",
    "This is for owners of the club only.",
}
HOSTILE = (
    "",
    ":" * 64,
    "mem-show",
    "mem-show:-1",
    "mem-show:0",
    "mem-show:9223372036854775808",
    "mem-show:99999999999999999999999999999999999999",
    "mem-show:1:2:3",
    "mem-ban:1;DROP TABLE people",
    "mem-del-yes:1' OR '1'='1",
    "apr-approve:../../1:1",
    "apr-list:-1",
    "audit-open:1e9",
    "team-change:owner:{}",
    "team-add:emperor",
    "club-edit:__class__:admin",
    "club-review:2:owner",
    "biz-switch:legal_name:1",
    "biz-switch:is_rounded:maybe",
    "biz-edit:is_rounded",
    "biz-empty:legal_name",
    "biz-scheme:export",
    "biz-state:99",
    "biz-states:-1",
    "rate-list:-1",
    "ntf-open:-1:0",
    "ntf-choose:bans:off",
    "ntf-choose:messages:never",
    "ntf-pick:25.00-99.00",
    "ntf-del-read:0",
    "visit-mark:1:0",
    "visit-mark:1:99999999",
    "visit-undo:-1:740000",
    "fup-switch:birthday:2:admin",
    "fup-open:christmas:admin",
    "fup-days:0",
    "bday-remove:1",
    "form-cancel:💥",
    "bc-open:0",
    "bc-open:1",
    "bc-send:1:1e9",
    "bc-send:1:99999999999",
    "bc-seg:nobody",
    "bc-days:0",
    "bc-at:yesterday",
    "bc-list:1:maybe",
    "bc-del-yes:1",
    "bc-report:1",
    "inv-buyer:0",
    "inv-qty:10000",
    "inv-off:81",
    "inv-kind:gift",
    "inv-state:99",
    "inv-states:-1",
    "inv-cut-line:1:1",
    "inv-send:1:0",
    "inv-send:1:1",
    "inv-drop:987654",
    "item-list:-1",
    "item-show:0",
    "item-show:987654",
    "item-answer:serial:1",
    "item-edit:1:is_active",
    "item-set:1:rate_bps:1e9",
    "item-set:1:name:=1+1",
    "item-set:1:stock:-5",
    "item-kind:1:gift",
    "item-switch:1:maybe",
    "item-save:1",
    "item-up-apply:1",
    "item-up-apply:00000000-0000-0000-0000-000000000000",
    "item-up-rows:00000000-0000-0000-0000-000000000000",
    "inv-list:-1",
    "inv-show:0",
    "inv-show:987654",
    "inv-pdf:987654",
    "inv-again:1:1",
    "inv-again:987654:00000000-0000-0000-0000-000000000000",
    "inv-draft:-1",
    "doc-list:1e9",
    "doc-pdf:987654",
    "doc-pdf:1:2",
    "\u202e" * 21,
    "💪" * 16,
    "\x00\x01",
)


async def recorded(chat, club) -> list[str]:
    """Every callback_data an owner is shown while doing all that owners do."""
    await club.owner("Vera")
    asha = await club.admin("Asha")
    await club.member("Anna")
    await billed(chat.app.services, asha, await club.member("Meera"))
    club.visitor("Zumba")
    await register(chat, "Zumba")
    await wishes_in_cash(chat, await club.member("Tara"))
    data: set[str] = set()
    for step in TOUR:
        labels = chat.buttons("Vera")
        shown = next((label for label in labels if label.startswith(step[1:-1])), None)
        await chat.says("Vera", f"[{shown}]" if step[0] == "[" and shown else step)
        data |= {packed for _, packed in chat.buttons("Vera").values()}
    return sorted(data)


async def press(chat, who: str, data: str) -> str:
    """Press ``data`` under a message of one's own; returns everything the person was told."""
    person, engine = chat.club.people[who], chat.engine
    message = engine.chat_messages(person.id)[-1].id
    before = len(engine.calls)
    await engine.handled(engine.press(person, person.id, message, data))
    calls = engine.calls[before:]
    assert "answercallbackquery" in [call.method.lower() for call in calls], data
    return "\n".join(str(text) for call in calls if (text := call.params.get("text")))


async def state_of(db) -> list[object]:
    """Whatever a press could have changed."""
    async with db.reading() as repos:
        people = [await repos.people.find(number) for number in range(1, 8)]
        club, business = await repos.club.get(), await repos.business.get()
        rates = await repos.business.list_rates(limit=50, offset=0)
        broadcasts = await repos.broadcasts.list_latest(limit=50, offset=0)
        items = await repos.items.list_all()
        invoices = await repos.invoices.list_latest(limit=50, offset=0)
        audit = await repos.audit.list_latest(limit=50)
        return [people, club, business, rates, broadcasts, items, invoices, audit]


@pytest.mark.parametrize("role", ["visitor", "pending", "member", "staff", "demoted"])
async def test_no_button_of_an_owner_works_for_anybody_else(chat, club, db, role):
    mallory = await intruder(chat, club, db, role)
    buttons = [data for data in await recorded(chat, club) if not data.startswith(OWN)]
    assert len(buttons) > 50
    assert {"bc-send", "bc-off", "bc-stop", "bc-del-yes", "inv-pdf", "inv-again"} <= {
        each.split(":")[0] for each in buttons
    }
    assert {"act-approve", "act-price", "act-day", "act-reject", "act-got", "act-yes"} <= {
        each.split(":")[0] for each in buttons
    }
    assert {"cal-day", "cal-month", "cal-none"} <= {each.split(":")[0] for each in buttons}
    before = await state_of(db)
    for data in buttons:
        assert await press(chat, mallory, data) in NO, data
    assert await state_of(db) == before


@pytest.mark.parametrize("who", ["Vera", "Mallory"])
async def test_forged_data_is_answered_and_does_nothing(chat, club, db, who):
    await club.owner("Vera")
    await club.known("Mallory")
    await chat.says(who, "/menu")
    dice = random.Random(7)  # noqa: S311 -- noise, not a secret
    noise = ["".join(chr(dice.randrange(33, 0x2FF)) for _ in range(30)) for _ in range(30)]
    before = await state_of(db)
    for data in (*filter(None, HOSTILE), *noise):
        assert "code:" not in await press(chat, who, data), data  # no apology: it is no bug
    assert await state_of(db) == before
    assert "Our club" in await press(chat, who, OpenMenu().pack())


async def test_what_is_not_there_and_what_is_not_yours_sound_the_same(chat, club):
    await club.member("Anna")
    await club.known("Mallory")
    await chat.says("Mallory", "/menu")
    for data in (
        "reg-withdraw:{}",
        "reg-edit:{}",
        "data-del-yes:{}",
        "mem-show:{}",
        "ntf-open:{}:0",
        "doc-pdf:{}",
    ):
        said = {await press(chat, "Mallory", data.format(number)) for number in (1, 987_654)}
        assert len(said) == 1, said


async def intruder(chat, club, db, role: str) -> str:
    """Mallory, in that role."""
    if role == "member":
        await club.member("Mallory", full_name="M")
    elif role == "staff":
        await club.staff("Mallory")
    elif role == "demoted":
        await demoted(club, db)
    else:
        await club.known("Mallory")
    if role == "pending":
        await register(chat, "Mallory")
    await chat.says("Mallory", "/menu")
    return "Mallory"


async def demoted(club, db) -> None:
    """An admin until a moment ago."""
    person = await club.admin("Mallory")
    async with db.transaction() as tx:
        await tx.people.set_office(person.id, None)
    assert (await club.again(person)).office is not Office.ADMIN
