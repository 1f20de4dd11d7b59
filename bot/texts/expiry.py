"""Every sentence to admins about subscriptions that have ended."""

from bot.models.expiry import LockedList
from bot.texts.format import calendar_day, esc


def locked(shown: LockedList) -> str:
    names = [f"• {esc(name)}" for name in shown.names]
    more = [f"and {shown.more} more"] if shown.more > 0 else []
    return "\n".join(
        [
            f"🔒 <b>Locked since {calendar_day(shown.day)}</b>",
            "Their subscription and its grace are over, or all visits are used:",
            *names,
            *more,
        ]
    )
