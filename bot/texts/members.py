"""Every sentence the bot says about managing members."""

from bot.texts.format import esc


def banned(reason: str) -> str:
    return f"🚫 You can no longer use this bot.\nReason: {esc(reason)}\nPlease talk to the club."
