"""The database server crashes and comes back, again and again, under turns and messages that go out.

A server of this test's own: nobody else's is taken away.
"""

import asyncio
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest
from sqlalchemy import func, select

from storage.errors import StorageError
from storage.tables import contact, conversation, delivery, message
from storage.transaction import Transaction
from tests.conversation.fixtures import house_on
from tests.conversation.house import House
from tests.conversation.telegram_parent import TelegramParent
from tests.fakes.bot_api_chat import Chat
from tests.integration.delivering import say
from tests.postgresql_cluster import Cluster, own_cluster
from tests.postgresql_server import PostgresqlServer
from tests.services import postgresql_bin

CRASHES = (signal.SIGQUIT, signal.SIGKILL, signal.SIGQUIT)
PEOPLE, WORDS_OF_EACH = 6, 12
CHATS, NOTICES_OF_EACH = 30, 6
PATIENCE_SECONDS = 90


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    programs = postgresql_bin()
    assert programs is not None  # else the mark of the test leaves it out
    with own_cluster(programs) as cluster:
        yield cluster


@pytest.mark.postgresql
@pytest.mark.timeout(300)
async def test_a_database_that_crashes_under_load_loses_nothing_and_the_service_goes_on_by_itself(
    cluster: Cluster,
) -> None:
    server = PostgresqlServer(cluster.url)
    url = await asyncio.to_thread(server.new_database)
    async with house_on(url) as house:
        people = [await acquainted(house) for _ in range(PEOPLE)]
        readers = [people[0].api.chat(9000 + number) for number in range(CHATS)]

        async with asyncio.TaskGroup() as group:
            group.create_task(crashes(cluster))
            group.create_task(notices(house, readers))
            for person in people:
                group.create_task(writes(person))
        await people[0].api.settled(PATIENCE_SECONDS)
        await all_sent(house)

        log, written = await house.database.read(taken_and_answered), await house.database.read(written_to)
        assert log == {person.chat: (WORDS_OF_EACH, WORDS_OF_EACH) for person in people}
        for reader in readers:
            shown = [int(seen.text) for seen in reader.messages]
            assert shown == sorted(shown)
            assert set(shown) == set(range(NOTICES_OF_EACH))
            # Of each chat no more than one is on its way at once.
            assert len(shown) - written[str(reader.id)] <= len(CRASHES)
        for person in people:
            assert WORDS_OF_EACH <= len(person.heard) <= WORDS_OF_EACH + len(CRASHES)


async def acquainted(house: House) -> TelegramParent:
    person = await house.acquaintance("telegram")
    assert isinstance(person, TelegramParent)
    return person


async def crashes(cluster: Cluster) -> None:
    """Now and then, and back after a while."""
    for how in CRASHES:
        await asyncio.sleep(0.5)
        await asyncio.to_thread(cluster.crash, how)
        await asyncio.sleep(0.2)
        await asyncio.to_thread(cluster.start)


async def writes(person: TelegramParent) -> None:
    """Words that the Bot API hands on until they are acknowledged."""
    for _ in range(WORDS_OF_EACH):
        await person.messenger.says("/menu")
        await asyncio.sleep(0.2)


async def notices(house: House, readers: Sequence[Chat]) -> None:
    """Each is written until the database says that it is."""
    for number in range(NOTICES_OF_EACH):
        for reader in readers:
            await kept(house, partial(say, chat=str(reader.id), texts=(str(number),), worker=None))
        await asyncio.sleep(0.2)


async def kept(house: House, work: Callable[[Transaction], object]) -> None:
    while True:
        try:
            await house.database.write(work)
        except StorageError:
            await asyncio.sleep(0.05)
        else:
            return


async def all_sent(house: House) -> None:
    """What a crash has left leased goes when its lease is over."""
    unsent = select(func.count()).where(delivery.c.state != "sent")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await house.database.read(lambda tx: tx.conn.scalar(unsent)):
            await asyncio.sleep(0.1)


def written_to(tx: Transaction) -> dict[str, int]:
    """Of each chat how many messages to it are in the log: a writer who is told nothing writes once more."""
    counted = (
        select(contact.c.address, func.count())
        .join_from(message, conversation, conversation.c.id == message.c.conversation_id)
        .join(contact, contact.c.id == conversation.c.contact_id)
        .where(message.c.direction == "out")
        .group_by(contact.c.address)
    )
    return {chat: number for chat, number in tx.conn.execute(counted)}  # noqa: C416  # rows are no pairs


def taken_and_answered(tx: Transaction) -> dict[str, tuple[int, int]]:
    """Of each chat how many messages are in the log, and how many of them have an answer there."""
    came = message.c.direction == "in"
    counted = (
        select(contact.c.address, func.count().filter(came), func.count(message.c.answers.distinct()))
        .join_from(message, conversation, conversation.c.id == message.c.conversation_id)
        .join(contact, contact.c.id == conversation.c.contact_id)
        .group_by(contact.c.address)
        .having(func.count().filter(came) > 0)
    )
    return {address: (taken, answered) for address, taken, answered in tx.conn.execute(counted)}
