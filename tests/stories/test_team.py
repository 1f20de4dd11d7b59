"""Owners give and take offices; a removed admin's old buttons stop at once, on every worker."""

from bot.app import open_app


async def test_an_owner_makes_an_admin_and_takes_it_back(chat, club):
    await club.owner("Vera")
    await club.known("Ravi")
    await chat.play("""
        Vera: /owner
        bot: 👑 Owner panel
            Only owners see this. <...>
        Vera: [🛡 Admins and owners]
        bot*: 🛡 Admins and owners
            👑 Vera <...>
        Vera: [➕ Add admin]
        bot*: Who becomes an admin?
            <...>
            They find their id with /whoami. [✖️ Cancel] [⬅️ Back]
        Vera: @ravi
        bot: Make Ravi <...> an admin?
            They will see the admin panel: <...> [✅ Yes] [✖️ Cancel] [⬅️ Back]
        Vera: [✅ Yes]
        bot*: ✅ Ravi is an admin now. I have told them. <...>
        bot → Ravi: 🛡 You are an admin of the club now. <...>
        Ravi: /admin
        bot: 🛠 Admin panel
            What would you like to do? <...>
        Vera: [⬅️ Back]
        bot*: 🛡 Admins and owners
            👑 Vera <...>
            🛡 Ravi <...>
    """)
    await chat.says("Vera", "[❌ Remove Ravi]")
    yes = next(label for label in chat.buttons("Vera") if label.startswith("✅ Yes"))
    await chat.says("Vera", f"[{yes}]")
    assert "for admins" in "".join(await chat.says("Ravi", "[👥 Members]"))


async def test_a_stranger_to_the_bot_cannot_be_given_an_office(chat, club):
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    await chat.says("Vera", "[🛡 Admins and owners]")
    await chat.says("Vera", "[➕ Add admin]")
    assert "tap Start" in "".join(await chat.says("Vera", "999888777"))
    assert "999x" not in "".join(await chat.says("Vera", "[✖️ Cancel]"))


async def test_a_demoted_admins_old_button_is_dead_on_the_other_worker(
    chat, club, sim, settings, database_url, redis_url, stopping
):
    await club.owner("Vera")
    await club.admin("Asha")
    await chat.says("Asha", "/admin")
    message_id, data = chat.buttons("Asha")["👥 Members"]
    asha = club.people["Asha"]
    async with open_app(settings, database_url, redis_url) as other:
        await chat.says("Vera", "/owner")
        await chat.says("Vera", "[🛡 Admins and owners]")
        await chat.says("Vera", "[❌ Remove Asha]")
        yes = next(label for label in chat.buttons("Vera") if label.startswith("✅ Yes"))
        await chat.says("Vera", f"[{yes}]")
        stopping.set()
        update = sim.engine.press(asha, asha.id, message_id, data)
        await _taken_by(other, update)
    answer = next(c for c in reversed(sim.engine.calls) if c.method == "answerCallbackQuery")
    assert answer.params["text"] == "This is for admins of the club only."


async def test_the_last_owner_stays(chat, club):
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    await chat.says("Vera", "[🛡 Admins and owners]")
    said = "".join(await chat.says("Vera", "[🚪 Step down]"))
    for label in chat.buttons("Vera"):
        if label.startswith("✅ Yes"):
            said += "".join(await chat.says("Vera", f"[{label}]"))
    assert "at least one owner" in said
    assert "Owner panel" in "".join(await chat.says("Vera", "/owner"))


async def _taken_by(worker, update_id: int) -> None:
    for update in await worker.bot.get_updates(timeout=1):
        if update.update_id == update_id:
            await worker.once.take(update)
            return
    raise AssertionError("the first worker took it")


async def asked_for(chat, what: str, panel: str = "[➕ Add admin]") -> str:
    """Vera names somebody to be put in office; returns what the bot asks next."""
    await chat.says("Vera", "/owner")
    await chat.says("Vera", "[🛡 Admins and owners]")
    await chat.says("Vera", panel)
    return "".join(await chat.says("Vera", what))


async def test_a_contact_names_a_person_and_so_does_a_forwarded_message(chat, club, sim):
    await club.owner("Vera")
    ravi = await club.known("Ravi", phone="+919876543210")
    assert "Make Ravi" in await asked_for(chat, "{contact of Ravi}")
    vera = club.people["Vera"]
    user = {"id": ravi.telegram_id, "is_bot": False, "first_name": "Ravi"}
    origins = (
        ({"type": "user", "date": 1_700_000_000, "sender_user": user}, "Make Ravi"),
        ({"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "R"}, "hide"),
    )
    for origin, answer in origins:
        await asked_for(chat, "[⬅️ Back]")
        await chat.says("Vera", "[➕ Add admin]")
        private = sim.engine.private_chat(vera)
        extra = {"forward_origin": origin}
        await sim.engine.handled(sim.engine._say(vera, private, text="hello", extra=extra))
        assert answer in sim.engine.chat_messages(vera.id)[-1].text


async def test_who_cannot_be_appointed_is_named_with_the_reason_and_the_form_stays(chat, club, db):
    await club.owner("Vera")
    await club.admin("Asha")
    nina = await club.known("Nina")
    async with db.transaction() as tx:
        await tx.members.ban(nina.id, reason="noise", by=nina.id)
    await club.again(nina)
    await club.known("Ravi")
    assert "is banned" in await asked_for(chat, "@nina")
    for what, answer in (
        ("@asha", "already has the role: admin"),
        ("@vera", "already has the role: owner"),
        ("12x", "is not a Telegram id"),
        ("@ravi", "Make Ravi"),
    ):
        assert answer in "".join(await chat.says("Vera", what))


async def test_staff_are_promoted_and_hear_of_it(chat, club):
    await club.owner("Vera")
    await club.staff("Ravi")
    assert "They are staff now." in await asked_for(chat, "@ravi")
    said = "\n".join(await chat.says("Vera", "[✅ Yes]"))
    assert "Ravi is an admin now" in said
    assert "bot → Ravi: 🛡 You are an admin" in said
    commands = [name for name, _ in chat.engine.commands_for(club.people["Ravi"])]
    assert "admin" in commands


async def test_back_leaves_the_question_and_its_form(chat, club):
    await club.owner("Vera")
    await club.known("Ravi")
    await asked_for(chat, "@ravi")
    assert "Admins and owners" in "".join(await chat.says("Vera", "[⬅️ Back]"))
    assert "did not catch" in "".join(await chat.says("Vera", "@ravi"))


async def test_with_two_owners_one_may_step_down(chat, club):
    await club.owner("Vera")
    await club.owner("Omar")
    await chat.says("Vera", "/owner")
    await chat.says("Vera", "[🛡 Admins and owners]")
    await chat.says("Vera", "[🚪 Step down]")
    assert "Done." in "".join(await chat.says("Vera", "[✅ Yes, step down]"))
    assert "for owners" in "".join(await chat.says("Vera", "/owner"))
    commands = [name for name, _ in chat.engine.commands_for(club.people["Vera"])]
    assert "owner" not in commands


async def test_two_owners_stepping_down_at_once_leave_one(chat, club, db, sim):
    await club.owner("Vera")
    await club.owner("Omar")
    for name in ("Vera", "Omar"):
        await chat.says(name, "/owner")
        await chat.says(name, "[🛡 Admins and owners]")
        await chat.says(name, "[🚪 Step down]")
    updates = [chat.act(name, "[✅ Yes, step down]") for name in ("Vera", "Omar")]
    for update in updates:
        await sim.engine.handled(update)
    async with db.reading() as repos:
        assert len(await repos.people.list_in_office("owner")) == 1


async def test_two_owners_on_the_same_screen_the_slower_hears_of_the_faster(chat, club):
    await club.owner("Vera")
    await club.owner("Omar")
    await club.admin("Asha")
    for name in ("Vera", "Omar"):
        await chat.says(name, "/owner")
        await chat.says(name, "[🛡 Admins and owners]")
        await chat.says(name, "[❌ Remove Asha]")
    assert "no longer an admin" in "".join(await chat.says("Vera", "[✅ Yes, remove]"))
    slower = "".join(await chat.says("Omar", "[🧑‍🍳 Make staff]"))
    assert "has just changed" in slower
    assert "for admins" in "".join(await chat.says("Asha", "/admin"))


async def test_an_owner_of_the_environment_gets_the_owners_commands(chat, club, app):
    ravi = await club.known("Ravi")
    await app.services.people.name_owners((ravi.telegram_id,))
    assert "Owner panel" in "".join(await chat.says("Ravi", "/owner"))
    assert "owner" in [name for name, _ in chat.engine.commands_for(club.people["Ravi"])]
