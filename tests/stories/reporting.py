"""What stories about reported payments share: a billed member who says that they have paid."""

from hashlib import sha256
from uuid import uuid4

from bot.models.claims import NewClaim, Proof
from bot.models.payments import Account, Method, PaymentLine, Receipt
from tests.chat import PNG
from tests.stories.invoicing import billed, registered

UTR = "412345678901"


def cash(rupees) -> PaymentLine:
    return PaymentLine(method=Method.CASH, amount_paise=rupees * 100)


def upi(rupees, reference=UTR) -> PaymentLine:
    return PaymentLine(method=Method.UPI, amount_paise=rupees * 100, reference=reference)


def screenshot(engine, kind="photo", content=PNG) -> Proof:
    """A picture that Telegram holds; the same bytes have the same hash."""
    file = (
        engine.files.add_photo(content)
        if kind == "photo"
        else engine.files.add_document("proof.pdf", content)
    )
    return Proof(kind=kind, file_id=file.file_id, hash=sha256(content).hexdigest())


async def billed_anna(chat, club, db, **business):
    """Asha and Bina are admins; Anna owes ₹1,575. Returns Asha, Anna and the invoice."""
    await registered(db, **business)
    asha, _ = await club.admin("Asha"), await club.admin("Bina")
    anna = await club.member("Anna")
    (invoice,) = await billed(chat.app.services, asha, anna)
    return asha, anna, invoice


async def reports(chat, person, *lines, invoice=None, **about):
    """``person`` says that they have paid; the admins get their cards."""
    new = NewClaim(lines=lines, invoice_id=invoice.id if invoice else None, **about)
    claim = await chat.app.services.claims.submit(new, me=person, operation_id=uuid4())
    await told_all(chat)
    return claim


async def receives(chat, admin, person, *lines, invoice=None):
    """An admin books money without anybody having reported it."""
    receipt = Receipt(
        account=Account(person_id=person.id),
        lines=lines,
        invoices=(invoice.id,) if invoice else (),
    )
    return await chat.app.services.payments.record(receipt, by=admin, operation_id=uuid4())


async def told_all(chat) -> None:
    while await chat.app.outbox.send_due():
        pass
    chat._news(None)  # a story goes on from here


async def paid(db) -> list[tuple[int, ...]]:
    """What was booked so far: each payment's lines, in rupees."""
    async with db.reading() as repos:
        sql = """
            SELECT array_agg(amount_paise / 100 ORDER BY position) AS lines
              FROM payment_lines
             GROUP BY payment_id
             ORDER BY payment_id
        """
        return [tuple(row["lines"]) for row in await repos.claims._conn.fetch(sql)]


async def audited(db, *actions) -> int:
    async with db.reading() as repos:
        log = await repos.audit.list_latest(limit=50)
    return sum(entry.action in actions for entry in log)


def card(chat, who) -> str:
    """The newest card of a payment in an admin's chat, as it stands now."""
    messages = chat.engine.chat_messages(chat.club.people[who].id)
    return next(m.text for m in reversed(messages) if "💳 Payment " in (m.text or ""))


def alerts(chat) -> list[str]:
    calls = chat.engine.calls
    return [call.params["text"] for call in calls if call.params.get("show_alert")]


def told(chat, who) -> str:
    """All that stands in a person's chat."""
    messages = chat.engine.chat_messages(chat.club.people[who].id)
    return "\n".join(m.text or m.caption or "" for m in messages)
