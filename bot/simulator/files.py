"""Uploaded files: their ids, their paths, and the size of a picture read from its bytes."""

import mimetypes
import random

from bot.simulator.models import File

_THUMB_SUFFIX = "_s"
_GUESSED_SIZE = (1280, 720)
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


class FileStore:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._files: dict[str, File] = {}

    def find(self, file_id: str) -> File | None:
        return self._files.get(file_id.removesuffix(_THUMB_SUFFIX))

    def at_path(self, path: str) -> File | None:
        return next((file for file in self._files.values() if file.path == path), None)

    def add_photo(self, content: bytes, *, file_id: str | None = None) -> File:
        """``file_id``: one that is known beforehand; else it gets one."""
        width, height = image_size(content) or _GUESSED_SIZE
        mime = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
        suffix = mime.removeprefix("image/").replace("jpeg", "jpg")
        number = len(self._files)
        return self._keep(
            File(
                file_id=file_id or f"AgACAgUAAx{self._token(40)}",
                unique_id=f"AQAD{self._token(10)}",
                kind="photo",
                path=f"photos/file_{number}.{suffix}",
                name=f"file_{number}.{suffix}",
                mime=mime,
                content=content,
                width=width,
                height=height,
            )
        )

    def add_document(self, name: str, content: bytes, mime: str | None = None) -> File:
        suffix = f".{name.rpartition('.')[2]}" if "." in name else ""
        guessed = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._keep(
            File(
                file_id=f"BQACAgUAAx{self._token(40)}",
                unique_id=f"AgAD{self._token(10)}",
                kind="document",
                path=f"documents/file_{len(self._files)}{suffix}",
                name=name,
                mime=guessed,
                content=content,
            )
        )

    def _keep(self, file: File) -> File:
        self._files[file.file_id] = file
        return file

    def _token(self, length: int) -> str:
        return f"{self._rng.getrandbits(length * 4):0{length}x}"


def image_size(content: bytes) -> tuple[int, int] | None:
    """Read width and height of a PNG, GIF, WebP or JPEG; None when it is no such picture."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _two(content, 16, 4, "big")
    if content.startswith((b"GIF87a", b"GIF89a")):
        return _two(content, 6, 2, "little")
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _GUESSED_SIZE
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _two(content: bytes, at: int, width: int, order: str) -> tuple[int, int] | None:
    numbers = [content[at : at + width], content[at + width : at + 2 * width]]
    little = order == "little"
    first, second = (int.from_bytes(n[::-1] if little else n, "big") for n in numbers)
    return (first, second) if first and second else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004  # every marker starts so
        if content[at + 1] in _JPEG_SIZES:
            size = _two(content, at + 5, 2, "big")
            return size and (size[1], size[0])
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
