"""For whom an invoice is, and where the buyer is."""

import pytest

from tests.stories.drafting import SHAKER, begin, draft_for
from tests.stories.invoicing import registered
from tests.stories.stores import facts


@pytest.fixture
async def desk(club, db):
    """Asha, who bills, Anna, who buys, and a shaker."""
    await club.admin("Asha")
    await club.member("Anna")
    await registered(db, SHAKER)


async def test_a_walk_in_customer_gives_a_name(chat, desk):
    await begin(chat)
    await chat.play("""
        Asha: [🚶 Walk-in customer]
        bot*: 🚶 Walk-in customer
            What is their name, <...> [⬅️ Back] [✖️ Cancel]
        Asha: [⬅️ Back]
        bot*: 🧾 New invoice
            Who is it for? <...> [🚶 Walk-in customer] [⬅️ Back] [✖️ Cancel]
        Asha: [🚶 Walk-in customer]
        bot*: 🚶 Walk-in customer
            <...>
        Asha: 💪
        bot: Please send a name with letters <...> [✖️ Cancel]
        Asha: Zoë & Co
        bot: 🧾 Draft for Zoë & Co

            Nothing on it yet. <...>
    """)


async def test_of_several_people_and_items_one_is_chosen(chat, desk, club, db):
    await club.member("Meera")
    async with db.transaction() as tx:
        await tx.items.add([facts("Shaker XL")], operation_id=None)
    await begin(chat)
    await chat.play("""
        Asha: nobody here
        bot: <...>nobody here<...> [✖️ Cancel]
        Asha: rao
        bot: 👥 2 people fit. <...> [Anna Rao · member] [Meera Rao · member] [🚶 Walk-in <...>
        Asha: [Meera Rao · member]
        bot*: 🧾 Draft for Meera Rao

            Nothing on it yet. <...>
        Asha: [🔍 Store item]
        bot*: 🔍 Store item
            <...>
        Asha: towel
        bot: No item found for “towel”. <...> [✖️ Cancel]
        Asha: shaker
        bot: 🔍 2 items fit. <...> [1 · Shaker · ₹499.00] [2 · Shaker XL · ₹299.00] <...>
        Asha: [2 · Shaker XL · ₹299.00]
        bot*: 🔢 Shaker XL, ₹299.00
            <...>
    """)


async def test_an_address_with_its_state_and_a_gstin_that_has_one(chat, desk):
    await draft_for(chat)
    await chat.play("""
        Asha: [🏠 Address]
        bot*: 🏠 Address of Anna Rao
            <...> [⬅️ Back] [✖️ Cancel]
        Asha: 2 Lake View, Mysuru 570001
        bot: 🏠 2 Lake View, Mysuru 570001
            Which State is that in? <...> [01 Jammu and Kashmir] <...> [2 ▶] [⬅️ Back] [✖️ Cancel]
        Asha: Atlantis
        bot: I do not know which State “Atlantis” is. <...> [✖️ Cancel]
        Asha: [2 ▶]
        bot*: 🏠 2 Lake View, Mysuru 570001
            Which State <...> [◀ 1] [3 ▶] <...>
        Asha: karna
        bot: ✅ Saved.

            🧾 Draft for Anna Rao
            🏠 2 Lake View, Mysuru 570001, 29 Karnataka

            Nothing on it yet. <...>
        Asha: [🏢 GSTIN]
        bot*: 🏢 GSTIN of Anna Rao
            <...> [⬅️ Back] [✖️ Cancel]
        Asha: 27ABCDE1234F1Z1
        bot: 27ABCDE1234F1Z1 looks like a GSTIN, but its check character does not fit: <...>
        Asha: 27 abcde1234f1z0
        bot: ✅ Saved.

            🧾 Draft for Anna Rao
            🏠 2 Lake View, Mysuru 570001, 27 Maharashtra
            🏢 27ABCDE1234F1Z0

            Nothing on it yet. <...>
        Asha: [🏠 Address]
        bot*: 🏠 Address of Anna Rao
            <...>
            Now: 2 Lake View, Mysuru 570001 <...>
        Asha: 1 Hill Road, Mumbai
        bot: ✅ Saved.

            🧾 Draft for Anna Rao
            🏠 1 Hill Road, Mumbai, 27 Maharashtra
            🏢 27ABCDE1234F1Z0

            Nothing on it yet. <...>
        Asha: [🏢 GSTIN]
        bot*: <...>
            <...>
            Now: 27ABCDE1234F1Z0 [🗑 No GSTIN] <...>
        Asha: [🗑 No GSTIN]
        bot*: ✅ Saved.

            🧾 Draft for Anna Rao
            🏠 1 Hill Road, Mumbai, 27 Maharashtra

            Nothing on it yet. <...>
    """)


async def test_a_state_may_be_tapped(chat, desk):
    await draft_for(chat)
    await chat.says("Asha", "[🏠 Address]")
    await chat.says("Asha", "Srinagar")
    said = "\n".join(await chat.says("Asha", "[01 Jammu and Kashmir]"))
    assert "🏠 Srinagar, 01 Jammu and Kashmir" in said


async def test_whoever_goes_back_begins_nothing(chat, desk, db):
    await begin(chat)
    await chat.says("Asha", "[⬅️ Back]")
    assert "Draft for" not in "\n".join(await chat.says("Asha", "@anna"))
    async with db.reading() as repos:
        assert await repos.drafts.find(1) is None
