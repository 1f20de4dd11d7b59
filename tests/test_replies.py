"""What of a reply is kept for a repeat of its update."""

import orjson

from bot.keyboards.claims import below_invoice
from bot.replies import document, pack, photo, picture, unpack


def again(reply):
    return unpack(orjson.loads(orjson.dumps(pack(reply))))


def test_a_picture_drawn_on_the_spot_is_kept_whole():
    shown = picture("upi.png", b"\x89PNG\x00\xff", "Scan it", below_invoice(7))
    assert again(shown) == shown


def test_a_photo_that_telegram_has_is_kept_by_its_id():
    shown = photo("f-1", "Anna", below_invoice(7))
    assert again(shown) == shown


def test_a_document_is_made_again():
    assert pack(document("a.pdf", b"%PDF", "Your invoice", below_invoice(7))) is None
