"""The file of a call: uploaded beside it, attached by name, or sent again by its id."""

from http import HTTPStatus

from bot.simulator.errors import ApiError, bad_request
from bot.simulator.files import image_size
from bot.simulator.methods.registry import Request
from bot.simulator.models import File
from bot.simulator.params import Upload
from bot.simulator.rules import MAX_DOCUMENT, MAX_PHOTO

_ATTACHED = "attach://"


def photo_of(request: Request, value: str, field: str = "photo") -> File:
    upload = _upload(request, value, field)
    if upload is None:
        return _known(request, value, "photo")
    if len(upload.content) > MAX_PHOTO:
        size = f"file of size {len(upload.content)} bytes"
        text = f"{size} is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        raise bad_request(text)
    if image_size(upload.content) is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return request.engine.files.add_photo(upload.content)


def document_of(request: Request, value: str, field: str = "document") -> File:
    upload = _upload(request, value, field)
    if upload is None:
        return _known(request, value, "document")
    return request.engine.files.add_document(upload.name, upload.content)


def _upload(request: Request, value: str, field: str) -> Upload | None:
    name = value.removeprefix(_ATTACHED) if value.startswith(_ATTACHED) else field
    upload = request.params.files.get(name)
    if upload is None:
        if not value or value.startswith(_ATTACHED):
            raise bad_request(f"there is no {field} in the request")
        return None
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MAX_DOCUMENT:
        raise ApiError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large")
    return upload


def _known(request: Request, value: str, kind: str) -> File:
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # the simulator fetches nothing
    file = request.engine.files.find(value)
    if file is None:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    if file.kind != kind:
        text = f"can't use file of type {file.kind.title()} as {kind.title()}"
        raise bad_request(text)
    return file
