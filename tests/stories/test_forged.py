"""Buttons pressed by the wrong people: no effect, nothing revealed, always answered."""

import random

import pytest

from bot.keyboards.common import OpenMenu
from bot.models.people import Office
from bot.texts.common import OLD_BUTTON
from tests.stories.activating import wishes_in_cash
from tests.stories.correcting import paid
from tests.stories.hostile import HOSTILE
from tests.stories.invoicing import billed
from tests.stories.registering import register
from tests.stories.reporting import cash, reports, screenshot
from tests.stories.subscribing import subscribed
from tests.stories.tour import TOUR

# What anybody may press; each press of these is about the presser alone.
OWN = (
    *("menu-open", "help-open", "data-", "doc-", "pay-", "reg-", "ntf-", "bday-", "mysub-", "buy-"),
    *("ref-open", "form-cancel"),
)
# Somebody who is not let in.
DOOR = ("/admin", "[👥 Members]", "@tara", "[🏃 Came in today]", "[✅ Mark anyway]", "[⬅️ Back]")
NO = {
    OLD_BUTTON,
    "This is for admins of the club only.",
    "This is for owners of the club only.",
}


# What only who charges GST is shown; the club of the tour does not.
OF_GST = {"rcv-advance-fit", "preq-send-fit:1:00000000-0000-0000-0000-000000000001"}


async def recorded(chat, club, db) -> list[str]:
    """Every callback_data an owner is shown while doing all that owners do."""
    await club.trains(await club.owner("Vera"), "Vera")
    asha = await club.admin("Asha")
    await subscribed(db, await club.member("Anna"), asha)
    meera = await club.member("Meera")
    await subscribed(db, meera, asha, since=26)  # over soon
    (invoice,) = await billed(chat.app.services, asha, meera)
    await chat.app.services.rejections.reject(invoice.id, reason="Too much", me=meera)
    await reports(chat, meera, cash(100), invoice=invoice, proof=screenshot(chat.engine))
    (second,) = await billed(chat.app.services, asha, meera)
    await paid(chat, asha, meera, 2_000_00, on=(second.id,))
    club.visitor("Zumba")
    await register(chat, "Zumba")
    await wishes_in_cash(chat, await club.member("Tara"))
    data: set[str] = set()
    for step in (*DOOR, *TOUR):
        labels = chat.buttons("Vera")
        shown = next((label for label in labels if label.startswith(step[1:-1])), None)
        await chat.says("Vera", f"[{shown}]" if step[0] == "[" and shown else step)
        data |= {packed for _, packed in chat.buttons("Vera").values()}
    return sorted(data | OF_GST)


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
        claims = [await repos.claims.find(number) for number in range(1, 3)]
        requests = await repos.payment_requests.list_open()
        rejections = await repos.rejections.list_open(limit=50, offset=0)
        audit = await repos.audit.list_latest(limit=50)
        money = [claims, requests, rejections]
        plans = await repos.plans.list(only_on_sale=False)
        bought = [await repos.subscriptions.list_of(number) for number in range(1, 8)]
        asked = [await repos.purchases.find(number) for number in range(1, 4)]
        promos = await repos.promos.list_latest(limit=50, offset=0)
        subscriptions = [plans, promos, bought, asked, await repos.subscription_rules.get()]
        told = [people, club, business, rates, broadcasts, items, invoices, audit]
        return [*told, money, subscriptions]


@pytest.mark.parametrize("role", ["visitor", "member", "staff", "demoted"])
async def test_no_button_of_an_owner_works_for_anybody_else(chat, club, db, role):
    mallory = await intruder(chat, club, db, role)
    buttons = [data for data in await recorded(chat, club, db) if not data.startswith(OWN)]
    assert len(buttons) > 50
    prefixes = {each.split(":")[0] for each in buttons}
    assert {"bc-send", "bc-off", "bc-stop", "bc-del-yes", "inv-pdf", "inv-again"} <= prefixes
    assert {"ver-approve", "ver-reject", "ver-book", "ver-proof", "ver-payer"} <= prefixes
    assert {"ver-stands", "ver-got", "preq-new", "preq-send", "preq-cancel"} <= prefixes
    assert {"cn-issue", "rct-back-yes", "rct-give-yes"} <= prefixes
    assert {"rcv-save", "rcv-credit", "rcv-remind", "rcv-fix", "rcv-payer"} <= prefixes
    assert {"plan-save", "plan-up", "sub-make", "sub-undo-yes", "sub-thaw-yes"} <= prefixes
    assert {"sub-later", "bulk-remind-yes", "bulk-extend-yes", "psale-open"} <= prefixes
    assert {"promo-save", "promo-edit", "promo-clear", "promo-switch"} <= prefixes
    assert {"sub-back", "sub-credit", "sub-paid-by"} <= prefixes
    assert {"sub-cancel-yes", "sub-move", "sub-move-to", "sub-move-yes"} <= prefixes
    assert {"act-approve", "act-price", "act-day", "act-reject", "act-got", "act-yes"} <= prefixes
    assert {"cal-day", "cal-month", "cal-none"} <= prefixes
    assert {"visit-mark", "visit-anyway"} <= prefixes
    before = await state_of(db)
    # A former admin presses all of them, the others a third each, another one: one guard asks all.
    thirds = {"visitor": 0, "member": 1, "staff": 2}
    for data in buttons[thirds[role] :: 3] if role in thirds else buttons:
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
        "doc-receipt:{}",
        "doc-credit:{}",
        "doc-refund:{}",
        "pay-open:invoice:{}:1",
        "pay-open:request:{}:0",
        "pay-reject:{}",
        "pay-credit:{}:100",
        "pay-undo:{}",
        "mysub-withdraw:{}",
        "buy-undo:{}",
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
    await chat.says("Mallory", "/menu")
    return "Mallory"


async def demoted(club, db) -> None:
    """An admin until a moment ago."""
    person = await club.admin("Mallory")
    async with db.transaction() as tx:
        await tx.people.set_office(person.id, None)
    assert (await club.again(person)).office is not Office.ADMIN
