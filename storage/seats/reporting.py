"""A kindergarten reports the free seats of a group, corrects them before 18:00, and recalls them [003].

The policy in force at the report gives the list's instants; they are written down and stay as they are.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update

from domain.errors import AlreadyPublished, AlreadyRecalled, GroupClosed, SeatsOutOfRange
from domain.local_time import local_date
from domain.seat_list import SeatList, list_for
from storage import policies, publishing
from storage.publishing import NewBulletin
from storage.seats import room
from storage.seats.recalled_claims import EndedClaim, recall_seats
from storage.tables import bulletin, child_group, kindergarten, seat, seat_list
from storage.transaction import Transaction
from storage.types import Instant

VACANT = "vacant"
"""The usual kind of seat."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports: a role that every parent may read, and the member of staff, who stays among us."""

    role: str = "kindergarten"
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """The bulletin that was written, and when its list is published and opens."""

    bulletin_id: int
    seat_list: SeatList


@dataclass(frozen=True, slots=True)
class Recalled:
    """How many seats were taken off, and whose claims that ended: they are to be told."""

    seats: int
    ended: tuple[EndedClaim, ...]


_GROUP = (
    select(child_group, kindergarten.c.territory_id, kindergarten.c.closed_at.label("house_closed_at"))
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(child_group.c.id == bindparam("of_group"))
    # Of two reports for one group at once the second counts the seats of the first.
    .with_for_update(of=child_group, key_share=True)
)
_BULLETIN = (
    select(bulletin, seat_list.c.publish_at)
    .join(seat_list, seat_list.c.id == bulletin.c.list_id)
    .where(bulletin.c.id == bindparam("of_bulletin"))
    .with_for_update(of=bulletin, key_share=True)
)
_RESIZE = (
    update(bulletin).where(bulletin.c.id == bindparam("of_bulletin")).values(total_seats=bindparam("seats"))
)
_THERE = select(func.count()).where(
    seat.c.bulletin_id == bindparam("of_bulletin"), seat.c.recalled_at.is_(None)
)
# Recalling takes the last ones off first: those that stay are the first ones.
_DROP = delete(seat).where(
    seat.c.bulletin_id == bindparam("of_bulletin"),
    or_(seat.c.recalled_at.is_not(None), seat.c.position > bindparam("last")),
)
_RECALL = (
    update(bulletin)
    .where(bulletin.c.id == bindparam("of_bulletin"))
    .values(recalled_at=bindparam("at", type_=Instant()), recall_reason=bindparam("by_role"))
)


def report(
    tx: Transaction,
    group_id: int,
    seats: int,
    *,
    by: Reporter,
    released_on: date | None = None,
    seat_kind: str = VACANT,
) -> Reported:
    """Report free seats of a group, empty from `released_on` (today), for the next list.

    Raises GroupClosed, SeatsOutOfRange when that would be more than the group has room for on that day,
    NoPolicyInForce.
    """
    group = tx.conn.execute(_GROUP, {"of_group": group_id}).one()
    if group.closed_at is not None or group.house_closed_at is not None:
        raise GroupClosed
    empty_from = released_on or local_date(tx.now)
    _check(tx, group_id, seats, empty_from)
    list_id, planned = next_list(tx, group.territory_id, tx.now)
    new = NewBulletin(
        list_id=list_id,
        group_id=group_id,
        seats=seats,
        language=group.language,
        birth_years=group.birth_years,
        seat_kind=seat_kind,
        released_on=empty_from,
        reported_at=tx.now,
        by_role=by.role,
        by_staff=by.staff_id,
    )
    bulletin_id = publishing.write_bulletin(tx, new)
    publishing.add_seats(tx, bulletin_id, range(1, seats + 1))
    return Reported(bulletin_id, planned)


def next_list(tx: Transaction, territory_id: int, reported_at: datetime) -> tuple[int, SeatList]:
    """The list for what is reported then: found or made, and locked. Raises NoPolicyInForce.

    It is the one after it where the access to it was made while we waited.
    """
    policy = policies.in_force(tx, territory_id, reported_at)
    planned = list_for(reported_at, policy)
    while (place := publishing.place_on(tx, territory_id, planned)).is_closed:
        planned = list_for(planned.publish_at, policy)
    return place.id, planned


def correct(tx: Transaction, bulletin_id: int, seats: int) -> None:
    """Make it so many seats in all before anybody has seen them; those recalled before do not count.

    Raises AlreadyPublished, AlreadyRecalled, SeatsOutOfRange.
    """
    found = _locked(tx, bulletin_id)
    if tx.now >= found.publish_at:
        raise AlreadyPublished(found.publish_at)
    tx.conn.execute(_GROUP, {"of_group": found.group_id}).one()
    there: int = tx.conn.execute(_THERE, {"of_bulletin": bulletin_id}).scalar_one()
    _check(tx, found.group_id, seats, found.released_on, offered_here=there)
    tx.conn.execute(_RESIZE, {"of_bulletin": bulletin_id, "seats": seats})
    tx.conn.execute(_DROP, {"of_bulletin": bulletin_id, "last": seats})
    if seats > there:
        publishing.add_seats(tx, bulletin_id, range(there + 1, seats + 1))


def recall(
    tx: Transaction, bulletin_id: int, words: str, *, by: Reporter, seats: int | None = None
) -> Recalled:
    """Take a whole bulletin off, or some of its seats: free ones first, then what is only held.

    A seat that was signed for stays as it is. Claims on recalled seats end, with `words` as what staff
    say to it, and none of these seats comes out again. Raises AlreadyRecalled, SeatsOutOfRange for more
    seats than can be recalled.
    """
    _locked(tx, bulletin_id)
    whole = seats is None
    recalled, ended = recall_seats(tx, bulletin_id, words, seats)
    if whole:
        tx.conn.execute(_RECALL, {"of_bulletin": bulletin_id, "at": tx.now, "by_role": by.role})
    return Recalled(recalled, ended)


def _check(tx: Transaction, group_id: int, seats: int, empty_from: date, offered_here: int = 0) -> None:
    there = room.of_groups(tx, [group_id], empty_from)[group_id]
    most = replace(there, offered=there.offered - offered_here).left
    if not 1 <= seats <= most:
        raise SeatsOutOfRange(most)


def _locked(tx: Transaction, bulletin_id: int) -> Any:
    found = tx.conn.execute(_BULLETIN, {"of_bulletin": bulletin_id}).one()
    if found.recalled_at is not None:
        raise AlreadyRecalled
    return found
