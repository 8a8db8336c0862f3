"""Two parents of one child, before and beside the form that joins them when an application is made."""

from dataclasses import replace

from bot.conversation.actions import action, number_in
from bot.conversation.conversations import Conversations
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows import second_parent
from bot.ports.state_register import Person as Registered
from domain.errors import SecondParentRefused
from domain.iin import Iin
from storage import guardians, joinings, people
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, OSPANOVS, TIKHONOVS, Child, Family
from tests.conversation.measuring import the_book
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed

FIRST, SECOND, THIRD = ALDABEKOVS, TIKHONOVS, OSPANOVS
"""The first parent of FIRST.child, one who wants to be the second, and one more."""
JOINED, ASKED, DECLINED, TWO = "joined", "asked", "declined", "two already"


def comes(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """What applying does about the second parent, and nothing else: "comes:CHILD:IIN:IIN…"."""
    child_id, parent_id = number_in(arguments), turn.person.parent_id
    assert parent_id is not None
    named = frozenset(Iin.parse(each) for each in arguments[1:])
    try:
        if second_parent.joins(turn, child_id, parent_id, named) is not None:
            return Screen(JOINED, fresh=True)
    except SecondParentRefused:
        return Screen(TWO, fresh=True)
    request = second_parent.ask_first_parent(turn, child_id, parent_id)
    return Screen(ASKED if request.waits(turn.now) else DECLINED, fresh=True)


def with_comes(house: House) -> None:
    """The house knows that action, too."""
    book = the_book()
    book = replace(book, actions={**book.actions, "comes": comes})
    house.conversations = Conversations(house.database, book, house.delivery, lambda outcome, seconds: None)
    house.conversations.errands = house.errands


async def the_two(house: House, kind: str, language: str = "en") -> tuple[Person, Person]:
    """The first parent of a child, and somebody else's parent who will ask."""
    with_comes(house)
    first, second = await house.acquaintance(kind, language), await house.acquaintance(kind, language)
    for person, family in ((first, FIRST), (second, SECOND)):
        await is_confirmed(house, person, family)
        await parent_named(house, family)
        await person.says("/menu")
    return first, second


async def request_of(house: House, newcomer: Family) -> int:
    """The id of the newest request of a family's parent to be joined to FIRST.child."""
    child_id = await child_of(house, FIRST.child)
    parent_id = house.world.parent_of(newcomer)
    found = await house.write(lambda tx: joinings.latest(tx, child_id, parent_id))
    return int(found.id)


async def applies_for(house: House, person: Person, child: Child, *named: Registered) -> str:
    """Apply for a child whom somebody has applied for already; what came of it."""
    child_id = await child_of(house, child)
    await person.presses(action("comes", child_id, *(each.iin.digits for each in named)))
    return person.sees


async def child_of(house: House, child: Child) -> int:
    """The id of a child."""
    found: int = await house.write(lambda tx: people.find_child_by_iin(tx, child.person.iin))
    return found


async def parents_of(house: House, child: Child) -> list[tuple[int, str]]:
    """A child's parents and how each was joined, the first to come first."""

    def read(tx: Transaction) -> list[tuple[int, str]]:
        child_id = people.find_child_by_iin(tx, child.person.iin)
        assert child_id is not None
        return [(each.parent_id, each.how) for each in guardians.guardians_of(tx, child_id)]

    found: list[tuple[int, str]] = await house.write(read)
    return found


async def parent_named(house: House, family: Family) -> None:
    """What the register says of a parent is known."""
    words = people.RegisterWords.from_data(family.parent.to_data())
    parent_id = house.world.parent_of(family)
    await house.write(lambda tx: people.take_from_register(tx, parent_id, words, tx.now))
