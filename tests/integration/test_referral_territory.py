"""Whoever issues a referral writes down in which territory: open data find it by that."""

from datetime import timedelta

from domain.policy import Policy
from domain.referral import issue
from storage import publishing
from storage.database import Database
from storage.seats import referral_rows
from storage.tables import referral
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.open_city import OpenCity
from tests.integration.rows import add_claim


async def test_every_way_of_issuing_one_writes_its_territory_down(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, list[int]]:
        city = OpenCity(tx)
        _, (first, second) = city.publish(START - timedelta(days=10), seats=2)
        _, child, application = city.family()
        given = issue(START, Policy())
        publishing.add_enrolled(tx, first, application, child, given, 1_000_001, START)
        _, other, theirs = city.family()
        claim_id = add_claim(tx, second, theirs, other, state="referred")
        referral_rows.write(tx, claim_id, city.territory_id, given)
        found = tx.conn.execute(referral.select()).all()
        return city.territory_id, [row.territory_id for row in found]

    territory_id, found = await database.write(work)

    assert found == [territory_id] * 2
