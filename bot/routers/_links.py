"""What stands behind ``?start=`` in links to the bot: what it is, of which row, signed.

Telegram hands a bot up to 64 characters of ``A-Za-z0-9_-``, which anybody can type. So they are
signed, with a key made of the bot's token: a worker always has that one, and it is as secret as the
bot itself. When BotFather makes a new token, links of before are a plain /start.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aiogram import Bot
from aiogram.utils.deep_linking import create_start_link

_SIGNATURE_BYTES: Final = 12  # 96 bits, nobody can try so many; 16 characters
_PAYLOAD: Final = re.compile(r"([a-z]{1,8})-([1-9][0-9]{0,18})-([A-Za-z0-9_-]{16})")
_LARGEST_ID: Final = 2**63 - 1
_PURPOSE: Final = b"start links"  # so that no other use of the token makes the same signatures


class LinkKind(StrEnum):
    """In links that people have kept: a value is never used for something else."""

    INVITATION = "ref"  # subject: the member who invites


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    kind: LinkKind
    subject_id: int


def seal(link: Link, token: str) -> str:
    """As a payload of /start: ``ref-12-…``."""
    said = f"{link.kind}-{link.subject_id}"
    return f"{said}-{_signature(said, token)}"


def unseal(payload: str, token: str) -> Link | None:
    """The reverse of ``seal``; ``None``: broken, forged, or of a kind that is not known."""
    found = _PAYLOAD.fullmatch(payload)
    if found is None or found[1] not in set(LinkKind) or int(found[2]) > _LARGEST_ID:
        return None
    if not hmac.compare_digest(found[3], _signature(f"{found[1]}-{found[2]}", token)):
        return None
    return Link(kind=LinkKind(found[1]), subject_id=int(found[2]))


async def address(link: Link, bot: Bot) -> str:
    """The whole link, to be opened by whoever is given it."""
    return await create_start_link(bot, seal(link, bot.token))


def _signature(said: str, token: str) -> str:
    key = hmac.digest(token.encode(), _PURPOSE, "sha256")
    made = hmac.digest(key, said.encode(), "sha256")[:_SIGNATURE_BYTES]
    return urlsafe_b64encode(made).decode()
