"""What stories about registrations share: filling the form quickly."""

ANSWERS = ("/register", "{name}", "{phone}", "28", "[Female]", "62.5", "[⏭ Skip]", "[✅ I agree]")


async def fill(chat, who: str, *, upto: int = len(ANSWERS), phone: str = "98765 43210") -> None:
    """Answer the first ``upto`` questions; all of them lead to the review."""
    for answer in ANSWERS[:upto]:
        await chat.says(who, answer.format(name=f"{who} Rao", phone=phone))


async def register(chat, who: str) -> None:
    await fill(chat, who)
    await chat.says(who, "[✅ Submit]")


async def texts(chat, who: str) -> list[str]:
    return [m.text or "" for m in chat.engine.chat_messages(chat.club.people[who].id)]


REVIEW = """👀 Is everything right? (8/8)

            Name: {name}
            Phone: {phone}
            Age: {age}
            Gender: Female
            Weight: {weight}
            Photo: {photo} [✅ Submit] [✏️ Change name] <...>"""


def review(name="Anna Rao", phone="+919876543210 (⚠️ unverified)", **other) -> str:
    shown = {"age": "28", "weight": "62.5 kg", "photo": "none", **other}
    return REVIEW.format(name=name, phone=phone, **shown)


def waiting(mark: str, weight: str, photo: str) -> str:
    return f"""
            Name: Anna Rao
            Phone: +919876543210 {mark}
            Age: 28
            Gender: Female
            Weight: {weight}
            Photo: {photo}
            Sent: <...> [✏️ Edit] [↩️ Withdraw] [☰ Menu]
"""
