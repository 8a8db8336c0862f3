"""A seat that a family has in hand: held, asked for, or referred to."""

from datetime import timedelta

from domain.application import Happening
from domain.claim import ClaimKind
from storage import applications
from storage.application_changes import set_status
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import Family
from tests.integration.rows import add_bulletin, add_claim, add_seat


async def holds_a_seat(house: House, family: Family, state: ClaimKind) -> None:
    """The child of a family has a claim in that state."""

    def work(tx: Transaction) -> None:
        found = applications.find_by_number(tx, family.child.number)
        assert found is not None
        seat_id = add_seat(tx, add_bulletin(tx, house.world.town), 1)
        until = tx.now + timedelta(minutes=10)
        add_claim(tx, seat_id, found.id, found.child_id, state=state.value, taken_at=tx.now, held_until=until)
        if state is not ClaimKind.HELD:
            happening = Happening.SENT if state is ClaimKind.APPLIED else Happening.REFERRED
            set_status(tx, found, happening)

    await house.write(work)
