"""Scripted failures: what goes wrong, for which call, how often."""

import random
from dataclasses import dataclass
from typing import Literal

from bot.simulator.errors import ApiError, too_many_requests

FaultKind = Literal[
    "error",  # an ordinary refusal: error code and JSON
    "html",  # the front proxy's page instead of JSON
    "empty",
    "invalid_json",
    "slow_headers",
    "slow_body",
    "reset_before",  # the connection dies and nothing was done
    "reset_after",  # … and everything was done
    "drop_response",  # done, and then silence
]
EXECUTES_FIRST = {"invalid_json", "slow_body", "reset_after", "drop_response", "slow_headers"}
_DESCRIPTIONS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    413: "Request Entity Too Large",
    500: "Internal Server Error: restart",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}
_PROXY_STATUSES = {413, 502, 503, 504}


@dataclass(slots=True, eq=False, kw_only=True)
class Fault:
    """``None`` in a filter means any; ``nth`` counts matching calls from 1."""

    kind: FaultKind
    method: str | None
    chat_id: int | None
    nth: int | None
    times: int | None
    status: int
    retry_after: int
    description: str | None
    seconds: float
    probability: float
    seen: int = 0

    def error(self) -> ApiError:
        if self.status == 429:  # noqa: PLR2004  # Too Many Requests
            return too_many_requests(self.retry_after)
        text = self.description or _DESCRIPTIONS.get(self.status, f"Error {self.status}")
        return ApiError(self.status, text)

    def matches(self, method: str, chat_id: int | None) -> bool:
        same_method = self.method is None or self.method.lower() == method.lower()
        return same_method and self.chat_id in {None, chat_id}


class Faults:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._faults: list[Fault] = []

    def add(  # noqa: PLR0913  # every argument is a filter or a property, all optional
        self,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        nth: int | None = None,
        times: int | None = 1,
        status: int = 500,
        retry_after: int = 1,
        kind: FaultKind | None = None,
        description: str | None = None,
        seconds: float = 1.0,
        probability: float = 1.0,
    ) -> Fault:
        """Let the next matching call fail; ``times=None`` means until removed."""
        fault = Fault(
            kind=kind or ("html" if status in _PROXY_STATUSES else "error"),
            method=method,
            chat_id=chat_id,
            nth=nth,
            times=times,
            status=status,
            retry_after=retry_after,
            description=description,
            seconds=seconds,
            probability=probability,
        )
        self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        if fault in self._faults:
            self._faults.remove(fault)

    def clear(self) -> None:
        self._faults.clear()

    def next_for(self, method: str, chat_id: int | None) -> Fault | None:
        """Find the fault that strikes this call and use it up."""
        for fault in self._faults:
            if fault.matches(method, chat_id) and self._strikes(fault):
                return fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        fault.seen += 1
        if fault.nth is not None and fault.seen < fault.nth:
            return False
        if fault.probability < 1 and self._rng.random() >= fault.probability:
            return False
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.remove(fault)
        return True
