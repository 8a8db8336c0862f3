"""Ten applications of one parent: everything is told, within what every channel can show."""

from sqlalchemy import select

from storage import guardians
from storage.tables import application, guardian
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import checks, is_confirmed

MOST = 10


async def has_ten_children(house: House) -> None:
    """The father cares for ten more of the queue."""

    def join(tx: Transaction) -> None:
        parent_id = house.world.parent_of(ALDABEKOVS)
        own = select(guardian.c.child_id).where(guardian.c.parent_id == parent_id)
        others = select(application.c.child_id).where(application.c.child_id.not_in(own)).limit(MOST)
        for child_id in tx.conn.execute(others).scalars().all():
            guardians.join(tx, parent_id, child_id, "register", tx.now)

    await house.write(join)


async def test_a_stranger_sees_all_of_them(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await has_ten_children(house)

    await checks(person, ALDABEKOVS.parent.iin.digits)

    listed, question = person.heard[-2:]
    assert listed.text.count(person.t("Place in the queue: {place} of {size}").partition("{")[0]) == MOST
    assert question.labels == person.named("This is my child", "Check another", "Menu")


async def test_the_parent_sees_all_of_them_page_by_page(house: House, parent: Person) -> None:
    await has_ten_children(house)
    await is_confirmed(house, parent, ALDABEKOVS)

    await parent.says("/my")
    first, listed = parent.labels, parent.sees.count("Place in the queue")
    while parent.t("More") in parent.labels:
        await parent.taps("More")
        listed += parent.sees.count("Place in the queue")
        assert len(parent.labels) <= MOST
    await parent.taps("To the beginning")

    assert listed == MOST + 1
    assert parent.labels == first
