"""An invoice for its member, as the file that it is."""

import asyncio
from zoneinfo import ZoneInfo

from bot.documents.invoices import invoice_pdf
from bot.keyboards.claims import below_invoice
from bot.models.invoices import Invoice
from bot.models.notices import Notice
from bot.replies import Reply, document
from bot.services import Services
from bot.texts import invoices as texts


async def issued(notice: Notice, services: Services) -> Reply | None:
    """Nothing once it is not there."""
    invoice = await services.invoices.of_notice(notice)
    if invoice is None:
        return None
    is_due = await services.dues.is_due(invoice.id)
    return await as_file(invoice, (await services.club.get()).zone, to_pay=is_due)


async def as_file(invoice: Invoice, zone: ZoneInfo, *, to_pay: bool = False) -> Reply:
    """The same bytes for whoever asks, whenever; ``to_pay``: its member may pay it below."""
    content = await asyncio.to_thread(invoice_pdf, invoice)
    buttons = below_invoice(invoice.id) if to_pay else None
    return document(texts.file_name(invoice), content, texts.caption(invoice, zone), buttons)
