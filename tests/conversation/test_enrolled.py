"""After the contract the child waits in no queue: My applications says kindly where it goes."""

from datetime import UTC, datetime, timedelta

from bot.department.officer import Officer
from bot.desk import contracts
from domain.local_time import local_date
from storage.seats import referrals
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import CHILD, opens, other_parent_at, parent_at
from tests.conversation.person import Person
from tests.conversation.places_plays import has_seats
from tests.conversation.plays import is_confirmed

AMINA = '"Амина" балабақшасы'
HAS_ONE = "{name} has a kindergarten!"
NONE = "None of your children is in a queue at present."


async def is_enrolled(house: House, kind: str = "whatsapp", language: str = "en") -> Person:
    """The child's parent has taken a seat, and the kindergarten has signed."""
    garden = await has_seats(house, AMINA)
    person = await parent_at(house, kind, language)
    await person.presses(f"take:{garden.bulletin_id}:{house.world.application_of(CHILD)}")
    await person.taps("Confirm")

    def sign(tx: Transaction) -> None:
        issued = referrals.of_application(tx, house.world.application_of(CHILD))[0]
        contracts.sign(tx, Officer(7, "kindergarten"), issued, local_date(tx.now))

    await house.write(sign)
    await person.hears(
        "Application № {number}: the contract is signed. Congratulations!", number=CHILD.number
    )
    return person


async def test_it_is_said_who_goes_where_since_when_and_what_is_kept(
    house: House, kind: str, language: str
) -> None:
    person = await is_enrolled(house, kind, language)

    await opens(person)

    assert person.reads(HAS_ONE, name=CHILD.person.name)
    assert f"{AMINA} · Күншуақ" in person.sees
    assert person.reads("Enrolled on {date}", date="20.11.2026")
    assert person.reads(NONE)
    assert person.reads("The application is kept in the archive.")
    assert person.labels == (
        CHILD.person.name,
        *person.named("Join the queue", "Archive", "Check another", "Menu"),
    )
    await person.taps(CHILD.person.name)
    assert person.reads("enrolled: {kindergarten}, {date}", kindergarten=AMINA, date="20.11.2026")


async def test_children_who_wait_are_shown_and_not_hidden_behind_it(house: House) -> None:
    other = await other_parent_at(house, "webchat", "en")
    await is_enrolled(house)

    await opens(other)

    assert other.reads("My children in the queue")
    assert not other.reads(HAS_ONE, name=CHILD.person.name)
    await other.taps("Archive")
    assert CHILD.person.name in other.sees


async def test_who_has_outgrown_kindergartens_is_not_spoken_of(house: House) -> None:
    await is_enrolled(house)
    # 00:00 of 1 September of the year birth year + 6.
    house.clock.move_to(datetime(2030, 8, 31, 19, tzinfo=UTC) - timedelta(seconds=9))
    person = await house.acquaintance("whatsapp", "en")
    await is_confirmed(house, person, ALDABEKOVS)
    await opens(person)
    assert AMINA in person.sees

    house.later(seconds=9)
    await opens(person)

    assert AMINA not in person.sees
    assert person.reads(NONE)
