"""Whom an admin looks after, on both databases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bot import managing_staff
from bot.department.officer import Officer
from domain.errors import AlreadyDecided
from domain.sign_in_lock import SignInLock
from storage import audit, shutting_out, staff_locks, staff_reach, staff_rights, staff_sessions, staff_within
from storage.database import Database
from storage.staff_reach import Reach
from storage.tables import staff
from storage.transaction import Transaction
from tests.integration.rows import add_territory
from tests.integration.test_staff_sessions import house_in, somebody

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def logins(tx: Transaction, reach: Reach, begins: str = "", role: str = "", after: str = "") -> list[str]:
    found = staff_within.page(tx, reach, NOW, begins=begins, role=role, after=after, most=50)
    assert [staff_within.find(tx, each.id, reach, NOW) for each in found] == list(found)
    return [each.login for each in found]


class Country:
    """Two regions, the first with a city and a house; people with rights in all of them."""

    def __init__(self, tx: Transaction) -> None:
        self.region, self.other = add_territory(tx, "region"), add_territory(tx, "other")
        self.city = add_territory(tx, "city", self.region)
        self.house, foreign = house_in(tx, self.city), house_in(tx, self.other)
        self.chief = somebody(tx, "chief", "admin")
        self.admin = somebody(tx, "admin", "admin", territories=[self.region])
        somebody(tx, "everywhere", "operator")
        somebody(tx, "nowhere", "department")
        somebody(tx, "in-city", "operator", territories=[self.city])
        self.in_house = somebody(tx, "in-house", kindergartens=[self.house])
        somebody(tx, "in-other", "operator", territories=[self.other])
        somebody(tx, "in-other-house", kindergartens=[foreign])
        somebody(tx, "in-both", "operator", territories=[self.city, self.other])
        somebody(tx, "in-both-houses", kindergartens=[self.house, foreign])

    def reach(self, tx: Transaction, staff_id: int) -> Reach:
        return staff_reach.of(tx, staff_id, "admin")


async def test_an_admin_looks_after_those_whose_rights_all_lie_within_the_own(database: Database) -> None:
    def work(tx: Transaction) -> None:
        country = Country(tx)
        own = country.reach(tx, country.admin)

        assert logins(tx, own) == ["admin", "in-city", "in-house"]
        assert staff_within.find(tx, country.chief, own, NOW) is None
        assert staff_within.how_many_may_sign_in(tx, own) == 3

    await database.write(work)


async def test_an_admin_of_the_whole_country_looks_after_everybody(database: Database) -> None:
    def work(tx: Transaction) -> None:
        country = Country(tx)
        own = country.reach(tx, country.chief)
        tx.conn.execute(update(staff).where(staff.c.login == "nowhere").values(disabled_at=NOW))

        assert len(logins(tx, own)) == 10
        assert staff_within.how_many_may_sign_in(tx, own) == 9
        assert logins(tx, own, begins="in-b") == ["in-both", "in-both-houses"]
        assert logins(tx, own, begins="%") == []
        assert logins(tx, own, role="admin") == ["admin", "chief"]
        assert logins(tx, own, role="admin", after="admin") == ["chief"]

    await database.write(work)


async def test_an_admin_of_a_house_without_staff_sees_nobody(database: Database) -> None:
    def work(tx: Transaction) -> list[str]:
        Country(tx)
        return logins(tx, Reach())

    assert await database.write(work) == []


async def test_what_is_seen_of_somebody(database: Database) -> None:
    def work(tx: Transaction) -> None:
        country = Country(tx)
        for at in (NOW - staff_sessions.IDLE, NOW - timedelta(minutes=59)):
            staff_sessions.start(tx, country.in_house, at, None)
        staff_locks.write(tx, country.in_house, SignInLock(10, NOW))
        for number in range(2):
            at, actor = NOW + timedelta(hours=number), f"staff:{country.in_house}"
            audit.append(tx, at=at, actor=actor, what="signed_in", about=None, data={})
        found = staff_within.find(tx, country.in_house, country.reach(tx, country.admin), NOW)
        names = staff_rights.names(tx, [country.in_house, country.admin], "kk")

        assert found is not None
        assert (found.sessions, found.lock) == (1, SignInLock(10, NOW))
        assert found.did_last_at == NOW + timedelta(hours=1)
        assert [len(names[each]) for each in (country.in_house, country.admin)] == [1, 1]

    await database.write(work)


async def test_of_two_admins_who_shut_each_other_out_one_stays(database: Database) -> None:
    def work(tx: Transaction) -> None:
        one, two = somebody(tx, "one", "admin"), somebody(tx, "two", "admin")
        managing_staff.shut_out(tx, Officer(one, "admin"), two, NOW)
        try:
            managing_staff.shut_out(tx, Officer(two, "admin"), one, NOW)
        except AlreadyDecided:
            pass
        else:
            raise AssertionError("both are out")
        assert shutting_out.hold(tx, one, two) == {one}

    await database.write(work)
