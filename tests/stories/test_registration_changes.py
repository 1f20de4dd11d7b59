"""Changing one's mind: answers, submissions, edits and withdrawals."""

from dataclasses import replace

from tests.stories.registering import ANSWERS, fill, register, review, waiting


async def test_an_answer_is_changed_without_asking_the_others_again(chat, club):
    club.visitor("Anna", phone="+919876543210")
    await fill(chat, "Anna")
    await chat.play(
        """
        Anna: [✏️ Change name]
        bot*: 📝 What is your full name? [⬅️ Back] [✖️ Cancel]
        Anna: X
        bot: Please send your name <...>
        Anna: [⬅️ Back]
        bot*: """
        + review()
        + """
        Anna: [✏️ Change phone]
        bot: 📱 What is your phone number?
            Tap the button below to share it, or type it. [📱 Share my number] [✖️ Cancel]
        Anna: [📱 Share my number]
        bot: 👌
        bot: """
        + review(phone="+919876543210 (✔ verified)")
        + """
        Anna: [✏️ Change photo]
        bot*: 📷 Send a photo <...> [⏭ Skip] [⬅️ Back] [✖️ Cancel]
        Anna: {photo}
        bot: """
        + review(phone="+919876543210 (✔ verified)", photo="yes")
        + """
        Anna: [✏️ Change weight]
        bot*: ⚖️ What do you weigh, <...> [⬅️ Back] [✖️ Cancel]
        Anna: 70
        bot: """
        + review(phone="+919876543210 (✔ verified)", photo="yes", weight="70 kg")
    )


async def test_under_18_a_guardian_agrees_also_when_the_age_is_changed(chat, club):
    club.visitor("Anna")
    await fill(chat, "Anna")
    await chat.play(
        """
        Anna: [✏️ Change age]
        bot*: 🎂 How old are you, in years? [⬅️ Back] [✖️ Cancel]
        Anna: 15
        bot: 🤝 To have you as a member <...>
            <...>

            👪 You are under 18, so a parent or guardian must agree too. <...>

            Do you agree? (7/8) [✅ I agree] [✖️ Cancel]
        Anna: [✅ I agree]
        bot*: """
        + review(age="15 (under 18)")
        + """
        Anna: [✏️ Change age]
        bot*: 🎂 How old <...>
        Anna: 16
        bot: """
        + review(age="16 (under 18)")
    )


async def test_submit_pressed_again_shows_the_same_outcome(chat, club, sim):
    await club.admin("Asha")
    club.visitor("Anna")
    await fill(chat, "Anna")
    message_id, submit = chat.buttons("Anna")["✅ Submit"]
    anna = club.people["Anna"]
    taps = [sim.engine.press(anna, anna.id, message_id, submit) for _ in range(3)]
    await sim.engine.handled(taps[-1])
    while await chat.app.outbox.send_due():
        pass
    cards = [m for m in sim.engine.chat_messages(club.people["Asha"].id) if m.text]
    assert len(cards) == 1
    assert sim.engine.chat_messages(anna.id)[-1].text.startswith("📨 Sent.")
    assert not [c for c in sim.engine.calls if c.params.get("show_alert")]


async def test_the_submit_of_an_older_review_is_out_of_date(chat, club, sim):
    club.visitor("Anna")
    await fill(chat, "Anna")
    message_id, old = chat.buttons("Anna")["✅ Submit"]
    await chat.says("Anna", "[✏️ Change weight]")
    anna = club.people["Anna"]
    await sim.engine.handled(sim.engine.press(anna, anna.id, message_id, old))
    assert "out of date" in _last_alert(sim)
    await chat.says("Anna", "70")
    await sim.engine.handled(sim.engine.press(anna, anna.id, message_id, old))
    assert "out of date" in _last_alert(sim)
    assert (await chat.says("Anna", "[✅ Submit]"))[-9].startswith("bot*: 📨 Sent.")


def _last_alert(sim) -> str:
    answers = [c for c in sim.engine.calls if c.method == "answerCallbackQuery"]
    return answers[-1].params.get("text") or ""


async def test_buttons_of_an_earlier_step_or_a_forged_one_do_nothing(chat, club, sim):
    club.visitor("Anna")
    await fill(chat, "Anna", upto=3)
    anna = club.people["Anna"]
    for data in (
        "reg-gender:male",
        "reg-gender:robot",
        "reg-agree",
        "reg-nophoto",
        "reg-change:age",
        "reg-change:consent",
        "reg-submit:nonsense",
        f"reg-submit:{'0' * 32}",
        "reg-edit:1",
        "reg-withdraw:1",
        "reg-withdraw:x",
    ):
        await sim.engine.handled(sim.engine.press(anna, anna.id, 2, data))
        assert _last_alert(sim), f"{data} was answered without a word"
    assert "🙂" in (await chat.says("Anna", "28"))[-1]


async def test_without_review_submitting_is_joining(chat, club, db):
    await club.admin("Asha")
    async with db.transaction() as tx:
        await _set_review(tx, on=False)
    club.visitor("Anna")
    await fill(chat, "Anna")
    await chat.play("""
        Anna: [✅ Submit]
        bot*: 🎉 Welcome to Our club!
            You are a member now. Open the menu to begin. [☰ Menu]
        Anna: [☰ Menu]
        bot*: ☰ Our club
            🔒 You have no subscription yet. Tap Subscribe to choose one.
            Choose below what you would like to do. <...>
        Anna: /register
        bot: You are a member already. See /menu. [☰ Menu]
    """)
    commands = [name for name, _ in chat.engine.commands_for(club.people["Anna"])]
    assert "register" not in commands


async def _set_review(tx, *, on: bool) -> None:
    await tx.club.save(replace(await tx.club.hold(), review_registrations=on))


async def test_an_edited_registration_replaces_the_one_with_the_club(chat, club):
    await club.admin("Asha")
    club.visitor("Anna", person_id=424837855)
    await register(chat, "Anna")
    await chat.play(
        """
        Anna: /register
        bot: ⏳ Waiting for approval. <...>
        <state>
        Anna: [✏️ Edit]
        bot*: """.replace("        <state>\n", waiting("(⚠️ unverified)", "62.5 kg", "none"))
        + review()
        + """
        Anna: [✏️ Change weight]
        bot*: ⚖️ What do you weigh, <...>
        Anna: 70
        bot: """
        + review(weight="70 kg")
    )
    said = "\n".join(await chat.says("Anna", "[✅ Submit]"))
    old, new = said.split("bot → Asha: ")
    assert "bot → Asha*: 📝 Registration" in old
    assert "↩️ Withdrawn by the applicant" in old
    assert "[✅ Approve]" not in old
    assert "Weight: 70 kg" in new
    assert "[✅ Approve]" in new


async def test_leaving_an_edit_leaves_the_registration_with_the_club(chat, club):
    club.visitor("Anna")
    await register(chat, "Anna")
    await chat.says("Anna", "[✏️ Edit]")
    await chat.says("Anna", "[✖️ Cancel]")
    assert "⏳ Waiting for approval." in (await chat.says("Anna", "/register"))[0]


async def test_a_withdrawn_registration_is_off_the_queue_and_one_may_register_again(chat, club):
    await club.admin("Asha")
    club.visitor("Anna")
    await register(chat, "Anna")
    said = await chat.says("Anna", "[↩️ Withdraw]")
    assert said[0].startswith("bot*: ↩️ Withdrawn. The club will not decide on it.")
    assert said[0].endswith("[📝 Register] [☰ Menu]")
    assert any("↩️ Withdrawn by the applicant" in line for line in said)
    await chat.play("""
        Asha: /admin
        bot: 🛠 Admin panel
            What would you like to do? <...>[✅ Approvals]<...>
        Anna: [📝 Register]
        bot*: 📝 What is your full name? (1/8) [✖️ Cancel]
    """)


async def test_withdraw_tapped_twice_and_after_the_decision(chat, club, sim):
    await club.admin("Asha")
    club.visitor("Anna")
    await register(chat, "Anna")
    message_id, withdraw = chat.buttons("Anna")["↩️ Withdraw"]
    anna = club.people["Anna"]
    for _ in range(2):
        await sim.engine.handled(sim.engine.press(anna, anna.id, message_id, withdraw))
        assert sim.engine.chat_messages(anna.id)[-1].text.startswith("↩️ Withdrawn.")
    await register(chat, "Anna")
    message_id, withdraw = chat.buttons("Anna")["↩️ Withdraw"]
    await chat.says("Asha", "[✅ Approve]")
    await sim.engine.handled(sim.engine.press(anna, anna.id, message_id, withdraw))
    assert _last_alert(sim) == "You are a member already. See /menu."


async def test_registering_anew_drops_the_unfinished_form_and_says_so(chat, club):
    club.visitor("Anna")
    await fill(chat, "Anna", upto=4)
    await chat.play("""
        Anna: /register
        bot: Your unfinished registration was dropped.

            📝 What is your full name? (1/8) [✖️ Cancel]
    """)


async def test_a_name_that_looks_like_markup_is_shown_as_typed(chat, club):
    await club.admin("Asha")
    club.visitor("Anna")
    for answer in ANSWERS:
        await chat.says("Anna", answer.format(name="<b>Anna</b> & Co", phone="98765 43210"))
    said = "\n".join(await chat.says("Anna", "[✅ Submit]"))
    assert said.count("Name: <b>Anna</b> & Co") == 2
    await chat.says("Asha", "/admin")
    assert any("<b>Anna</b> & Co" in label for label in await _labels(chat))
    said = "\n".join(await chat.says("Asha", "[✅ Approve]"))
    assert "(Approved. <b>Anna</b> & Co will be told.)" in said


async def _labels(chat) -> list[str]:
    await chat.says("Asha", "[✅ Approvals (1)]")
    await chat.says("Asha", "[📝 Registrations (1)]")
    return list(chat.buttons("Asha"))


async def test_another_command_in_the_middle_leaves_the_question_usable(chat, club):
    club.visitor("Anna")
    await fill(chat, "Anna", upto=7)
    await chat.says("Anna", "/whoami")
    assert (await chat.says("Anna", "[✅ I agree]"))[0].startswith("bot*: 👀")
