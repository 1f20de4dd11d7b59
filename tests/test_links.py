"""Start payloads: short, of Telegram's letters, and nobody else's."""

import re

import pytest

from bot.routers._links import Link, LinkKind, seal, unseal

TOKEN = "123456789:AA-token"


@pytest.mark.parametrize("number", [1, 42, 2**63 - 1])
def test_a_link_comes_back_as_it_was(number):
    link = Link(kind=LinkKind.INVITATION, subject_id=number)
    payload = seal(link, TOKEN)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert unseal(payload, TOKEN) == link


def test_what_is_broken_or_forged_is_nothing():
    payload = seal(Link(kind=LinkKind.INVITATION, subject_id=12), TOKEN)
    signature = payload.removeprefix("ref-12-")
    assert unseal(payload, "123456789:another") is None
    for forged in (
        "",
        "ref",
        "ref-12",
        f"ref-13-{signature}",
        f"ref-012-{signature}",
        f"ref-٣-{signature}",
        f"gift-12-{signature}",
        f"ref-{2**63}-{signature}",
        f"REF-12-{signature}",
        payload[:-1],
        payload + "A",
        payload.swapcase(),
        "ref-12-" + "A" * 16,
        "ref-12-" + "é" * 16,
        "☃" * 64,
        "x" * 5_000,
    ):
        assert unseal(forged, TOKEN) is None, forged


def test_the_signature_is_of_the_kind_too(monkeypatch):
    """A link for one thing is never good for another with the same number."""
    payload = seal(Link(kind=LinkKind.INVITATION, subject_id=12), TOKEN)
    monkeypatch.setattr("bot.routers._links.LinkKind", ["ref", "gift"])
    assert unseal("gift" + payload.removeprefix("ref"), TOKEN) is None
