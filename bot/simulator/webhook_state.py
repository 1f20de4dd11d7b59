"""What a bot told Telegram about its webhook, and how the deliveries went."""

from dataclasses import dataclass

from bot.simulator.models import JsonDict
from bot.simulator.views import present

DEFAULT_CONNECTIONS = 40


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
