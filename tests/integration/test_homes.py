"""The conversation of a parent who is signed in nowhere: made once, for many as for one, and erased."""

import asyncio

from sqlalchemy import func, select

from bot.flows.telling import tell
from domain.notice import Told
from domain.phone import Phone
from storage import people
from storage.database import Database
from storage.erasing import erase
from storage.kept import said
from storage.tables import contact, conversation, delivery, erasure, parent
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.rows import add

NUMBER = Phone("+77010000051")


def alone(tx: Transaction, *, phone: bool = True) -> int:
    """A parent without an account."""
    parent_id = add(tx, parent, language="ru", notice_way="messenger", created_at=START)
    if phone:
        people.confirm_phone(tx, parent_id, 1, NUMBER, START)
    return parent_id


def is_told(tx: Transaction, parent_id: int) -> None:
    tell(tx, parent_id, Told.HOLD_GONE, tx.now, number=7, kindergarten="K", group="1")


def rows(tx: Transaction) -> tuple[int, ...]:
    """How many messages there are, accounts and conversations."""
    tables = (delivery, contact, conversation)
    return tuple(tx.conn.execute(select(func.count()).select_from(each)).scalar_one() for each in tables)


async def test_told_several_times_at_once_all_goes_out_and_there_is_one(database: Database) -> None:
    parent_id = await database.write(alone)

    await asyncio.gather(*(database.write(lambda tx: is_told(tx, parent_id)) for _ in range(4)))

    assert await database.read(rows) == (4, 1, 1)


async def test_who_can_be_reached_by_nothing_gets_none(database: Database) -> None:
    await database.write(lambda tx: is_told(tx, alone(tx, phone=False)))

    assert await database.read(rows) == (0, 0, 0)


async def test_an_erasure_has_it_on_its_list_and_takes_it_away_from_the_parent(database: Database) -> None:
    def happens(tx: Transaction) -> tuple[list[int], list[int], list[int]]:
        parent_id = alone(tx)
        is_told(tx, parent_id)
        before = said.conversations(tx, parent_id)
        erase(tx, parent_id)
        to_go = select(erasure.c.conversation_id).where(erasure.c.conversation_id.is_not(None))
        return before, list(tx.conn.execute(to_go).scalars()), said.conversations(tx, parent_id)

    before, to_go, after = await database.write(happens)

    assert (len(before), to_go, after) == (1, before, [])
