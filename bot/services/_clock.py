"""The time, handed to services so that a test can set it."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)
