"""An invoice for its member, as the file that it is."""

import asyncio
from zoneinfo import ZoneInfo

from bot.documents.invoices import invoice_pdf
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
    return await as_file(invoice, (await services.club.get()).zone)


async def as_file(invoice: Invoice, zone: ZoneInfo) -> Reply:
    """The same bytes for whoever asks, whenever."""
    content = await asyncio.to_thread(invoice_pdf, invoice)
    return document(texts.file_name(invoice), content, texts.caption(invoice, zone))
