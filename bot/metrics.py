"""What is counted for whoever is on call. No label ever names a person."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bot.notifiers.lane import Lane
from domain.manner import Urgency
from storage.backlog import Waiting


class Metrics:
    """The counters of this process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._turns = Counter(
            "kezek_turns", "Messages taken, by what became of them", ["outcome"], registry=registry
        )
        self._deliveries = Counter(
            "kezek_deliveries",
            "Messages sent, by channel and outcome",
            ["channel", "outcome"],
            registry=registry,
        )
        self._backlog = Gauge(
            "kezek_backlog",
            "Messages that are due and not sent yet, in the whole database",
            ["channel", "urgency"],
            registry=registry,
        )
        self._oldest_seconds = Gauge(
            "kezek_backlog_oldest_seconds",
            "Since when the oldest message is due that was not sent yet, in the whole database",
            ["urgency"],
            registry=registry,
        )
        self._channel_state = Gauge(
            "kezek_channel_state",
            "How a channel does as this process sees it: 0 up, 1 being tried, 2 down",
            ["channel"],
            registry=registry,
        )
        self._turn_seconds = Histogram(
            "kezek_turn_seconds", "From taking a message to its commit", registry=registry
        )

    def turn(self, outcome: str, seconds: float) -> None:
        """One message was taken: played, duplicate, failed, not_kept."""
        self._turns.labels(outcome).inc()
        self._turn_seconds.observe(seconds)

    def delivery(self, channel: str, outcome: str) -> None:
        """One message was settled: sent, pending (put off), failed, given_up."""
        self._deliveries.labels(channel, outcome).inc()

    def backlog(self, waiting: Sequence[Waiting], lanes: Mapping[str, Lane], now: datetime) -> None:
        """What is due and was not sent yet, and how the channels do."""
        self._backlog.clear()
        oldest = dict.fromkeys(Urgency, 0.0)
        for each in waiting:
            urgency = Urgency(each.urgency)
            self._backlog.labels(each.channel, urgency.name.lower()).set(each.number)
            oldest[urgency] = max(oldest[urgency], (now - each.since).total_seconds())
        for urgency, seconds in oldest.items():
            self._oldest_seconds.labels(urgency.name.lower()).set(seconds)
        for channel, lane in lanes.items():
            self._channel_state.labels(channel).set_function(partial(_state, lane))


def _state(lane: Lane) -> float:
    return lane.gate.state.value
