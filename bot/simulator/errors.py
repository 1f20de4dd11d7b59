"""What the Bot API refuses, in its own words."""

from http import HTTPStatus
from typing import Any


class ApiError(Exception):
    """A refusal: the error code is also the HTTP status."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        body = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(text: str, **parameters: Any) -> ApiError:
    return ApiError(HTTPStatus.BAD_REQUEST, f"Bad Request: {text}", **parameters)


def forbidden(text: str) -> ApiError:
    return ApiError(HTTPStatus.FORBIDDEN, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    return ApiError(HTTPStatus.CONFLICT, f"Conflict: {text}")


def too_many_requests(seconds: int) -> ApiError:
    text = f"Too Many Requests: retry after {seconds}"
    return ApiError(HTTPStatus.TOO_MANY_REQUESTS, text, retry_after=seconds)


def not_found(text: str = "") -> ApiError:
    return ApiError(HTTPStatus.NOT_FOUND, f"Not Found: {text}" if text else "Not Found")


def unauthorized(text: str = "") -> ApiError:
    return ApiError(HTTPStatus.UNAUTHORIZED, f"Unauthorized: {text}" if text else "Unauthorized")


def restarting() -> ApiError:
    return ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Server Error: restart")


class CannotAct(Exception):
    """A person asked for something their Telegram app would not let them do."""
