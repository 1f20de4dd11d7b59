"""Long ones, odd ones, and that the same invoice is the same file."""

import hashlib
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.documents import samples as s
from tests.documents.reading import drawn, pages_of

HEADS = "# Description HSN/SAC Qty Rate Discount Taxable Tax CGST SGST Total"
ROOT = Path(__file__).parent.parent.parent


def picture(kind, size=(300, 100), mode="RGB"):
    file = BytesIO()
    Image.new(mode, size, "teal").save(file, kind)
    return file.getvalue()


def test_two_hundred_lines():
    pages = pages_of(drawn(s.many(200)))
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert f"GYM/26-27/000001 · Page {number} of {len(pages)}" in page
        assert ("Personal training session" in page) == (HEADS in page)
    everything = " ".join(pages)
    for n in range(200):
        assert f"{n + 1} Personal training session {n} 999723" in everything


def test_sums_never_stand_alone_on_a_page():
    for count in range(28, 38):
        for page in pages_of(drawn(s.many(count))):
            if "Amount in words" in page:
                above, total, _ = page.partition("Total payable")
                assert total
                break
        else:
            pytest.fail(f"no sums with {count} lines")
        if HEADS in page:
            assert "Personal training session" in above


@pytest.mark.parametrize(("lines", "seconds"), [(20, 0.5), (200, 2.0)])
def test_it_takes_no_long_time(lines, seconds):
    drawn(s.E01)  # fonts are read once in a process
    issued = s.many(lines)
    begun = time.thread_time()
    drawn(issued)
    assert time.thread_time() - begun < seconds


def test_the_same_bytes_whatever_was_drawn_before_and_beside_it():
    issued = [s.EVERYBODY, s.E01, s.many(40), s.E15]
    alone = [drawn(one, picture("PNG")) for one in issued]
    patience = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # threads take turns as often as they can
    try:
        with ThreadPoolExecutor(4) as pool:
            beside = list(pool.map(lambda one: drawn(one, picture("PNG")), issued * 4))
    finally:
        sys.setswitchinterval(patience)
    assert beside == alone * 4
    assert len(set(alone)) == len(issued)


def test_the_same_bytes_in_another_process():
    def there(seed):
        program = (
            "import hashlib; from tests.documents import samples, test_pages;"
            "pdf = test_pages.drawn(samples.EVERYBODY, test_pages.picture('PNG'));"
            "print(hashlib.sha256(pdf).hexdigest())"
        )
        return subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": "", "TZ": "America/Lima"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    here = hashlib.sha256(drawn(s.EVERYBODY, picture("PNG"))).hexdigest()
    assert {there("1"), there("2")} == {here}


@pytest.mark.parametrize(
    "logo",
    [
        picture("PNG"),
        picture("JPEG"),
        picture("PNG", mode="RGBA"),
        picture("PNG", size=(5, 3000)),
        picture("GIF", mode="P"),
    ],
    ids=["png", "jpeg", "transparent", "a stripe", "gif"],
)
def test_a_logo(logo):
    (page,) = PdfReader(BytesIO(drawn(s.E01, logo))).pages
    assert len(page.images) == 1


def test_a_large_logo_does_not_make_a_large_file():
    noise = Image.effect_noise((3000, 3000), 90)
    file = BytesIO()
    noise.save(file, "JPEG")
    assert len(drawn(s.E01, file.getvalue())) < 400_000


@pytest.mark.parametrize("logo", [b"no picture", b"", picture("PNG")[:60]])
def test_what_is_no_picture_is_left_out(logo):
    assert drawn(s.E01, logo) == drawn(s.E01)


LONG = "A word " * 600 + "x" * 3000


@pytest.mark.parametrize(
    "issued",
    [
        replace(s.E01, seller=replace(s.SELLER, terms=LONG * 3)),
        replace(s.E01, seller=replace(s.SELLER, address=LONG, trade_name=LONG, legal_name=LONG)),
        replace(s.E01, seller=replace(s.SELLER, bank_details=LONG, upi_id="x" * 255)),
        replace(s.E01, buyer=replace(s.MEMBER, name=LONG, address="line\n" * 500)),
        replace(s.E01, lines=(replace(s.E01.lines[0], name=LONG, code="9" * 60),) * 3),
        s.invoice(replace(s.BOTTLE, rupees=99_99_999, quantity=999_999)),
        replace(s.E01, seller=replace(s.SELLER, bank_details="", terms="", trade_name=" ")),
    ],
    ids=["terms", "seller", "payment", "buyer", "lines", "sums", "nothing"],
)
def test_nothing_is_too_long_to_be_drawn(issued):
    pages = pages_of(drawn(issued))
    assert "Total payable" in " ".join(pages)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
