"""First set-up from chat, and settings later."""


async def test_the_first_owner_is_led_through_the_set_up(chat, club, db):
    await club.owner("Vera")
    first = "\n".join(await chat.says("Vera", "/start"))
    assert "1 of 4: What is the club called?" in first
    await chat.says("Vera", "Sahyadri Fitness")
    await chat.says("Vera", "asia/kolkata")
    await chat.says("Vera", "inr")
    review = "\n".join(await chat.says("Vera", "Come and lift."))
    assert "Sahyadri Fitness" in review
    await chat.says("Vera", "[✅ Save]")
    async with db.reading() as repos:
        kept = await repos.club.get()
    assert (kept.name, kept.timezone, kept.currency, kept.welcome_text) == (
        "Sahyadri Fitness",
        "Asia/Kolkata",
        "INR",
        "Come and lift.",
    )
    assert kept.set_up_at is not None
    assert "Come and lift." in "\n".join(await chat.says("Vera", "/start"))


async def test_an_unknown_zone_is_asked_again_and_nothing_is_lost(chat, club):
    await club.owner("Vera")
    await chat.says("Vera", "/start")
    await chat.says("Vera", "Sahyadri Fitness")
    assert "is not a time zone" in "".join(await chat.says("Vera", "Mars/Olympus"))
    assert "currency" in "".join(await chat.says("Vera", "Europe/Paris")).lower()


async def test_an_admin_may_look_at_the_settings_but_not_change_them(chat, club, sim):
    await club.owner("Vera")
    await club.admin("Asha")
    await chat.says("Asha", "/admin")
    assert "Only owners can change these." in "\n".join(await chat.says("Asha", "[⚙️ Settings]"))
    assert not [label for label in chat.buttons("Asha") if label.startswith("✏️")]
    await chat.says("Vera", "/admin")
    await chat.says("Vera", "[⚙️ Settings]")
    _, data = chat.buttons("Vera")["✏️ Name"]
    asha = club.people["Asha"]
    update = sim.engine.press(asha, asha.id, 2, data)
    await sim.engine.handled(update)
    answer = next(c for c in reversed(sim.engine.calls) if c.method == "answerCallbackQuery")
    assert answer.params["text"] == "This is for owners of the club only."


async def test_a_changed_setting_is_used_at_once_and_audited(chat, club, db):
    await club.owner("Vera")
    await chat.says("Vera", "/admin")
    await chat.says("Vera", "[⚙️ Settings]")
    await chat.says("Vera", "[✏️ Name]")
    await chat.says("Vera", "Iron & <b>Oak")
    assert "Iron & <b>Oak" in "\n".join(await chat.says("Vera", "/menu"))
    async with db.reading() as repos:
        (entry,) = await repos.audit.list_latest(limit=5)
    assert (entry.before, entry.after) == ({"name": "Our club"}, {"name": "Iron & <b>Oak"})


async def test_two_owners_saving_the_set_up_at_once_one_is_kept_the_other_is_told(
    chat, club, db, sim
):
    for name in ("Vera", "Omar"):
        await club.owner(name)
        await chat.says(name, "/start")
        for answer in (f"{name}’s club", "asia/kolkata", "inr", f"{name} welcomes you."):
            await chat.says(name, answer)
    for update in [chat.act(name, "[✅ Save]") for name in ("Vera", "Omar")]:
        await sim.engine.handled(update)
    async with db.reading() as repos:
        kept, entries = await repos.club.get(), await repos.audit.list_latest(limit=5)
    assert (kept.name, kept.welcome_text) in {
        (f"{name}’s club", f"{name} welcomes you.") for name in ("Vera", "Omar")
    }
    assert len(entries) == 1
    toasts = [str(c.params.get("text")) for c in sim.engine.calls if "answer" in c.method]
    assert sum("Another owner has just set up" in text for text in toasts) == 1
