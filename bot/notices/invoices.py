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
    logo = await services.business.logo(invoice.seller.logo_file_id)
    return await as_file(invoice, (await services.club.get()).zone, logo)


async def as_file(invoice: Invoice, zone: ZoneInfo, logo: bytes | None) -> Reply:
    """The same bytes for whoever asks, whenever; ``logo``: its seller's."""
    content = await asyncio.to_thread(invoice_pdf, invoice, logo=logo)
    return document(texts.file_name(invoice), content, texts.caption(invoice, zone))
