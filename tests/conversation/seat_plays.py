"""Seats that children have in hand, as if they had been taken before."""

from datetime import date, timedelta

from domain.application import Happening
from storage import applications
from storage.application_changes import set_status
from storage.ids import new_id
from storage.tables import access, referral, seat, seat_list
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import Child
from tests.integration.rows import TERMS, add, add_bulletin, add_claim, add_seat

GARDEN = "Garden"
VALID_THROUGH = date(2026, 11, 27)
_HAPPENED = {"applied": Happening.SENT, "referred": Happening.REFERRED}


async def has_in_hand(house: House, child: Child, state: str) -> int:
    """The child's application has a seat held, sent for or referred to; the id of the seat."""

    def work(tx: Transaction) -> int:
        found = applications.find_by_number(tx, child.number)
        assert found is not None
        if state in _HAPPENED:
            set_status(tx, found, _HAPPENED[state])
        seat_id = add_seat(tx, add_bulletin(tx, found.territory_id), 1)
        until = {"held_until": tx.now + timedelta(minutes=10)}
        claim_id = add_claim(tx, seat_id, found.id, found.child_id, state=state, taken_at=tx.now, **until)
        tx.conn.execute(seat.update().where(seat.c.id == seat_id).values(claim_id=claim_id, **until))
        if state == "referred":
            given = {"number": new_id(), "terms": TERMS, "state": state}
            ends = {"valid_through": VALID_THROUGH, "ends_at": tx.now + timedelta(days=8)}
            add(tx, referral, claim_id=claim_id, issued_at=tx.now, **given, **ends)
        return seat_id

    seat_id: int = await house.write(work)
    return seat_id


async def is_among_the_first(house: House, child: Child) -> None:
    """The child's application has access to a list for three days."""

    def work(tx: Transaction) -> None:
        found = applications.find_by_number(tx, child.number)
        assert found is not None
        span = {"publish_at": tx.now, "opens_at": tx.now, "priority_ends_at": tx.now + timedelta(days=3)}
        list_id = add(tx, seat_list, territory_id=found.territory_id, access_made_at=tx.now, **span)
        row = {"list_id": list_id, "application_id": found.id, "made_at": tx.now}
        tx.conn.execute(access.insert().values(**row, ends_at=tx.now + timedelta(days=3)))

    await house.write(work)
