"""Help on the telephone as it is stored: whose it is, its end, and who comes too late for it."""

from datetime import timedelta

from bot.assisting_ends import end_what_is_over
from bot.centre import assisting
from bot.department.officer import Officer
from domain.assisting import CHANNEL, LASTS, Helping, helping_at
from storage import conversations, staff, staff_sessions
from storage.centre import assisted
from storage.centre.assisted import Helped
from storage.database import Database
from storage.staff_sessions import hash_of
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.fakes.console_site import MONDAY
from tests.integration.rows import add_parent, add_territory

NUMBER = "abcdefghijklmnop"


class Office:
    """An operator who is signed in, and a family that is helped and has been entered."""

    def __init__(self, tx: Transaction) -> None:
        self.staff_id = staff.add(
            tx,
            login="aigul",
            password_hash="hash",
            role="operator",
            language="kk",
            territories=[],
            kindergartens=[],
            at=tx.now,
        )
        self.token = staff_sessions.start(tx, self.staff_id, MONDAY, None)
        self.helping = Helping.begun(self.staff_id, hash_of(self.token), tx.now, NUMBER)
        self.officer = Officer(self.staff_id, "operator")
        _, self.conversation_id = assisting.begin(tx, self.officer, self.helping)
        self.parent_id, self.town = add_parent(tx), add_territory(tx)
        known = {"parent_id": self.parent_id, "territory_id": self.town, "language": "kk"}
        conversations.update_contact(tx, self.found(tx).contact_id, **known)

    def found(self, tx: Transaction) -> Helped:
        """It, as long as it is open."""
        helped = assisted.find(tx, self.conversation_id)
        assert helped is not None
        return helped


def test_an_address_tells_what_it_was_made_of() -> None:
    helping = Helping.begun(2**62, b"hash", MONDAY + timedelta(milliseconds=300), NUMBER)

    assert helping_at(helping.address) == helping
    assert len(helping.address) <= 128
    assert helping.since == MONDAY
    assert [helping_at(each) for each in ("", "over.1", helping.address + "x")] == [None] * 3


async def test_only_the_session_that_began_it_has_it(database: Database) -> None:
    office = await database.write(Office)

    def work(tx: Transaction) -> list[int]:
        other = staff_sessions.start(tx, office.staff_id, MONDAY, None)
        mine = assisted.of_session(tx, office.staff_id, hash_of(office.token))
        assert assisted.of_session(tx, office.staff_id, hash_of(other)) == []
        assert assisted.of_session(tx, office.staff_id + 1, hash_of(office.token)) == []
        return [each.conversation_id for each in mine]

    assert await database.write(work) == [office.conversation_id]


async def test_the_end_signs_out_and_is_made_once(database: Database) -> None:
    office = await database.write(Office)

    def end(tx: Transaction) -> list[bool]:
        helped = office.found(tx)
        return [assisted.end(tx, helped), assisted.end(tx, helped)]

    def look(tx: Transaction) -> tuple[object, ...]:
        parents = conversations.accounts_of_each(tx, [office.parent_id])[office.parent_id]
        return assisted.find(tx, office.conversation_id), list(assisted.every_one(tx)), parents

    assert await database.write(end) == [True, False]
    assert await database.read(look) == (None, [], [])


async def test_a_turn_that_comes_too_late_is_nobody_s(database: Database) -> None:
    office = await database.write(Office)

    def late(tx: Transaction) -> tuple[bool, object, object]:
        assisted.end(tx, office.found(tx))
        entered = conversations.enter(tx, CHANNEL, office.helping.address)
        return entered.conversation_id == office.conversation_id, entered.parent_id, entered.consent_version

    assert await database.write(late) == (False, None, None)


async def test_families_that_are_helped_are_counted_where_they_are(database: Database) -> None:
    office = await database.write(Office)

    def work(tx: Transaction) -> list[int]:
        counted = [assisted.how_many(tx, [office.town]), assisted.how_many(tx, [office.town + 1])]
        assisted.end(tx, office.found(tx))
        return [*counted, assisted.how_many(tx, [office.town])]

    assert await database.write(work) == [1, 0, 0]


async def test_no_notice_goes_to_where_only_the_operator_reads(database: Database) -> None:
    office = await database.write(Office)

    def work(tx: Transaction) -> list[str]:
        conversations.update_contact(
            tx, conversations.enter(tx, "telegram", "77").contact_id, parent_id=office.parent_id
        )
        return [each.channel for each in conversations.of_parent(tx, office.parent_id)]

    assert await database.write(work) == ["telegram"]


async def test_what_is_over_is_ended_by_itself_once(database: Database, clock: SetClock) -> None:
    await database.write(Office)
    before = await end_what_is_over(database, MONDAY)
    clock.at += LASTS + timedelta(seconds=1)
    ended = [await end_what_is_over(database, MONDAY) for _ in range(2)]

    assert (before, ended) == (0, [1, 0])
