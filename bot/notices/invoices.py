"""An invoice for its member, as the file that it is."""

import asyncio

from aiogram.types import InlineKeyboardMarkup

from bot.documents.invoices import invoice_pdf
from bot.keyboards.claims import below_invoice
from bot.models.invoices import Printed
from bot.models.notices import Notice
from bot.replies import Reply, caption, document
from bot.services import Services
from bot.texts import invoices as texts


async def issued(notice: Notice, services: Services) -> Reply | None:
    """Nothing once it is not there."""
    invoice = await services.invoices.of_notice(notice)
    if invoice is None:
        return None
    return await as_file(await services.invoices.printed(invoice), to_pay=True)


async def redrawn(notice: Notice, services: Services) -> Reply | None:
    """Below the file that was sent: buttons as long as something is due. It is not drawn again."""
    invoice = await services.invoices.of_notice(notice)
    if invoice is None:
        return None
    printed = await services.invoices.printed(invoice)
    return caption(texts.caption(printed), _buttons(printed))


async def as_file(printed: Printed, *, to_pay: bool = False) -> Reply:
    """The same bytes for whoever asks, whenever; ``to_pay``: with buttons, if something is due."""
    invoice = printed.invoice
    content = await asyncio.to_thread(invoice_pdf, invoice, logo=printed.logo)
    buttons = _buttons(printed) if to_pay else None
    return document(texts.file_name(invoice), content, texts.caption(printed), buttons)


def _buttons(printed: Printed) -> InlineKeyboardMarkup | None:
    return below_invoice(printed.invoice.id) if printed.is_due else None
