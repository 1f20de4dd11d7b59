"""Becoming a member, step by step, as the applicant meets it."""

import pytest

from tests.stories.registering import ANSWERS, fill, review, waiting


async def test_a_visitor_registers_and_the_club_hears_of_it(chat, club):
    await club.admin("Asha")
    club.visitor("Anna", phone="+919876543210", person_id=424837855)
    await chat.play(
        """
        Anna: /start
        bot: 👋 Our club
            Welcome! <...>

            Tap 📝 Register to become a member. [📝 Register] [❓ Help]
        Anna: [📝 Register]
        bot*: 📝 What is your full name? (1/8) [✖️ Cancel]
        Anna: Anna   Rao
        bot: 📱 What is your phone number?
            Tap the button below to share it, or type it. (2/8) [📱 Share my number] [✖️ Cancel]
        Anna: [📱 Share my number]
        bot: 👌
        bot: 🎂 How old are you, in years? (3/8) [✖️ Cancel]
        Anna: 28
        bot: 🙂 What is your gender? (4/8) [Female] [Male] [Other] [✖️ Cancel]
        Anna: [Female]
        bot*: ⚖️ What do you weigh, in kilograms? For example 72.5. (5/8) [✖️ Cancel]
        Anna: 62,55 kg
        bot: 📷 Send a photo of yourself, <...> (6/8) [⏭ Skip] [✖️ Cancel]
        Anna: {photo}
        bot: 🤝 To have you as a member the club keeps <...>
            /my_data shows or deletes it at any time.

            Do you agree? (7/8) [✅ I agree] [✖️ Cancel]
        Anna: [✅ I agree]
        bot*: 👀 Is everything right? (8/8)

            Name: Anna Rao
            Phone: +919876543210 (✔ verified)
            Age: 28
            Gender: Female
            Weight: 62.55 kg
            Photo: yes [✅ Submit] [✏️ Change name] [✏️ Change phone] <...> [✖️ Cancel]
        Anna: [✅ Submit]
        bot*: 📨 Sent. It is with the club, and you will hear from us here.

            Name: Anna Rao
            Phone: +919876543210 (✔ verified)
            Age: 28
            Gender: Female
            Weight: 62.55 kg
            Photo: yes
            Sent: <...> [✏️ Edit] [↩️ Withdraw] [☰ Menu]
        bot → Asha: 📝 Registration
            Name: Anna Rao
            Phone: +919876543210 (✔ verified)
            Age: 28
            Gender: Female
            Weight: 62.55 kg
            Photo: yes
            Telegram: Anna · @anna · 424837855
            Sent: <...> [✅ Approve] [❌ Reject] [📷 Photo]
        Anna: [☰ Menu]
        bot*: ☰ Our club
            Your registration is with the club. <...>[📝 My registration] <...>
        Anna: [📝 My registration]
        bot*: ⏳ Waiting for approval. It is with the club, and you will hear from us here.
        <rest>
    """.replace("        <rest>\n", waiting("(✔ verified)", "62.55 kg", "yes"))
    )
    assert chat.engine.violations == []


async def test_each_wrong_answer_is_asked_again_kindly_and_loses_nothing(chat, club):
    club.visitor("Anna", phone="+919876543210")
    club.visitor("Ravi", phone="+919876500000")
    await chat.says("Anna", "/register")
    await chat.play(
        """
        Anna: A
        bot: Please send your name in letters, 2 to 64 of them, like Anna Rao. [✖️ Cancel]
        Anna: 12345
        bot: Please send your name in letters, <...>
        Anna: {photo}
        bot: Please send your name in letters, <...>
        Anna: Anna Rao
        bot: 📱 What is your phone number?
            Tap <...>
        Anna: 12
        bot: Please send a phone number like +91 98765 43210, or use the button. [✖️ Cancel]
        Anna: {contact of Ravi}
        bot: That is someone else's contact. Share your own with the button. [✖️ Cancel]
        Anna: {location}
        bot: Please send a phone number <...>
        Anna: [📱 Share my number]
        bot: 👌
        bot: 🎂 How old are you, in years? (3/8) [✖️ Cancel]
        Anna: 9
        bot: Please send your age in years, a number from 10 to 100, like 28. [✖️ Cancel]
        Anna: twenty
        bot: Please send your age in years, <...>
        Anna: 28
        bot: 🙂 What is your gender? <...>
        Anna: unsure
        bot: Please tap Female, Male or Other, or send the word. [✖️ Cancel]
        Anna: FEMALE
        bot: ⚖️ What do you weigh, <...>
        Anna: 72.555
        bot: Please send your weight in kilograms, 20 to 300, like 72.5. [✖️ Cancel]
        Anna: 500
        bot: Please send your weight <...>
        Anna: 62.5
        bot: 📷 Send a photo <...>
        Anna: this is me
        bot: Please send a photo, or tap ⏭ Skip. [✖️ Cancel]
        Anna: {document me.txt}
        bot: Please send a photo, or tap ⏭ Skip. [✖️ Cancel]
        Anna: [⏭ Skip]
        bot*: 🤝 To have you as a member <...>
            <...>

            Do you agree? (7/8) [✅ I agree] [✖️ Cancel]
        Anna: yes
        bot: Please tap one of the buttons above. [✖️ Cancel]
        Anna: [✅ I agree]
        bot*: """
        + review(phone="+919876543210 (✔ verified)")
        + """
        Anna: send it
        bot: Please tap one of the buttons above. [✖️ Cancel]
    """
    )
    assert chat.engine.violations == []


async def test_the_share_button_stays_after_a_wrong_number(chat, club):
    club.visitor("Anna", phone="+919876543210")
    await fill(chat, "Anna", upto=2)
    await chat.says("Anna", "12")
    anna = club.people["Anna"]
    assert chat.engine.reply_keyboard(anna.id, anna)
    await chat.says("Anna", "98765 43210")
    assert not chat.engine.reply_keyboard(anna.id, anna)


async def test_a_contact_that_names_nobody_proves_nothing(chat, club, sim):
    club.visitor("Anna", phone="+919876543210")
    await fill(chat, "Anna", upto=2)
    update = sim.engine.send_contact(club.people["Anna"], phone="+919876543210")
    await sim.engine.handled(update)
    said = sim.engine.chat_messages(club.people["Anna"].id)[-1].text
    assert said == "That is someone else's contact. Share your own with the button."


async def test_a_picture_sent_as_a_file_gets_a_hint(chat, club, sim):
    club.visitor("Anna")
    await fill(chat, "Anna", upto=6)
    anna = club.people["Anna"]
    await sim.engine.handled(sim.engine.send_document(anna, "me.png", b"x", mime="image/png"))
    said = sim.engine.chat_messages(anna.id)[-1].text
    assert said == "That came as a file. Please send it as a photo, or tap ⏭ Skip."


@pytest.mark.parametrize(("upto", "answers"), [(6, 1), (4, 1), (0, 1)])
async def test_an_album_is_one_answer_wherever_it_arrives(chat, club, sim, upto, answers):
    club.visitor("Anna")
    await chat.says("Anna", "/start")
    await fill(chat, "Anna", upto=upto)
    anna = club.people["Anna"]
    before = len(sim.engine.chat_messages(anna.id))
    updates = [sim.engine.send_photo(anna, bytes([n]), album="a1") for n in range(4)]
    await sim.engine.handled(updates[-1])
    assert len(sim.engine.chat_messages(anna.id)) == before + 4 + answers


@pytest.mark.parametrize("upto", range(1, len(ANSWERS) + 1))
async def test_every_step_can_be_cancelled_by_button_and_by_command(chat, club, upto):
    club.visitor("Anna")
    for way_out in ("[✖️ Cancel]", "/cancel"):
        await fill(chat, "Anna", upto=upto)
        said = await chat.says("Anna", way_out)
        assert "Cancelled. Nothing was saved. [☰ Menu]" in said[-1]
        said = await chat.says("Anna", "28")
        assert "I did not catch that." in said[0]
    anna = club.people["Anna"]
    assert not chat.engine.reply_keyboard(anna.id, anna)
