"""The numbers Telegram lives by, in one place, so that a test may shrink them."""

from dataclasses import dataclass

MAX_TEXT_BYTES = 32_768
MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ANSWER = 200
MAX_DATA_BYTES = 64
MAX_COPY_TEXT = 256
MAX_BUTTONS = 100
MAX_ROW = 8
MAX_DOWNLOAD = 20 << 20
MAX_PHOTO = 10 << 20
MAX_DOCUMENT = 50 << 20
DAY_SECONDS = 86_400
DELETE_SECONDS = 2 * DAY_SECONDS


@dataclass(slots=True, kw_only=True)
class Rules:
    """What Telegram keeps to itself or what a test wants smaller."""

    callback_seconds: float = 15.0  # undocumented; people report 5 to 20
    second_answer_is_refused: bool = False
    queue_capacity: int = 100_000
    conflict_pause: float = 3.0  # between two 409s
    busy_pause: float = 3.0  # of a poll that asks the same again so soon
    retry_scale: float = 1.0  # 0.01 makes a minute of webhook back-off 0.6 s
    webhook_timeout: float = 60.0
    public_webhooks_only: bool = False  # True: https and the four ports, as in the cloud
