"""Something a flow needs from outside: asked for as data, run after the commit, answered by a turn."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

PATIENCE = timedelta(seconds=6)
NOBODY_WAITS = 0
"""The step of an errand that no step waits for: several can be under way at once."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What is asked for: its kind, the request (sealed at rest), the step that waits for it.

    After `patience` the conversation goes on without an answer.
    """

    kind: str
    request: dict[str, Any]
    step: int
    patience: timedelta = PATIENCE


class ErrandFailed(Exception):
    """The outside did not answer this time. It is tried again until its time is over."""


class Runner(Protocol):
    """What runs one kind of errand."""

    patience: timedelta

    async def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer, as plain data. Raises ErrandFailed for what may pass."""
