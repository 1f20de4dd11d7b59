"""An invoice for its member, as the file that it is."""

import asyncio

from bot.documents.invoices import invoice_pdf
from bot.models.notices import Notice
from bot.replies import Reply, document
from bot.services import Services
from bot.texts import invoices as texts


async def issued(notice: Notice, services: Services) -> Reply | None:
    """Nothing once it is not there."""
    invoice = await services.invoices.of_notice(notice)
    if invoice is None:
        return None
    zone = (await services.club.get()).zone
    content = await asyncio.to_thread(invoice_pdf, invoice, zone=zone)
    return document(texts.file_name(invoice), content, texts.caption(invoice, zone))
