"""What a person is told of their money: received, given back, credited; with its papers."""

import asyncio
from zoneinfo import ZoneInfo

from bot.documents.credit_notes import credit_note_pdf
from bot.documents.receipts import receipt_pdf
from bot.documents.refund_vouchers import refund_voucher_pdf
from bot.models.credit_notes import CreditNote
from bot.models.notices import Notice
from bot.models.payments import ReceiptPaper, RefundPaper
from bot.replies import Reply, document, say
from bot.services import Services
from bot.texts import credit_notes as note_texts
from bot.texts import payments as texts


async def booked(notice: Notice, services: Services) -> Reply | None:
    receipt = await services.payments.receipt_of_notice(notice)
    return await as_receipt(receipt) if receipt else None


async def given_back(notice: Notice, services: Services) -> Reply | None:
    voucher = await services.payments.voucher_of_notice(notice)
    if voucher is not None:
        return await as_voucher(voucher)
    refund = await services.payments.refund_of_notice(notice)
    if refund is None:
        return None
    return say(texts.given_back(refund, (await services.club.get()).zone))


async def credited(notice: Notice, services: Services) -> Reply | None:
    note = await services.credit_notes.of_notice(notice)
    if note is None:
        return None
    return await as_credit_note(note, (await services.club.get()).zone)


async def as_receipt(receipt: ReceiptPaper) -> Reply:
    """The same bytes for whoever asks, whenever; and the words they were told then."""
    content = await asyncio.to_thread(receipt_pdf, receipt)
    return document(texts.file_name(receipt), content, texts.booked(receipt))


async def as_voucher(voucher: RefundPaper) -> Reply:
    """As ``as_receipt``."""
    content = await asyncio.to_thread(refund_voucher_pdf, voucher)
    return document(texts.file_name(voucher), content, texts.refunded(voucher))


async def as_credit_note(note: CreditNote, zone: ZoneInfo) -> Reply:
    """As ``as_receipt``."""
    content = await asyncio.to_thread(credit_note_pdf, note)
    return document(note_texts.file_name(note), content, note_texts.issued(note, zone))
