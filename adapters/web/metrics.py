"""What Henji counts and measures, as Prometheus reads it.

Made and fed by bots, shown by the server at /metrics. Has a registry of its own, so that two desks in one
process do not mix. Never asks anybody for a number but those whom bots hands in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST

# Seconds. A commit is one fsync: half a millisecond on a good disk.
_FAST: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Measured(NamedTuple):
    """Numbers of one name as they stand now: a counter that only grows, or a gauge.

    `values` are by the value of `label`; without a label there is one, under the empty name.
    """

    name: str
    help: str
    kind: Literal["counter", "gauge"]
    values: Mapping[str, float]
    label: str = ""


class Metrics:
    """The numbers of one process: those it is told of, and those it asks for when it is read."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._commands = Counter(
            "henji_commands",
            "Commands handled, by kind and by what came of them (done, refused, unavailable, failed).",
            ["kind", "outcome"],
            registry=self._registry,
        )
        self._command_seconds = Histogram(
            "henji_command_seconds",
            "Seconds from a command to its answer: read, decided and committed.",
            buckets=_FAST,
            registry=self._registry,
        )
        self._commit_seconds = Histogram(
            "henji_commit_seconds",
            "Seconds of one commit, durable when it returns.",
            buckets=_FAST,
            registry=self._registry,
        )

    def measure(self, measured: Callable[[], Iterable[Measured]]) -> None:
        """Ask for these too, whenever somebody reads."""
        self._registry.register(_Collected(measured))

    def command(self, kind: str, outcome: str, seconds: float) -> None:
        """A command was handled."""
        self._commands.labels(kind, outcome).inc()
        self._command_seconds.observe(seconds)

    def committed(self, seconds: float) -> None:
        """One commit was made."""
        self._commit_seconds.observe(seconds)

    def text(self) -> bytes:
        """All of it, in Prometheus's text format."""
        return generate_latest(self._registry)


class _Collected(Collector):
    """Asks for what is measured whenever somebody reads."""

    def __init__(self, measured: Callable[[], Iterable[Measured]]) -> None:
        self._measured = measured

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: otherwise it would be asked while it is being put together."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """What is measured now."""
        for each in self._measured():
            family = CounterMetricFamily if each.kind == "counter" else GaugeMetricFamily
            metric = family(f"henji_{each.name}", each.help, labels=[each.label] if each.label else None)
            for label, value in each.values.items():
                metric.add_metric([label] if each.label else [], value)
            yield metric
