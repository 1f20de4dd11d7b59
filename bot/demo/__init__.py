"""``make demo``: a small club on a Telegram of its own, everything on this machine.

The bot runs as a process of its own, the production bot unchanged: it only sees another
BOT_API_URL. This process holds the servers, the simulator and the bot's log.
"""

from bot.demo.running import run_demo

__all__ = ["run_demo"]
