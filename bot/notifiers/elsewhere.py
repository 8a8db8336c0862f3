"""For a process that does not deliver: its messages wait in the log for one that does."""

from collections.abc import Sequence

from bot.conversation.outbox import Posted


class DeliveredElsewhere:
    """Takes nothing in hand: rows are written without a lease."""

    worker = None

    def accept(self, posted: Sequence[Posted]) -> None:
        """Nothing to do: another process leases them."""
