"""Finding one's way: welcome, menus, help, who-am-I, and everything nobody expected."""


async def test_a_stranger_is_welcomed_and_told_the_next_step(chat, club):
    club.visitor("Ravi", person_id=424837855)
    await chat.play("""
        Ravi: /start
        bot: 👋 Our club
            Welcome! <...>

            Tap 📝 Register <...>
        Ravi: /whoami
        bot: 🪪 Ravi
            Id: 424837855
            Username: @ravi
            Role: visitor
            Membership: none yet [☰ Menu]
        Ravi: [☰ Menu]
        bot*: ☰ Our club
            Tap 📝 Register <...>
    """)


async def test_only_an_owner_opens_the_owner_panel(chat, club):
    await club.owner("Vera")
    await club.admin("Asha")
    await club.member("Anna")
    await chat.play("""
        Vera: /owner
        bot: 👑 Owner panel
            Only owners see this. <...>
        Asha: /owner
        bot: This is for owners of the club only. [☰ Menu]
        Asha: /admin
        bot: 🛠 Admin panel
            What would you like to do? <...>
        Anna: /admin
        bot: This is for admins of the club only. [☰ Menu]
    """)


async def test_free_text_an_unknown_command_and_nothing_to_cancel_are_answered(chat, club):
    await club.member("Anna")
    await chat.play("""
        Anna: how much is it?
        bot: I did not catch that. <...>
        Anna: /moon
        bot: I do not know this command. <...>
        Anna: /cancel
        bot: There is nothing to cancel. [☰ Menu]
        Anna: {photo}
        bot: I did not catch that. <...>
    """)


async def test_a_forged_or_old_button_does_nothing_and_says_so(chat, club, sim):
    await club.member("Anna")
    await chat.says("Anna", "/menu")
    anna = club.people["Anna"]
    for data in ("admin-open", "owner-open", "nonsense", "x" * 64, "form-cancel:SetupForm", "💥"):
        update = sim.engine.press(anna, anna.id, 2, data)
        await sim.engine.handled(update)
        answer = next(e for e in reversed(sim.engine.calls) if e.method == "answerCallbackQuery")
        assert answer.params["text"], f"{data} was answered without a word"
    assert not [call for call in sim.engine.calls if call.method == "editMessageText"]


async def test_a_button_under_a_deleted_message_still_works(chat, club, sim):
    await club.member("Anna")
    anna = club.people["Anna"]
    update = sim.engine.press(anna, anna.id, 999, "menu-open")
    await sim.engine.handled(update)
    assert sim.engine.chat_messages(anna.id)[-1].text.startswith("☰ Our club")


async def test_names_are_shown_as_typed_never_as_markup(chat, club):
    club.visitor("Mallory", username=None)
    club.people["Mallory"].first_name = "<b>Admin</b> \u202egnp"
    await chat.play("""
        Mallory: /whoami
        bot: 🪪 <b>Admin</b>  gnp
            Id: <...>
            Username: none
            Role: visitor
            Membership: none yet [☰ Menu]
    """)


async def test_in_a_group_the_bot_asks_to_write_in_private(chat, club, sim):
    await club.admin("Asha")
    asha = club.people["Asha"]
    group = sim.engine.add_group("Club", members=[asha])
    update = sim.engine.send_text(asha, "/admin@clubdesk_bot", chat_id=group.id)
    await sim.engine.handled(update)
    said = [m.text for m in sim.engine.chat_messages(group.id) if m.sender is not asha]
    assert said == ["Please write to me in private for this."]


async def test_small_talk_in_a_group_is_not_ours(chat, club, sim):
    await club.member("Anna")
    anna = club.people["Anna"]
    group = sim.engine.add_group("Club", members=[anna])
    update = sim.engine.send_text(anna, "hello all", chat_id=group.id)
    await sim.engine.handled(update)
    assert [m.text for m in sim.engine.chat_messages(group.id)][-1] == "hello all"


async def test_blocking_the_bot_is_remembered_until_they_write_again(chat, club):
    anna = await club.member("Anna")
    await chat.says("Anna", "{blocks}")
    assert not (await club.again(anna)).is_reachable
    await chat.says("Anna", "{unblocks}")
    await chat.says("Anna", "/menu")
    assert (await club.again(anna)).is_reachable


async def test_a_reply_that_telegram_refuses_stops_nobody_else(chat, club, sim):
    await club.member("Anna")
    await club.member("Ravi")
    anna = club.people["Anna"]
    sim.engine.faults.add(method="sendMessage", chat_id=anna.id, status=400, description="Bad")
    assert "cannot show it here" in "".join(await chat.says("Anna", "/menu"))
    assert "Our club" in "".join(await chat.says("Ravi", "/menu"))
    assert "Our club" in "".join(await chat.says("Anna", "/menu"))
