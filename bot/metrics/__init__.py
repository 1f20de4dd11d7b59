"""What a worker counts, for Prometheus: no personal data, and only small sets of label values.

``Metrics(registry)`` makes every instrument in a registry of the caller's; whoever does something
worth counting is handed the ``Metrics`` and says so in one line:

    metrics.update_handled(router="menu", outcome="refused: NotYours", seconds=0.012)
    metrics.poller_is("standby")                # a lease was lost, or is waited for
    bot.session.middleware(CountCalls(metrics)) # every call to Telegram
    metrics.watch_pool(pool)                    # read at each scrape
    text = metrics.exposition()                 # what /metrics answers
"""

from bot.metrics.instruments import JobResult, Metrics, PollerState
from bot.metrics.redis import CountingRedis
from bot.metrics.telegram import CountCalls

__all__ = ["CountCalls", "CountingRedis", "JobResult", "Metrics", "PollerState"]
