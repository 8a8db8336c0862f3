"""Families whose names were typed while the register was down, and what the register does then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import update

from storage import people
from storage.people import RegisterWords
from storage.tables import application
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import Family
from tests.conversation.person import Person

SILENT = "The state register does not answer at present. Your data will be compared later."
LOOKED_AT = (
    "The education department will look at it, and you will be told. Applications, dates and places "
    "stay as they are, and seats can be taken. You need not do anything."
)


async def typed_while_it_was_down(house: House, family: Family, *, parent: str = "", child: str = "") -> None:
    """A family is in the queue unverified: as the register says, or with other surnames."""
    parent_id, child_id = house.world.parent_of(family), await child_of(house, family)

    def work(tx: Transaction) -> None:
        mother = replace(family.parent, surname=parent or family.parent.surname)
        people.name_parent(tx, parent_id, RegisterWords.from_data(mother.to_data()))
        son = family.child.person
        son = replace(son, surname=child or son.surname)
        people.name_child(tx, child_id, RegisterWords.from_data(son.to_data()), None)
        of_family = application.c.id == house.world.application_of(family.child)
        tx.conn.execute(update(application).where(of_family).values(unverified=True))

    house.register.people[family.child.person.iin] = family.child.person
    await house.write(work)


async def child_of(house: House, family: Family) -> int:
    """The id of a family's first child."""
    found: int = await house.write(lambda tx: people.find_child_by_iin(tx, family.child.person.iin))
    return found


async def hears_the_silence(house: House, person: Person, asked: int) -> None:
    """The register has been asked so often, and the conversation goes on without an answer."""
    await person.waits(lambda: len(house.register.asked) >= asked, "the register to be asked")
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10), tick=True):
        house.errands.accept((1,))
        await person.hears(SILENT)
