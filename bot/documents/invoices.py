"""An issued invoice as a PDF: all that Rule 46 asks for, on as many pages as it takes."""

from reportlab.platypus import Flowable, KeepTogether, Spacer

from bot.documents._foot import closing, sums
from bot.documents._head import head
from bot.documents._lines import lines_table, summary_table
from bot.documents._look import GAP, HEADING, texts
from bot.documents._pages import drawn
from bot.models.invoices import Invoice
from bot.texts import paper


def invoice_pdf(invoice: Invoice, *, logo: bytes | None = None) -> bytes:
    """The same bytes for the same invoice. It computes for a while: call it in a thread.

    ``logo``: a picture; anything else is left out.
    """
    return drawn(
        lambda: _story(invoice, logo),
        title=f"{paper.TITLES[invoice.kind]} {invoice.number}",
        footer=invoice.number,
        author=invoice.seller.legal_name,
    )


def _story(invoice: Invoice, logo: bytes | None) -> list[Flowable]:
    story = [*head(invoice, logo), lines_table(invoice), Spacer(0, GAP / 2), sums(invoice)]
    if invoice.shows_tax:
        summary = [*texts(HEADING, paper.SUMMARY), Spacer(0, 2), summary_table(invoice)]
        story += [Spacer(0, GAP), KeepTogether(summary)]
    return [*story, Spacer(0, GAP), *closing(invoice)]
