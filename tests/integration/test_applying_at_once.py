"""Two parents apply for one child at the same instant, on both databases: one place, two parents."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from domain.application import Status
from storage import applications, guardians, people
from storage.transaction import Transaction
from tests.conversation.applying import (
    applies,
    begins,
    chooses_the_daughter,
    confirms_phone,
    fills_in_the_rest,
    tells_who,
)
from tests.conversation.fixtures import house_on
from tests.conversation.house import House
from tests.conversation.made_up import NEWCOMERS
from tests.conversation.person import Person
from tests.integration.conftest import BOTH


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """Each database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """The service on it."""
    async with house_on(database_url) as house:
        yield house


async def the_mother_applies(house: House, mother: Person) -> None:
    """As the father does; each has the other's phone as the second."""
    await begins(mother)
    await tells_who(house, mother, NEWCOMERS.mother.iin.digits, NEWCOMERS.phones[1])
    await mother.waits(lambda: mother.t("Yes, that's me") in mother.labels, "the name to be shown")
    await mother.taps("Yes, that's me")
    await confirms_phone(house, mother, NEWCOMERS.phones[0])
    await chooses_the_daughter(mother)
    await fills_in_the_rest(mother)


async def test_both_parents_confirm_at_the_same_instant(house: House) -> None:
    father, mother = await house.acquaintance("whatsapp"), await house.acquaintance("whatsapp", "ru")
    await applies(house, father)
    await the_mother_applies(house, mother)

    await asyncio.gather(father.taps("Confirm"), mother.taps("Confirm"))

    def read(tx: Transaction) -> tuple[list[Status], int]:
        child_id = people.find_child_by_iin(tx, NEWCOMERS.daughter.iin)
        assert child_id is not None
        statuses = [each.status for each in applications.of_child(tx, child_id)]
        return statuses, len(guardians.guardians_of(tx, child_id))

    in_queue = [person.reads("You are in the queue") for person in (father, mother)]
    late = mother if in_queue[0] else father
    assert sorted(in_queue) == [False, True]
    first = father if in_queue[0] else mother
    number = "".join(char for char in first.sees.split("\n")[2] if char.isdigit())
    if late.t("Confirm") in late.labels:
        # The turns came one after the other: the later one was told before it confirmed.
        await late.taps("Confirm")
        assert late.reads("You are joined as the second parent.")
    assert number in late.sees
    assert await house.write(read) == ([Status.AWAITING_PLACE], 2)


async def test_two_accounts_claim_one_iin_at_the_same_instant(house: House) -> None:
    people_at_once = [await house.acquaintance("whatsapp") for _ in range(2)]
    codes = []
    for person, phone in zip(people_at_once, NEWCOMERS.phones, strict=True):
        await begins(person)
        await person.says(NEWCOMERS.father.iin.digits)
        await person.says(phone.e164)
        codes.append(house.sms.sent[-1].text)
    digits = ["".join(char for char in text if char.isdigit()) for text in codes]

    await asyncio.gather(*(person.says(code) for person, code in zip(people_at_once, digits, strict=True)))

    entered = [(await house.contact_of(person)).parent_id for person in people_at_once]

    def confirmed(tx: Transaction) -> int:
        parent_id = people.find_parent_by_iin(tx, NEWCOMERS.father.iin)
        assert parent_id is not None
        return len(people.confirmed_phones(tx, parent_id))

    assert sorted(each is not None for each in entered) == [False, True]
    assert await house.write(confirmed) == 1
