"""Who may see a conversation: by the territory it belongs to."""

import pytest
from sqlalchemy import update

from storage import staff_reach
from storage.centre.within import is_within, is_within_rights
from storage.database import Database
from storage.tables import conversation
from storage.transaction import Transaction
from tests.integration.desk_city import hired
from tests.integration.rows import add_conversation, add_territory


def _chat(tx: Transaction, belongs: bool) -> tuple[int, int, int]:
    """A conversation of the first of two territories, or of none; its id, then theirs."""
    own, other = add_territory(tx), add_territory(tx, "other")
    chat = add_conversation(tx)
    if belongs:
        tx.conn.execute(update(conversation).where(conversation.c.id == chat).values(territory_id=own))
    return chat, own, other


def _chat_in(tx: Transaction, territory_id: int | None) -> int:
    chat = add_conversation(tx, str(territory_id))
    tx.conn.execute(update(conversation).where(conversation.c.id == chat).values(territory_id=territory_id))
    return chat


async def test_a_conversation_is_seen_where_it_belongs_and_nowhere_else(database: Database) -> None:
    chat, own, other = await database.write(lambda tx: _chat(tx, belongs=True))

    seen = await database.read(lambda tx: [is_within(tx, chat, each) for each in ({own}, {own, other})])
    unseen = await database.read(lambda tx: [is_within(tx, chat, each) for each in ({other}, set())])

    assert (seen, unseen) == ([True, True], [False, False])


async def test_a_conversation_without_a_territory_is_seen_by_everybody(database: Database) -> None:
    chat, own, _ = await database.write(lambda tx: _chat(tx, belongs=False))

    seen = await database.read(lambda tx: [is_within(tx, chat, each) for each in ({own}, set())])

    assert seen == [True, True]


@pytest.mark.parametrize("conversation_id", [0, 12345, 2**63 - 1])
async def test_a_conversation_that_is_not_there_is_seen_by_nobody(
    database: Database, conversation_id: int
) -> None:
    _, own, _ = await database.write(lambda tx: _chat(tx, belongs=False))

    assert not await database.read(lambda tx: is_within(tx, conversation_id, {own}))


@pytest.mark.parametrize("role", ["operator", "admin"])
async def test_rights_say_the_same_from_both_ends(database: Database, role: str) -> None:
    def work(tx: Transaction) -> list[tuple[bool, bool]]:
        region = add_territory(tx, "region")
        town, beside = add_territory(tx, "town", region), add_territory(tx, "beside", region)
        chats = [_chat_in(tx, each) for each in (region, town, beside, None)]
        rights: list[list[int]] = [[], [region], [town], [beside, town]]
        found = []
        for number, named in enumerate(rights):
            staff_id = hired(tx, f"somebody-{number}", role, territories=named, kindergartens=[])
            reach = staff_reach.of(tx, staff_id, role).territories
            found += [(is_within(tx, chat, reach), is_within_rights(tx, chat, staff_id)) for chat in chats]
        return found

    found = await database.write(work)

    assert all(one == other for one, other in found)
    assert [one for one, _ in found] == [
        *(True, True, True, True),
        *(True, True, True, True),
        *(False, True, False, True),
        *(False, True, True, True),
    ]


async def test_rights_reach_no_conversation_that_is_not_there(database: Database) -> None:
    staff_id = await database.write(lambda tx: hired(tx, "all", "admin", territories=[], kindergartens=[]))

    assert not await database.read(lambda tx: is_within_rights(tx, 12345, staff_id))
