"""What a bot told Telegram about its webhook, and how the deliveries went."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.simulator.models import JsonDict
from bot.simulator.views import present

DEFAULT_CONNECTIONS = 40


@dataclass(slots=True, frozen=True, kw_only=True)
class Attempt:
    """One try to deliver one update; status 0 means no answer."""

    update_id: int
    at: float
    status: int
    ms: float


@dataclass(slots=True, eq=False)
class Webhook:
    url: str = ""
    secret: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    has_certificate: bool = False
    ip_address: str = ""
    set_at: float = float("-inf")
    last_error_at: int = 0
    last_error: str = ""
    gone_since: float | None = None  # when the run of 410s began
    attempts: list[Attempt] = field(default_factory=list)
    _open: int = 0
    _freed: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[None]:
        """Hold one of the ``max_connections``, waiting for it if need be."""
        while self._open >= self.max_connections:
            self._freed.clear()
            await self._freed.wait()
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1
            self._freed.set()

    def failed(self, at: float, error: str) -> None:
        self.last_error_at, self.last_error = int(at), error

    def info(self, pending: int, allowed: frozenset[str] | None) -> JsonDict:
        always = {
            "url": self.url,
            "has_custom_certificate": self.has_certificate,
            "pending_update_count": pending,
        }
        if not self.url:
            return always
        return always | present(
            {
                "last_error_date": self.last_error_at or None,
                "last_error_message": self.last_error or None,
                "max_connections": self.max_connections,
                "ip_address": self.ip_address or None,
                "allowed_updates": sorted(allowed) if allowed else None,
            }
        )
