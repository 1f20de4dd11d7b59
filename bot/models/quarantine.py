"""Updates that keep failing by a fault of ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedUpdate:
    """``user_id`` is Telegram's, ``error`` the last traceback; quarantined: no longer tried."""

    bot_id: int
    update_id: int
    user_id: int | None
    payload: dict[str, Any]
    error: str
    attempts: int
    failed_at: datetime
    quarantined_at: datetime | None
