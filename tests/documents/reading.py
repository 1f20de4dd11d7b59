"""Issued documents, read back as people and their telephones do."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot.documents.invoices import invoice_pdf


def drawn(invoice, logo=None):
    return invoice_pdf(invoice, logo=logo)


def pages_of(pdf):
    """The words of each page, one space between any two."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def pictures_on(pdf):
    """How many."""
    return sum(len(page.images) for page in PdfReader(BytesIO(pdf)).pages)


def words_of(invoice):
    return " ".join(pages_of(drawn(invoice)))


def codes_on(pdf):
    """What the QR codes of a PDF say, read from its picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=2).to_pil() for page in document]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def code_in(png):
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(png)))
    return code.text
