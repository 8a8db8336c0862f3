"""Changing a confirmed phone [000], and 72 hours in which the old number can undo it (ours)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.errors import BarredAfterPhoneChange, PhonesMissing, UndoFault, UndoNotAllowed
from domain.identity import BARRED, Action, IinFacts, Shown, enter
from domain.phone import Phone

UNDO_WITHIN = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class PhoneChange:
    """One phone replaced by another. Both numbers are told. Instants in UTC."""

    old: Phone
    new: Phone
    at: datetime
    undone_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """The instant since which it can no longer be undone, and bars nothing."""
        return self.at + UNDO_WITHIN

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be undone."""
        return self.undone_at is None and now < self.until


@dataclass(frozen=True, slots=True)
class Undo:
    """What undoing a change does: the changes undone, and the phones that trade places back."""

    put_back: Phone
    taken_away: Phone
    undoes: tuple[PhoneChange, ...]


def change_phone(old: Phone, new: Phone, facts: IinFacts, shown: Shown, now: datetime) -> PhoneChange:
    """Replace a confirmed phone: the proof of entering, and the new phone confirmed too.

    Raises ProofNeeded, PhonesMissing, and ValueError for an old phone that is not confirmed or
    a new one that is.
    """
    if old not in facts.confirmed_phones:
        raise ValueError(f"not a confirmed phone: {old}")
    add_phone(new, facts, shown)
    return PhoneChange(old, new, now)


def add_phone(new: Phone, facts: IinFacts, shown: Shown) -> None:
    """Confirm one more phone: the same proof, and the phone confirmed too.

    Raises ProofNeeded, PhonesMissing, and ValueError for one that is confirmed already.
    """
    if new in facts.confirmed_phones:
        raise ValueError(f"a confirmed phone: {new}")
    enter(facts, shown)
    if new not in shown.confirmed:
        raise PhonesMissing(1)


def undo(changes: Sequence[PhoneChange], asked_by: Phone, now: datetime) -> Undo:
    """Undo the change that took `asked_by` away, with those that followed from it.

    A thief who changes the number twice must not escape the first owner. `changes` are in
    order of time; that the phone is in the hands of who asks was shown by a code.
    Raises UndoNotAllowed.
    """
    own = [n for n, change in enumerate(changes) if change.old == asked_by]
    if not own:
        raise UndoNotAllowed(UndoFault.NOT_THE_OLD_NUMBER)
    first = changes[own[-1]]
    if first.undone_at is not None:
        raise UndoNotAllowed(UndoFault.ALREADY_UNDONE)
    if not first.is_open(now):
        raise UndoNotAllowed(UndoFault.TOO_LATE)
    chain = [first]
    for later in changes[own[-1] + 1 :]:
        if later.undone_at is None and later.old == chain[-1].new:
            chain.append(later)
    return Undo(asked_by, chain[-1].new, tuple(chain))


def undo_all(
    confirmed: Iterable[Phone],
    changes: Sequence[PhoneChange],
    asked_by: Phone,
    came_at: datetime,
    now: datetime,
) -> tuple[Undo, ...]:
    """What asking by that phone undoes: with its own change every other that can still be undone.

    A thief who took both phones must not keep one of them to come back by. `confirmed` are the phones now;
    `came_at` is when the one that asks was confirmed first: what was changed until then is not its affair,
    or a thief's number could speak for those before it. Raises UndoNotAllowed.
    """
    undo(changes, asked_by, now)
    changes = [change for change in changes if change.at > came_at or change.old == asked_by]
    undone = []
    for number in confirmed:
        before, chain = number, []
        for change in reversed(changes):
            if change.is_open(now) and change.new == before:
                before = change.old
                chain.append(change)
        if chain:
            undone.append(Undo(before, number, tuple(reversed(chain))))
    return tuple(undone)


class Undoable(Protocol):
    """A change of phone, or an addition."""

    @property
    def until(self) -> datetime:
        """The instant since which it can no longer be undone."""

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be undone."""


def refuse_barred(action: Action, changes: Iterable[Undoable], now: datetime) -> None:
    """Refuse to withdraw, to give up a seat or privilege and to add a parent while a change can be undone.

    Raises BarredAfterPhoneChange with the instant since which it is allowed.
    """
    open_until = [change.until for change in changes if change.is_open(now)]
    if action in BARRED and open_until:
        raise BarredAfterPhoneChange(max(open_until))
