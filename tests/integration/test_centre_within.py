"""Who may see a conversation: by the territory it belongs to."""

import pytest
from sqlalchemy import update

from storage.centre.within import is_within
from storage.database import Database
from storage.tables import conversation
from storage.transaction import Transaction
from tests.integration.rows import add_conversation, add_territory


def _chat(tx: Transaction, belongs: bool) -> tuple[int, int, int]:
    """A conversation of the first of two territories, or of none; its id, then theirs."""
    own, other = add_territory(tx), add_territory(tx, "other")
    chat = add_conversation(tx)
    if belongs:
        tx.conn.execute(update(conversation).where(conversation.c.id == chat).values(territory_id=own))
    return chat, own, other


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
