"""What members send to show that they have paid, and the report that it makes."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from aiogram import Bot
from aiogram.types import Document, Message, PhotoSize

from bot.errors.claims import NotAProof
from bot.models.claims import NewClaim, Proof
from bot.models.dues import PayableKind
from bot.models.payments import Method, PaymentLine
from bot.models.purchases import NewPurchase, Starts
from bot.routers._parse import words
from bot.services import references
from bot.telegram import files

CHARACTERS: Final = 100  # of an amount as typed
PURPOSE_CHARACTERS: Final = 200
REASON_CHARACTERS: Final = 300
PICTURE_BYTES: Final = 10_000_000


async def proof(message: Message, bot: Bot) -> Proof | str:
    """A screenshot, or else a bank's reference.

    Raises:
        NotAProof: something else altogether.
        NotAReference: words, but no reference.
        FileTooBig, FileNotFetched, Unavailable: see ``files.fetch``.
    """
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Proof(kind="photo", file_id=largest.file_id, hash=await _hash(largest, bot))
    file = message.document
    if file and (file.mime_type or "").startswith("image/"):
        return Proof(kind="document", file_id=file.file_id, hash=await _hash(file, bot))
    if message.text is None:
        raise NotAProof
    return references.reference(message.text)


def claim(form: Mapping[str, Any], shown: Proof | str) -> NewClaim:
    """What is reported with this proof; ``form`` as ``PayForm.proof`` left it."""
    bank_reference = shown if isinstance(shown, str) else None
    cash_paise = form["cash_paise"]
    paid = PaymentLine(
        method=Method(form["method"]), amount_paise=form["paid_paise"], reference=bank_reference
    )
    rest = [PaymentLine(method=Method.CASH, amount_paise=cash_paise)] if cash_paise else []
    return NewClaim(
        lines=(paid, *rest),
        upi_reference=form["reference"],
        proof=shown if isinstance(shown, Proof) else None,
        **_about(form),
    )


def cash(form: Mapping[str, Any]) -> NewClaim:
    """All of it at the desk."""
    line = PaymentLine(method=Method.CASH, amount_paise=form["due_paise"])
    return NewClaim(lines=(line,), **_about(form))


def purchase(form: Mapping[str, Any], payment: NewClaim | None) -> NewPurchase:
    """Of a plan, as it was looked at; ``payment``: ``None`` to pay later."""
    return NewPurchase(
        plan_id=form["subject_id"],
        starts=Starts(form["starts"]),
        total_paise=form["due_paise"],
        payment=payment,
        code=form.get("code"),
        lasts=form.get("lasts"),
    )


def code(typed: str | None) -> str:
    """Of a discount, in capitals and without spaces; whether there is one is not looked at.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
    """
    return "".join(words(typed, limit=CHARACTERS).split()).upper()


def _about(form: Mapping[str, Any]) -> dict[str, Any]:
    kind, subject_id = PayableKind(form["kind"]), form["subject_id"]
    return {
        "invoice_id": subject_id if kind is PayableKind.INVOICE else None,
        "request_id": subject_id if kind is PayableKind.REQUEST else None,
        "purpose": "" if kind is PayableKind.INVOICE else form["name"],
    }


async def _hash(file: Document | PhotoSize, bot: Bot) -> str:
    return sha256(await files.fetch(bot, file, limit=PICTURE_BYTES)).hexdigest()
