"""Going through a round, part by part, beside any number of other clockworks."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from domain.rounds import Round
from storage import rounds
from storage.database import Database
from storage.rounds import Step
from storage.transaction import Transaction

P = TypeVar("P")


async def go_through(
    database: Database,
    which: Round,
    look: Callable[[Transaction, Step], P],
    write: Callable[[Transaction, Step, P], int],
) -> int:
    """Go through a round that is due; how many were told.

    `look` finds out the next part, `write` writes it and says with `rounds.go_on` how far it has come.
    A part that somebody else has written meanwhile is dropped.
    """
    if not await database.read(partial(rounds.is_armed, which=which)):
        await database.write(partial(rounds.arm, which=which))
    told = 0
    while (at := await database.read(partial(rounds.step, which=which))) is not None:
        part = await database.read(partial(_looked, at=at, look=look))
        written = await database.write(partial(_written, at=at, part=part, write=write))
        if written is None:
            break
        told += written
    return told


def _looked(tx: Transaction, at: Step, look: Callable[[Transaction, Step], P]) -> P:
    return look(tx, at)


def _written(tx: Transaction, at: Step, part: P, write: Callable[[Transaction, Step, P], int]) -> int | None:
    """How many were told; None: another clockwork is at it, and goes on."""
    return write(tx, at, part) if rounds.take(tx, at) else None
