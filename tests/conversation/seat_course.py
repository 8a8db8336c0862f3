"""What happens to seats beside the parent who plays: others take them, rules differ."""

from datetime import timedelta

from sqlalchemy import select

from domain.application import QueueKind
from domain.policy import Policy
from domain.policy_data import to_data
from domain.policy_terms import ReferralMode
from storage import loading
from storage.submitting import NewApplication, submit
from storage.tables import seat
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import TIKHONOVS
from tests.conversation.places_plays import Garden
from tests.conversation.world import START, child_born
from tests.integration.rows import add_claim

TEN_MINUTES = timedelta(minutes=10)


async def activated(house: House) -> None:
    """From now on the kindergartens of the region answer what parents send."""
    rules = {"territory_id": house.world.territories["region"], "in_force_from": START - timedelta(days=1)}
    data = to_data(Policy(referral_mode=ReferralMode.ACTIVATED))
    await house.write(lambda tx: loading.put_policies(tx, [rules | {"data": data}]))


async def is_taken_by_others(house: House, garden: Garden) -> None:
    """Every seat of the bulletin that is free is held by others now."""

    def work(tx: Transaction) -> None:
        parent_id = house.world.parent_of(TIKHONOVS)
        free = seat.c.bulletin_id == garden.bulletin_id, seat.c.claim_id.is_(None)
        for number, row in enumerate(tx.conn.execute(select(seat.c.id).where(*free)).all()):
            child_id = child_born(tx, 2024, 400 + number)
            new = NewApplication(
                child_id=child_id,
                parent_id=parent_id,
                territory_id=house.world.town,
                kind=QueueKind.GENERAL,
                birth_year=2024,
            )
            application_id = submit(tx, new).application_id
            until = tx.now + TEN_MINUTES
            taken = {"state": "held", "taken_at": tx.now, "held_until": until}
            claim_id = add_claim(tx, row.id, application_id, child_id, **taken)
            held = seat.update().where(seat.c.id == row.id).values(claim_id=claim_id, held_until=until)
            tx.conn.execute(held)

    await house.write(work)
