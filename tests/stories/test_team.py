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
    chat, club, sim, settings, database_url, redis_url, app
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
        app.poller.stop()
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
