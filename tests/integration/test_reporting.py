"""A kindergarten reports free seats, corrects them before anybody has seen them, and recalls them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from domain.application import Happening, Status
from domain.claim import ClaimKind
from domain.errors import AlreadyPublished, AlreadyRecalled, GroupClosed, SeatsOutOfRange
from domain.policy import Policy
from domain.policy_terms import Opens
from domain.seat_list import SeatList
from storage import applications
from storage.application_changes import set_status
from storage.database import Database
from storage.seats.reporting import Recalled, Reported, correct, recall, report
from storage.tables import child_group, claim, referral, seat, seat_list
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.rows import TERMS, add, add_claim
from tests.integration.seat_town import BY, Town

FRIDAY = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
"""18:00 in the town."""
MONDAY = SeatList(
    publish_at=FRIDAY,
    opens_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    priority_ends_at=datetime(2026, 11, 26, 2, 0, tzinfo=UTC),
)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def town(database: Database) -> Town:
    return await database.write(Town.found)


async def positions(database: Database, bulletin_id: int) -> list[tuple[int, bool]]:
    """The seats of a bulletin, and whether each was recalled."""

    def read(tx: Transaction) -> list[tuple[int, bool]]:
        found = select(seat).where(seat.c.bulletin_id == bulletin_id).order_by(seat.c.position)
        return [(row.position, row.recalled_at is not None) for row in tx.conn.execute(found)]

    return await database.read(read)


@pytest.mark.parametrize(
    ("at", "publish_at"),
    [(FRIDAY - SECOND, FRIDAY), (FRIDAY, FRIDAY + timedelta(days=3))],
    ids=["17:59:59", "18:00:00"],
)
async def test_what_is_reported_from_18_00_on_comes_out_on_the_next_list(
    database: Database, town: Town, clock: SetClock, at: datetime, publish_at: datetime
) -> None:
    clock.at = at

    reported = await database.write(lambda tx: town.reports(tx, 2))

    assert reported.seat_list.publish_at == publish_at


async def test_the_instants_are_those_of_the_policy_at_the_report(
    database: Database, town: Town, clock: SetClock
) -> None:
    reported = await database.write(lambda tx: town.reports(tx, 2))
    at_once = replace(Policy(), opens=Opens.AT_PUBLICATION, publish_at=time(17))
    await database.write(lambda tx: town.decide(tx, at_once, datetime(2026, 11, 19, 19, tzinfo=UTC)))

    def instants(tx: Transaction) -> SeatList:
        row = tx.conn.execute(select(seat_list)).one()
        return SeatList(
            publish_at=row.publish_at, opens_at=row.opens_at, priority_ends_at=row.priority_ends_at
        )

    assert (reported.seat_list, await database.read(instants)) == (MONDAY, MONDAY)


async def test_all_that_is_reported_on_a_weekend_comes_out_as_one_list(
    database: Database, town: Town, clock: SetClock
) -> None:
    clock.at = FRIDAY + timedelta(hours=20)
    first = await database.write(lambda tx: town.reports(tx, 2))
    clock.at = FRIDAY + timedelta(days=2)
    second = await database.write(lambda tx: town.reports(tx, 1))

    lists = await database.read(lambda tx: tx.conn.execute(select(seat_list.c.id)).scalars().all())
    assert (first.seat_list, len(lists)) == (second.seat_list, 1)


async def test_a_group_never_offers_more_seats_than_it_has_room_for(database: Database, town: Town) -> None:
    group = await database.write(lambda tx: town.group(tx, capacity=5))
    await database.write(lambda tx: report(tx, group, 3, by=BY))

    with pytest.raises(SeatsOutOfRange) as refused:
        await database.write(lambda tx: report(tx, group, 3, by=BY))

    assert refused.value.most == 2


@pytest.mark.parametrize("seats", [0, -1])
async def test_fewer_seats_than_one_are_refused(database: Database, town: Town, seats: int) -> None:
    with pytest.raises(SeatsOutOfRange):
        await database.write(lambda tx: town.reports(tx, seats))


async def test_a_closed_group_reports_nothing(database: Database, town: Town, clock: SetClock) -> None:
    def work(tx: Transaction) -> None:
        group = town.group(tx)
        tx.conn.execute(update(child_group).where(child_group.c.id == group).values(closed_at=clock.at))
        report(tx, group, 1, by=BY)

    with pytest.raises(GroupClosed):
        await database.write(work)


@pytest.mark.parametrize("seats", [1, 7])
async def test_before_18_00_it_can_become_more_and_fewer_seats(
    database: Database, town: Town, clock: SetClock, seats: int
) -> None:
    reported = await database.write(lambda tx: town.reports(tx, 3))
    clock.at = FRIDAY - SECOND

    await database.write(lambda tx: correct(tx, reported.bulletin_id, seats))

    assert await positions(database, reported.bulletin_id) == [(n, False) for n in range(1, seats + 1)]


@pytest.mark.parametrize("seats", [1, 2, 4, 25])
async def test_corrected_after_some_were_recalled_it_is_so_many_seats_as_said(
    database: Database, town: Town, seats: int
) -> None:
    reported = await database.write(lambda tx: town.reports(tx, 5))
    await database.write(lambda tx: recall(tx, reported.bulletin_id, "A burst pipe", by=BY, seats=3))

    with pytest.raises(SeatsOutOfRange) as refused:
        await database.write(lambda tx: correct(tx, reported.bulletin_id, 26))
    await database.write(lambda tx: correct(tx, reported.bulletin_id, seats))

    assert refused.value.most == 25
    assert await positions(database, reported.bulletin_id) == [(n, False) for n in range(1, seats + 1)]


async def test_from_18_00_on_nothing_is_corrected_any_more(
    database: Database, town: Town, clock: SetClock
) -> None:
    reported = await database.write(lambda tx: town.reports(tx, 3))
    clock.at = FRIDAY

    with pytest.raises(AlreadyPublished):
        await database.write(lambda tx: correct(tx, reported.bulletin_id, 2))


async def with_a_claim(database: Database, town: Town, state: str) -> tuple[Reported, int]:
    """A bulletin of two seats, one of which somebody has in hand; whose application that is."""

    def work(tx: Transaction) -> tuple[Reported, int]:
        reported = town.reports(tx, 2)
        submitted = town.applies(tx)
        whole = applications.find(tx, submitted.application_id)
        assert whole is not None
        taken = tx.conn.execute(
            select(seat.c.id).where(seat.c.bulletin_id == reported.bulletin_id, seat.c.position == 1)
        ).scalar_one()
        until = {"held_until": tx.now + timedelta(minutes=10)}
        claim_id = add_claim(tx, taken, whole.id, whole.child_id, state=state, taken_at=tx.now, **until)
        held = until if state == "held" else {}
        tx.conn.execute(update(seat).where(seat.c.id == taken).values(claim_id=claim_id, **held))
        if state != "held":
            set_status(tx, whole, Happening.SENT if state == "applied" else Happening.REFERRED)
        if state == "referred":
            given = {"number": 1, "terms": TERMS, "state": state, "valid_through": tx.now.date()}
            add(tx, referral, claim_id=claim_id, issued_at=tx.now, ends_at=tx.now, **given)
        return reported, whole.id

    return await database.write(work)


@pytest.mark.parametrize(
    ("state", "ends_as"), [("held", "recalled"), ("applied", "recalled"), ("referred", "revoked")]
)
async def test_recalling_ends_whatever_somebody_has_in_hand(
    database: Database, town: Town, state: str, ends_as: str
) -> None:
    reported, application_id = await with_a_claim(database, town, state)

    told = await database.write(lambda tx: recall(tx, reported.bulletin_id, "A burst pipe", by=BY))

    def read(tx: Transaction) -> tuple[str, Status, list[str]]:
        ended = tx.conn.execute(select(claim)).one()
        whole = applications.find(tx, application_id)
        assert whole is not None
        return ended.state, whole.status, list(tx.conn.execute(select(referral.c.state)).scalars())

    referrals = ["revoked"] if state == "referred" else []
    assert await database.read(read) == (ends_as, Status.AWAITING_PLACE, referrals)
    assert [(each.application_id, each.kind) for each in told.ended] == [(application_id, ClaimKind(state))]
    assert await positions(database, reported.bulletin_id) == [(1, True), (2, True)]


async def test_of_some_seats_the_free_ones_go_first(database: Database, town: Town) -> None:
    reported, _ = await with_a_claim(database, town, "held")

    told = await database.write(lambda tx: recall(tx, reported.bulletin_id, "…", by=BY, seats=1))

    assert told == Recalled(1, ())
    assert await positions(database, reported.bulletin_id) == [(1, False), (2, True)]


async def test_more_seats_than_there_are_cannot_be_recalled(database: Database, town: Town) -> None:
    reported, _ = await with_a_claim(database, town, "held")

    with pytest.raises(SeatsOutOfRange) as refused:
        await database.write(lambda tx: recall(tx, reported.bulletin_id, "…", by=BY, seats=3))

    assert refused.value.most == 2


async def test_a_hold_that_had_lapsed_is_nobodys_to_be_told_of(
    database: Database, town: Town, clock: SetClock
) -> None:
    reported, _ = await with_a_claim(database, town, "held")
    clock.advance(timedelta(minutes=10))

    told = await database.write(lambda tx: recall(tx, reported.bulletin_id, "…", by=BY))

    states = await database.read(lambda tx: tx.conn.execute(select(claim.c.state)).scalars().all())
    assert (told, states) == (Recalled(2, ()), ["held"])


async def test_a_bulletin_is_recalled_once(database: Database, town: Town) -> None:
    reported = await database.write(lambda tx: town.reports(tx, 2))
    await database.write(lambda tx: recall(tx, reported.bulletin_id, "…", by=BY))

    with pytest.raises(AlreadyRecalled):
        await database.write(lambda tx: recall(tx, reported.bulletin_id, "…", by=BY))


async def test_twins_lose_a_hold_together_and_the_seat_that_was_not_recalled_is_free(
    database: Database, town: Town, clock: SetClock
) -> None:
    def work(tx: Transaction) -> tuple[int, int, list[int]]:
        here, there = town.reports(tx, 1).bulletin_id, town.reports(tx, 1).bulletin_id
        pair: list[tuple[int, int]] = []
        for bulletin_id in (here, there):
            whole = applications.find(tx, town.applies(tx).application_id)
            assert whole is not None
            taken = tx.conn.execute(select(seat.c.id).where(seat.c.bulletin_id == bulletin_id)).scalar_one()
            until = {"held_until": tx.now + timedelta(minutes=10)}
            twin = {"twin_of": pair[0][0]} if pair else {}
            claim_id = add_claim(tx, taken, whole.id, whole.child_id, taken_at=tx.now, **until, **twin)
            tx.conn.execute(update(seat).where(seat.c.id == taken).values(claim_id=claim_id, **until))
            pair.append((claim_id, whole.id))
        tx.conn.execute(update(claim).where(claim.c.id == pair[0][0]).values(twin_of=pair[1][0]))
        return here, there, [application_id for _, application_id in pair]

    here, there, pair = await database.write(work)

    told = await database.write(lambda tx: recall(tx, here, "…", by=BY))

    of_other = select(seat.c.claim_id).where(seat.c.bulletin_id == there)
    states = await database.read(lambda tx: tx.conn.execute(select(claim.c.state)).scalars().all())
    assert [each.application_id for each in told.ended] == pair
    assert (states, await database.read(lambda tx: tx.conn.execute(of_other).scalar_one())) == (
        ["recalled", "recalled"],
        None,
    )
