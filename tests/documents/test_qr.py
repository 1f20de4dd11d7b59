"""A code for the chat."""

from bot.documents.qr import qr_png
from bot.models.upi import UpiRequest
from tests.documents.reading import code_in


def test_a_telephone_reads_the_exact_link():
    link = UpiRequest(
        payee="irongym@okhdfcbank",
        name="श्रीराम व्यायामशाला",
        amount_paise=554300,
        reference="GYM2627000001",
        note="Inv GYM/26-27/000001",
    ).link
    png = qr_png(link)
    assert code_in(png) == link
    assert png == qr_png(link)
