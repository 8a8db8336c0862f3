"""Whether a channel is worth asking: a circuit breaker.

    UP ── several failures, one after the other ──► DOWN ── a pause ──► PROBED ── one message ──► UP or DOWN

A channel that is down is not asked for every message that waits for it. The pauses grow as long as it stays
down. What says no to a message is not down.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from random import uniform

MOST_FAILURES = 5
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=1)


class State(Enum):
    """What is known of a channel."""

    UP = 0
    PROBED = 1
    DOWN = 2


class Gate:
    """The breaker of one channel in this process. `clock` tells seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._pause = FIRST_PAUSE
        self._shut_until: float | None = None
        self._held_until = 0.0
        self.probing = False

    @property
    def state(self) -> State:
        """As it is now."""
        now = self._clock()
        if now < self._held_until:
            return State.DOWN
        if self._shut_until is None:
            return State.UP
        return State.DOWN if self.probing or now < self._shut_until else State.PROBED

    def begin(self) -> bool:
        """Whether a message may go now. In PROBED only one does, until it is known what became of it."""
        state = self.state
        if state is State.PROBED:
            self.probing = True
        return state is not State.DOWN

    def answered(self) -> None:
        """The channel works, whatever it said."""
        self._failures, self._pause = 0, FIRST_PAUSE
        self._shut_until, self.probing = None, False

    def failed(self) -> None:
        """No answer, or one that shows that the channel is in trouble."""
        self._failures += 1
        if self.probing or (self._shut_until is None and self._failures >= MOST_FAILURES):
            pause = self._pause * uniform(0.8, 1.2)
            self._shut_until, self.probing = self._clock() + pause.total_seconds(), False
            self._pause = min(2 * self._pause, LONGEST_PAUSE)

    def undecided(self) -> None:
        """Nothing was learnt from a message that was let through."""
        self.probing = False

    def hold(self, span: timedelta) -> None:
        """The channel has asked everybody to wait. Then it goes on as before."""
        self._held_until = max(self._held_until, self._clock() + span.total_seconds())
