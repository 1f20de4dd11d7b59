"""An invoice's card as a screen, for the features whose buttons stand under it."""

from uuid import uuid4

from bot.keyboards import invoices as keyboards
from bot.replies import Reply, show
from bot.services.club import ClubService
from bot.services.invoices import InvoiceService
from bot.texts import invoices as texts


async def card(
    invoice_id: int, *, invoices: InvoiceService, club: ClubService, toast: str = ""
) -> Reply:
    """As it is now.

    Raises:
        InvoiceGone: never there.
    """
    shown, zone = await invoices.card(invoice_id), (await club.get()).zone
    return show(texts.card(shown, zone), keyboards.card(shown, uuid4()), toast=toast)
