"""An invoice for its member, as the file that it is."""

import asyncio

from bot.documents.invoices import invoice_pdf
from bot.keyboards.claims import below_invoice
from bot.models.invoices import Printed
from bot.models.notices import Notice
from bot.replies import Reply, document
from bot.services import Services
from bot.texts import invoices as texts


async def issued(notice: Notice, services: Services) -> Reply | None:
    """Nothing once it is not there."""
    invoice = await services.invoices.of_notice(notice)
    if invoice is None:
        return None
    return await as_file(await services.invoices.printed(invoice), to_pay=True)


async def as_file(printed: Printed, *, to_pay: bool = False) -> Reply:
    """The same bytes for whoever asks, whenever; ``to_pay``: with buttons, if something is due."""
    invoice = printed.invoice
    content = await asyncio.to_thread(invoice_pdf, invoice, logo=printed.logo)
    buttons = below_invoice(invoice.id) if to_pay and printed.is_due else None
    caption = texts.caption(printed)
    return document(texts.file_name(invoice), content, caption, buttons)
