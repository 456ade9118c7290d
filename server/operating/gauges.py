"""What is read off an application when its metrics are asked for: load, errors, index, database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from server.assistant import Assistant
from server.keeping.keeper import Keeper
from server.operating.requests import Traffic

__all__ = ["Gauges"]


class Gauges(Collector):
    """The state of one application; ``assistant`` gives the one that is asked at the moment."""

    def __init__(
        self, traffic: Traffic, assistant: Callable[[], Assistant], keeper: Keeper | None
    ) -> None:
        self._traffic, self._assistant, self._keeper = traffic, assistant, keeper
        self._followed: dict[str, tuple[str, Callable[[], float]]] = {}
        self.follow(
            "tiaowen_http_requests_in_progress",
            "Requests under way.",
            lambda: self._traffic.under_way,
        )
        if keeper:
            text = "Writes that wait for the database."
            self.follow("tiaowen_writes_waiting", text, lambda: keeper.writer.waiting)

    def follow(self, name: str, text: str, read: Callable[[], float]) -> None:
        """Show a value that is read at each scrape: the bound of a queue, what waits in it."""
        self._followed[name] = (text, read)

    def describe(self) -> list[Metric]:
        """Nothing: a registry then need not collect at the start."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Read everything now."""
        for name, (text, read) in self._followed.items():
            yield GaugeMetricFamily(name, text, value=read())
        errors = CounterMetricFamily(
            "tiaowen_errors", "Errors answered, by the code in their body.", labels=["code"]
        )
        for code, number in sorted(self._traffic.errors.items()):
            errors.add_metric([code], number)
        yield errors
        yield self._index()
        yield from self._kept()

    def _index(self) -> Metric:
        index = self._assistant().index
        named = {"generation": index.folder.name, "format": str(index.manifest.format)}
        return InfoMetricFamily("tiaowen_index", "The index that is asked.", value=named)

    def _kept(self) -> Iterator[Metric]:
        if not self._keeper:
            return
        database, writer = self._keeper.database, self._keeper.writer
        failed = CounterMetricFamily(
            "tiaowen_database_errors", "Failed uses of the database.", labels=["use"]
        )
        for use, number in sorted(database.errors.items()):
            failed.add_metric([use], number)
        yield failed
        yield CounterMetricFamily(
            "tiaowen_not_kept", "Writes that were lost: failed, or too many waiting.", writer.lost
        )
