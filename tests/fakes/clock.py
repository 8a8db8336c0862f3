"""A clock that stands until it is moved."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


class SetClock:
    """Tells the instant it was set to, whatever a server says."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at
        self.server_times: list[datetime | None] = []

    def read(self, server_time: datetime | None) -> datetime:
        """The instant set; remembers what the server said."""
        self.server_times.append(server_time)
        return self.at

    def advance(self, span: timedelta) -> datetime:
        """Move on by `span`; the new instant."""
        self.at += span
        return self.at
