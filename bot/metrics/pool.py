"""The pool of connections, read when somebody scrapes."""

from collections.abc import Iterator

from asyncpg import Pool
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


class PoolCollector(Collector):
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        opened, idle = self._pool.get_size(), self._pool.get_idle_size()
        connections = GaugeMetricFamily(
            "clubdesk_pool_connections", "Open connections to PostgreSQL.", labels=["state"]
        )
        connections.add_metric(["in_use"], opened - idle)
        connections.add_metric(["idle"], idle)
        yield connections
        yield GaugeMetricFamily(
            "clubdesk_pool_limit", "As many may be open at once.", self._pool.get_max_size()
        )
