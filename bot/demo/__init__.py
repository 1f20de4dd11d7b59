"""A small club on a Telegram of its own, everything on this machine.

    running.py   make demo: one polling bot
    cluster.py   make cluster: workers behind nginx, as in docker-compose.yml
    alone.py     the simulator for workers elsewhere: docker compose --profile demo

The bot runs as processes of its own, the production bot unchanged: it only sees another
BOT_API_URL. This process holds the servers, the simulator and the bots' log.
"""

from bot.demo.alone import run_simulator
from bot.demo.cluster import run_cluster
from bot.demo.running import run_demo

__all__ = ["run_cluster", "run_demo", "run_simulator"]
