"""What is counted for whoever is on call. No label ever names a person."""

from prometheus_client import CollectorRegistry, Counter, Histogram


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
