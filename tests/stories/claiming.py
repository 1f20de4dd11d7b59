"""What stories about paying share: a bill, the ways to pay it, proofs, and what the club has."""

from uuid import uuid4

from bot.models.claims import ClaimStatus
from bot.models.payments import Account, Method, PaymentLine, Receipt
from tests.chat import PNG
from tests.documents.reading import code_in
from tests.stories.broadcasting import tap
from tests.stories.invoicing import billed, registered

UTR = "412345678901"


async def bill(chat, club, db, *, rupees=1_500, **business):
    """Asha bills Anna, who has the PDF; 5 % on top. Returns the invoice's entry."""
    if "Anna" not in club.people:
        await registered(db, **business)
        await club.member("Anna")
        await club.admin("Asha")
    asha, anna = await person(db, club, "Asha"), await person(db, club, "Anna")
    (entry,) = await billed(chat.app.services, asha, anna, rupees=rupees)
    await told(chat)
    return entry


async def told(chat) -> None:
    """What is owed to people is sent, and is no part of what is said next."""
    while await chat.app.outbox.send_due():
        pass
    chat._seen = len(chat.engine.calls)


async def person(db, club, name):
    async with db.reading() as repos:
        return await repos.people.find_by_telegram_id(club.people[name].id)


async def received(chat, club, db, paise, *, on=None, reference=None):
    """Asha books money of Anna's: ``on`` these invoices, or (``()``) as credit."""
    account = Account(person_id=(await person(db, club, "Anna")).id)
    method = Method.UPI if reference else Method.CASH
    line = PaymentLine(method=method, amount_paise=paise, reference=reference)
    receipt = Receipt(account=account, lines=(line,), invoices=on)
    asha = await person(db, club, "Asha")
    await chat.app.services.payments.record(receipt, by=asha, operation_id=uuid4())
    await told(chat)


async def asked_for(chat, club, db, paise=500_00, purpose="Locker <deposit>"):
    """Asha asks Anna for money."""
    asha, anna = await person(db, club, "Asha"), await person(db, club, "Anna")
    requests = chat.app.services.payment_requests
    made = await requests.ask(
        anna.id, amount_paise=paise, purpose=purpose, by=asha, operation_id=uuid4()
    )
    await told(chat)
    return made


async def to_proof(chat, who="Anna") -> str:
    """From a 💳 button up to the QR code."""
    await tap(chat, who, "💳 Pay")
    return "\n".join(await chat.says(who, "[📱 UPI]"))


async def report(chat, reference=UTR, who="Anna") -> str:
    await to_proof(chat, who)
    return "\n".join(await chat.says(who, reference))


async def shows_picture(chat, content=PNG, who="Anna", *, name=None, mime="image/png") -> str:
    """A screenshot; with a ``name`` as a file. Returns what the bot said."""
    engine, sender, before = chat.engine, chat.club.people[who], len(chat.engine.calls)
    if name:
        update = engine.send_document(sender, name, content, mime=mime)
    else:
        update = engine.send_photo(sender, content)
    await engine.handled(update)
    return "\n".join(str(c.params["text"]) for c in engine.calls[before:] if c.params.get("text"))


def last(chat, who="Anna"):
    return chat.engine.chat_messages(chat.club.people[who].id)[-1]


def code(chat, who="Anna") -> str:
    """What a telephone reads off the newest message."""
    return code_in(last(chat, who).photo.content)


def copied(chat, who="Anna") -> dict[str, str]:
    """What the newest message's buttons copy, by label."""
    buttons = [button for row in last(chat, who).buttons for button in row]
    return {b["text"]: b["copy_text"]["text"] for b in buttons if "copy_text" in b}


async def claims_of(db, club, name="Anna", *, waiting=True):
    """The newest first."""
    member = await person(db, club, name)
    async with db.reading() as repos:
        return await repos.claims.list_of(member.id, waiting=waiting)


async def the_claim(db, club):
    (claim,) = await claims_of(db, club)
    return claim


async def decide(chat, club, db, status: ClaimStatus, reason="No such transfer") -> None:
    """Asha approves or rejects the one that waits."""
    asha, claim = await person(db, club, "Asha"), await the_claim(db, club)
    if status is ClaimStatus.APPROVED:
        await chat.app.services.claims.approve(claim.id, by=asha)
    else:
        await chat.app.services.claims.reject(claim.id, reason=reason, by=asha)
    await told(chat)


def lines_of(claim) -> list[tuple[str, int, str | None]]:
    return [(line.method.value, line.amount_paise, line.reference) for line in claim.lines]


def cards(chat, who="Asha") -> list[str]:
    """What an admin was asked to verify."""
    messages = chat.engine.chat_messages(chat.club.people[who].id)
    return [m.text for m in messages if m.text and "Payment to verify" in m.text]
