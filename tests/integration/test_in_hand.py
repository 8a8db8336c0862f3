"""What applications have in hand, and what is left of it when one is withdrawn."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.application import Happening, Status
from domain.claim import ClaimKind
from domain.errors import StatusForbids
from storage import in_hand
from storage.application_changes import set_status
from storage.applications import Application, find
from storage.database import Database
from storage.ids import new_id
from storage.in_hand import InHand
from storage.submitting import submit
from storage.tables import access, claim, referral, seat, seat_list
from storage.transaction import Transaction
from storage.withdrawals import withdraw
from tests.fakes.clock import START, SetClock
from tests.integration.queue_people import People
from tests.integration.rows import TERMS, add, add_bulletin, add_claim, add_seat

TEN_MINUTES = timedelta(minutes=10)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Seated:
    """An application with a claim on a seat."""

    application_id: int
    seat_id: int
    claim_id: int


class Town:
    """A territory with a bulletin, in which applications have seats in hand."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self.people = People.arrive(tx)
        self.bulletin_id = add_bulletin(tx, self.people.territory_id)
        self._seats = 0

    def application(self, happening: Happening | None = None) -> Application:
        """An application in its queue, to which this has happened."""
        submitted = submit(self.tx, self.people.application(self.tx))
        found = find(self.tx, submitted.application_id)
        assert found is not None
        return found if happening is None else set_status(self.tx, found, happening).application

    def seats(self, state: str, happening: Happening | None = None, **values: Any) -> Seated:
        """An application with a claim in that state."""
        self._seats += 1
        whole = self.application(happening)
        seat_id = add_seat(self.tx, self.bulletin_id, self._seats)
        row = {"state": state, "held_until": START + TEN_MINUTES} | values
        claim_id = add_claim(self.tx, seat_id, whole.id, whole.child_id, **row)
        held = {"claim_id": claim_id, "held_until": START + TEN_MINUTES}
        self.tx.conn.execute(seat.update().where(seat.c.id == seat_id).values(**held))
        return Seated(whole.id, seat_id, claim_id)

    def refers(self, seated: Seated) -> int:
        """A referral for a claim."""
        days = {"valid_through": date(2026, 11, 27), "ends_at": START + timedelta(days=7)}
        given = {"number": new_id(), "terms": TERMS, "state": "referred"}
        return add(self.tx, referral, claim_id=seated.claim_id, issued_at=START, **days, **given)


def newest(tx: Transaction, seated: Seated) -> InHand:
    """What an application has in hand."""
    return in_hand.of_applications(tx, [seated.application_id])[seated.application_id]


def row_of(tx: Transaction, table: Any, row_id: int) -> Any:
    return tx.conn.execute(select(table).where(table.c.id == row_id)).one()


def withdrawn(tx: Transaction, seated: Seated) -> Status:
    """The application is withdrawn; its status then."""
    before = find(tx, seated.application_id)
    assert before is not None
    return withdraw(tx, before).application.status


@pytest.mark.parametrize(("after", "live"), [(TEN_MINUTES - SECOND, True), (TEN_MINUTES, False)])
async def test_a_hold_is_in_hand_until_just_before_its_end(
    database: Database, after: timedelta, live: bool
) -> None:
    held = await database.write(lambda tx: newest(tx, Town(tx).seats("held")))

    assert (held.kind, held.is_live(START + after)) == (ClaimKind.HELD, live)
    assert (held.kindergarten, held.group) == ("Garden", "Group")


async def test_a_referral_is_in_hand_with_its_last_day_whatever_the_hold_was(database: Database) -> None:
    def work(tx: Transaction) -> InHand:
        town = Town(tx)
        seated = town.seats("referred", Happening.REFERRED)
        town.refers(seated)
        return newest(tx, seated)

    referred = await database.write(work)

    assert (referred.kind, referred.valid_through) == (ClaimKind.REFERRED, date(2026, 11, 27))
    assert referred.is_live(START + timedelta(days=3))


async def test_of_several_the_newest_counts_and_one_that_is_over_is_not_in_hand(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, InHand]:
        town = Town(tx)
        first = town.seats("lapsed", ended_at=START)
        application_id, seat_id = first.application_id, add_seat(tx, town.bulletin_id, 9)
        child_id = row_of(tx, claim, first.claim_id).child_id
        later = {"state": "let_go", "taken_at": START + SECOND, "ended_at": START + TEN_MINUTES}
        return add_claim(tx, seat_id, application_id, child_id, **later), newest(tx, first)

    second, held = await database.write(work)

    assert (held.claim_id, held.kind, held.is_live(START)) == (second, None, False)


async def test_who_never_had_anything_has_nothing(database: Database) -> None:
    def work(tx: Transaction) -> dict[int, InHand]:
        return in_hand.of_applications(tx, [Town(tx).application().id])

    assert await database.write(work) == {}


@pytest.mark.parametrize(("before_end", "has"), [(SECOND, True), (timedelta(0), False)])
async def test_access_lasts_until_just_before_its_end(
    database: Database, before_end: timedelta, has: bool
) -> None:
    ends_at = START + timedelta(days=3)

    def work(tx: Transaction) -> tuple[int, dict[int, Any]]:
        application_id = Town(tx).application().id
        list_id = tx.conn.execute(select(seat_list.c.id)).scalar_one()
        tx.conn.execute(update(seat_list).values(access_made_at=START))
        row = {"list_id": list_id, "application_id": application_id, "made_at": START, "ends_at": ends_at}
        tx.conn.execute(access.insert().values(**row))
        return application_id, in_hand.access_of(tx, [application_id], ends_at - before_end)

    application_id, found = await database.write(work)

    assert found == ({application_id: ends_at} if has else {})


async def test_withdrawing_lets_a_held_seat_go_at_that_instant(database: Database) -> None:
    def work(tx: Transaction) -> tuple[Any, Any]:
        seated = Town(tx).seats("held")
        withdrawn(tx, seated)
        return row_of(tx, claim, seated.claim_id), row_of(tx, seat, seated.seat_id)

    ended, free = await database.write(work)

    assert (ended.state, ended.ended_at, ended.end_reason) == ("withdrawn", START, "application_withdrawn")
    assert (free.claim_id, free.held_until) == (None, None)


async def test_twins_lose_both_seats_whichever_of_them_is_withdrawn(database: Database) -> None:
    def work(tx: Transaction) -> list[tuple[str, int | None]]:
        town, left = Town(tx), []
        for which in (0, 1):
            one = town.seats("held")
            other = town.seats("held", twin_of=one.claim_id)
            tx.conn.execute(claim.update().where(claim.c.id == one.claim_id).values(twin_of=other.claim_id))
            withdrawn(tx, (one, other)[which])
            left += [
                (row_of(tx, claim, each.claim_id).state, row_of(tx, seat, each.seat_id).claim_id)
                for each in (one, other)
            ]
        return left

    assert await database.write(work) == [("withdrawn", None)] * 4


async def test_a_seat_that_was_confirmed_waits_for_the_next_list_with_its_cause(database: Database) -> None:
    def work(tx: Transaction) -> tuple[Any, Any, Any]:
        town = Town(tx)
        seated = town.seats("referred", Happening.REFERRED)
        referral_id = town.refers(seated)
        withdrawn(tx, seated)
        return (
            row_of(tx, claim, seated.claim_id),
            row_of(tx, seat, seated.seat_id),
            row_of(tx, referral, referral_id),
        )

    ended, kept, declined = await database.write(work)

    assert (ended.state, ended.ended_at) == ("declined", START)
    assert kept.claim_id == ended.id
    assert (declined.state, declined.ended_at) == ("declined", START)


async def test_what_was_sent_to_a_kindergarten_is_taken_back(database: Database) -> None:
    def work(tx: Transaction) -> tuple[Any, Any]:
        seated = Town(tx).seats("applied", Happening.SENT)
        withdrawn(tx, seated)
        return row_of(tx, claim, seated.claim_id), row_of(tx, seat, seated.seat_id)

    ended, kept = await database.write(work)

    assert ended.state == "withdrawn"
    assert kept.claim_id == ended.id


async def test_a_hold_that_lapsed_already_is_left_as_it_lapsed(database: Database, clock: SetClock) -> None:
    seated = await database.write(lambda tx: Town(tx).seats("held"))
    clock.advance(TEN_MINUTES)

    def work(tx: Transaction) -> str:
        withdrawn(tx, seated)
        return str(row_of(tx, claim, seated.claim_id).state)

    assert await database.write(work) == "held"


async def test_one_in_the_archive_is_not_withdrawn_again_and_its_seat_is_nobodys(database: Database) -> None:
    def work(tx: Transaction) -> None:
        seated = Town(tx).seats("held")
        withdrawn(tx, seated)
        withdrawn(tx, seated)

    with pytest.raises(StatusForbids):
        await database.write(work)
