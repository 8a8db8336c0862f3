"""What parents do with their applications again and again, and what happened to those before."""

from datetime import datetime

from sqlalchemy import update

from domain.application import Happening, Status
from domain.iin import Sex
from domain.notice import Deed, Told
from domain.policy import Policy
from domain.policy_terms import PrivilegeRule
from storage import applications, guardians, journal, notices, people, publishing
from storage.application_changes import set_status
from storage.applications import Application
from storage.privilege_changes import PrivilegeChange, answer, claim
from storage.submitting import NewApplication, submit
from storage.tables import application
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS, Child, Family, iin_of
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed

CHILD = ALDABEKOVS.child
OTHER = TIKHONOVS
"""Whose parent is the other parent of CHILD, where a play needs one."""


async def parent_at(house: House, kind: str, language: str = "en", family: Family = ALDABEKOVS) -> Person:
    """A family's parent, signed in since before, at the own applications."""
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, family)
    await person.says("/my")
    return person


async def opens(person: Person, *labels: str) -> None:
    """From the own applications on by these buttons."""
    await person.says("/my")
    for label in labels:
        await person.taps(label)


async def has_other_parent(house: House, child: Child = CHILD, other: Family = OTHER) -> None:
    """The child has a second parent here."""

    def work(tx: Transaction) -> None:
        child_id = people.find_child_by_iin(tx, child.person.iin)
        assert child_id is not None
        guardians.join(tx, house.world.parent_of(other), child_id, "agreed", tx.now)

    await house.write(work)


async def other_parent_at(house: House, kind: str, language: str = "en") -> Person:
    """The other parent of the child, in a messenger of their own."""
    await has_other_parent(house)
    other = await house.acquaintance(kind, language)
    await is_confirmed(house, other, OTHER)
    await other.says("/menu")
    return other


async def whole(house: House, child: Child = CHILD) -> Application:
    """A child's application as it is written down."""
    found: Application | None = await house.write(lambda tx: applications.find_by_number(tx, child.number))
    assert found is not None
    return found


async def status_of(house: House, child: Child = CHILD) -> Status:
    """What became of a child's application."""
    return (await whole(house, child)).status


def rule(code: str) -> PrivilegeRule:
    """A privilege that the law knows everywhere."""
    found = Policy().privilege(code)
    assert found is not None
    return found


async def has_privilege(
    house: House, code: str, *, confirmed: bool = True, child: Child = CHILD
) -> PrivilegeChange:
    """A child's application names a privilege."""
    application_id = house.world.application_of(child)
    change: PrivilegeChange = await house.write(
        lambda tx: claim(tx, application_id, rule(code), confirmed=confirmed)
    )
    return change


async def is_lost(house: House, change: PrivilegeChange) -> None:
    """The proof of a privilege does not confirm it any more."""
    await house.write(lambda tx: answer(tx, change.privilege.id, confirmed=False))


async def is_suspended(house: House, until: datetime, child: Child = CHILD) -> None:
    """A referral was not used: the child is on the stop-list."""

    def work(tx: Transaction) -> None:
        found = applications.find_by_number(tx, child.number)
        assert found is not None
        referred = set_status(tx, found, Happening.REFERRED).application
        set_status(tx, referred, Happening.EXPIRED, suspended=(tx.now, until))
        kind = found.kind.value
        publishing.add_suspension(tx, found.child_id, found.territory_id, kind, tx.now, until)

    await house.write(work)


async def is_unverified(house: House, child: Child = CHILD) -> None:
    """The register did not answer when the parent applied."""
    change = update(application).where(application.c.number == child.number).values(unverified=True)
    await house.write(lambda tx: tx.conn.execute(change))


async def has_twin(house: House, *, applied: bool) -> str:
    """The Aldabekovs' daughter has a twin brother; his name."""
    born = CHILD.person.birth_date

    def work(tx: Transaction) -> None:
        words = people.RegisterWords("Алдабеков", "Аслан", "", born, Sex.MALE, "")
        child_id = people.child_for(tx, iin_of(born, Sex.MALE, 2700), at=tx.now, words=words)
        me = house.world.parent_of(ALDABEKOVS)
        guardians.join(tx, me, child_id, "applied", tx.now)
        if applied:
            one = applications.find_by_number(tx, CHILD.number)
            assert one is not None
            where = {"territory_id": one.territory_id, "kind": one.kind, "birth_year": born.year}
            submit(tx, NewApplication(child_id=child_id, parent_id=me, **where))  # type: ignore[arg-type]

    await house.write(work)
    return "Аслан"


async def told(house: House, family: Family) -> list[Told]:
    """What stands in a parent's inbox, the oldest first."""
    parent_id = house.world.parent_of(family)
    found = await house.write(lambda tx: notices.page(tx, parent_id, 20))
    return [each.kind for each in reversed(found)]


async def noted(house: House, family: Family) -> list[tuple[Deed, str]]:
    """What stands in a parent's journal, the oldest first, and who did it."""
    parent_id = house.world.parent_of(family)
    found = await house.write(lambda tx: journal.page(tx, parent_id, 20))
    return [(each.what, each.actor) for each in reversed(found)]
