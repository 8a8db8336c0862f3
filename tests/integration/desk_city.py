"""A town with two kindergartens, families with two parents, and seats that they take."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from bot.department.officer import Officer
from domain.policy import Policy
from domain.policy_data import to_data
from domain.policy_terms import ReferralMode
from storage import guardians, loading, staff
from storage.ids import new_id
from storage.publishing import NewBulletin, add_bulletin, list_at
from storage.seats import confirming, holding, referrals
from storage.seats.referrals import Issued
from storage.tables import child_group, kindergarten, seat
from storage.transaction import Transaction
from tests.integration.rows import add_parent
from tests.integration.town_with_seats import OPEN_TO_ALL
from tests.integration.unverified_families import Family, Town

ACTIVATED = Policy(referral_mode=ReferralMode.ACTIVATED)
INSTANT = replace(ACTIVATED, referral_mode=ReferralMode.INSTANT)
BIRTH_YEAR, CAPACITY = 2023, 10
RELEASED_ON = date(2026, 11, 20)


@dataclass(frozen=True)
class House:
    """A kindergarten and its one group."""

    id: int
    group_id: int


class City:
    """The house “Амина”, and the other one, to which its staff have no right."""

    def __init__(self, tx: Transaction, rules: Policy = ACTIVATED) -> None:
        self.town = Town.founded(tx)
        since = tx.now - timedelta(days=400)
        loading.put_policies(
            tx, [{"territory_id": self.town.territory_id, "in_force_from": since, "data": to_data(rules)}]
        )
        self.amina, self.other = self._house(tx, "Амина"), self._house(tx, "Басқа")

    @property
    def territory_id(self) -> int:
        """The town."""
        return self.town.territory_id

    def secretary(self, tx: Transaction, login: str = "secretary") -> Officer:
        """Somebody of "Амина"."""
        houses = {"territories": [], "kindergartens": [self.amina.id]}
        return Officer(hired(tx, login, "kindergarten", **houses), "kindergarten")

    def officer(self, tx: Transaction) -> Officer:
        """Somebody of the town's department."""
        places = {"territories": [self.territory_id], "kindergartens": []}
        return Officer(hired(tx, "officer", "department", **places))

    def family(self, tx: Transaction) -> tuple[Family, int]:
        """A family with a second parent, whose id comes with it."""
        family = self.town.family(tx)
        second = add_parent(tx)
        guardians.join(tx, second, family.child_id, "agreed", tx.now)
        return family, second

    def seats(self, tx: Transaction, house: House, number: int) -> int:
        """Seats of a house, open to everyone; the bulletin."""
        [first, *_] = add_bulletin(
            tx,
            NewBulletin(
                list_id=list_at(tx, self.territory_id, OPEN_TO_ALL),
                group_id=house.group_id,
                seats=number,
                language="kk",
                birth_years=[BIRTH_YEAR],
                seat_kind="vacant",
                released_on=RELEASED_ON,
                reported_at=OPEN_TO_ALL.publish_at,
            ),
        )
        bulletin_id: int = tx.conn.execute(select(seat.c.bulletin_id).where(seat.c.id == first)).scalar_one()
        return bulletin_id

    def holds(self, tx: Transaction, family: Family, bulletin_id: int) -> int:
        """A family holds a seat; the claim."""
        return holding.take(tx, family.application_id, bulletin_id).claim_id

    def confirms(self, tx: Transaction, family: Family, bulletin_id: int) -> int:
        """A family confirms a seat; the claim."""
        claim_id = self.holds(tx, family, bulletin_id)
        confirming.confirm(tx, claim_id)
        return claim_id

    def referred(self, tx: Transaction, family: Family, house: House) -> Issued:
        """A family has a referral to a house: only where confirming gives one."""
        issued = referrals.of_claim(tx, self.confirms(tx, family, self.seats(tx, house, 1)))
        assert issued is not None
        return issued

    def _house(self, tx: Transaction, name: str) -> House:
        house: dict[str, Any] = {"id": new_id(), "territory_id": self.territory_id, "name": name}
        words = {"code": f"house-{new_id()}", "ownership": "state", "languages": ["kk"], "address": "Дала, 1"}
        tx.conn.execute(insert(kindergarten), house | words)
        group: dict[str, Any] = {"id": new_id(), "kindergarten_id": house["id"], "code": "sun", "name": "Күн"}
        kind = {"kind": "day", "queue_kind": "general", "language": "kk"}
        tx.conn.execute(
            insert(child_group), group | kind | {"birth_years": [BIRTH_YEAR], "capacity": CAPACITY}
        )
        return House(house["id"], group["id"])


def hired(tx: Transaction, login: str, role: str, **rights: Any) -> int:
    return staff.add(tx, login=login, password_hash="hash", role=role, language="kk", at=tx.now, **rights)
