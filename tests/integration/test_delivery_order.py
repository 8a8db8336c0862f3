"""Who goes first, who has to wait, and a channel that is down: delivery on real databases."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import cast

import pytest
from sqlalchemy import update

from bot.clock import real_now
from bot.conversation.port import TryLater
from bot.conversation.reply import Outgoing
from bot.notifiers.gate import MOST_FAILURES, State
from domain.manner import Urgency
from domain.pace import Pace
from storage import conversations
from storage.database import Database
from storage.errors import StorageUnavailable
from storage.tables import delivery as delivery_table
from storage.transaction import Transaction
from tests.integration.delivering import RememberingSender, delivering, say, states, until
from tests.integration.rows import add_territory

SLOWLY = {"telegram": Pace(per_second=20, per_second_of_chat=1, burst=10)}


def in_territory(tx: Transaction, chat: str, territory_id: int) -> None:
    contact_id = conversations.enter(tx, "telegram", chat).contact_id
    conversations.update_contact(tx, contact_id, territory_id=territory_id)


async def test_what_is_urgent_overtakes_what_is_in_hand_already(database: Database) -> None:
    sender = RememberingSender()
    digest = partial(say, texts=("digest",), worker=None, urgency=Urgency.DIGEST)
    for number in range(30):
        await database.write(partial(digest, chat=f"{number}"))

    paces = {"telegram": Pace(per_second=10, per_second_of_chat=1)}
    async with delivering(database, sender, "one", paces=paces):
        await until(lambda: len(sender.shown) >= 2)
        await database.write(lambda tx: say(tx, "30", ("critical",), None, urgency=Urgency.CRITICAL))
        before = len(sender.shown)
        await until(lambda: ("30", "critical") in sender.shown)

    assert sender.shown.index(("30", "critical")) <= before + 10


async def test_an_answer_does_not_wait_behind_a_digest_of_its_own_chat(database: Database) -> None:
    sender = RememberingSender()
    for number in range(20):
        digest = partial(say, chat=f"{number}", texts=("digest",), worker=None, urgency=Urgency.DIGEST)
        await database.write(digest)

    async with delivering(database, sender, "one", paces=SLOWLY) as delivery:
        await until(lambda: len(sender.shown) >= 2)
        delivery.accept(await database.write(lambda tx: say(tx, "19", ("answer",), "one")))
        await until(lambda: len(sender.shown) == 21)

    assert sender.shown.index(("19", "answer")) < sender.shown.index(("19", "digest"))


async def test_the_few_of_one_territory_are_not_held_up_by_the_many_of_another(database: Database) -> None:
    sender = RememberingSender()
    great, small = await database.write(lambda tx: (add_territory(tx, "great"), add_territory(tx, "small")))
    news = partial(say, texts=("x",), worker=None, urgency=Urgency.NORMAL)
    for number in range(60):
        await database.write(partial(in_territory, chat=f"great {number}", territory_id=great))
        await database.write(partial(news, chat=f"great {number}"))
    for number in range(3):
        await database.write(partial(in_territory, chat=f"small {number}", territory_id=small))
        await database.write(partial(news, chat=f"small {number}"))

    paces = {"telegram": Pace(per_second=5, per_second_of_chat=1)}
    async with delivering(database, sender, "one", paces=paces):
        await until(lambda: sum(chat.startswith("small") for chat, _ in sender.shown) == 3)

    assert len(sender.shown) <= 15


async def test_a_channel_that_is_down_is_not_asked_for_each_message_and_holds_up_no_other(
    database: Database,
) -> None:
    down = RememberingSender(always=TryLater("502 Bad Gateway"))
    sms = RememberingSender("sms")
    for number in range(60):
        await database.write(partial(say, chat=f"{number}", texts=("x",), worker=None))
    await database.write(lambda tx: say(tx, "0", ("code",), None, channel="sms"))

    async with delivering(database, down, "one", sms, at_once=4) as delivery:
        await until(lambda: bool(sms.shown) and delivery.idle)
        state, asked = delivery.lanes["telegram"].gate.state, down.asked
        down.always = None
        await until(lambda: len(down.shown) >= 50)

    assert state is State.DOWN
    assert MOST_FAILURES <= asked <= MOST_FAILURES + 4
    assert sms.shown == [("0", "code")]


async def test_many_who_are_put_off_by_themselves_do_not_shut_a_channel_that_works(
    database: Database,
) -> None:
    put_off: list[Exception] = [TryLater("450", of_person=True)]
    sender = RememberingSender(faults=put_off * 2 * MOST_FAILURES)

    async with delivering(database, sender, "one", at_once=1) as delivery:
        for number in range(2 * MOST_FAILURES):
            delivery.accept(await database.write(partial(say, chat=f"{number}", texts=("x",), worker="one")))
        await until(lambda: sender.asked >= 2 * MOST_FAILURES)

        assert delivery.lanes["telegram"].gate.state is State.UP


async def test_what_waits_while_its_channel_is_down_has_lost_no_try(database: Database) -> None:
    down = RememberingSender(always=TryLater("502 Bad Gateway"))

    async with delivering(database, down, "one", at_once=1) as delivery:
        for number in range(MOST_FAILURES):
            delivery.accept(await database.write(partial(say, chat=f"{number}", texts=("x",), worker="one")))
        await until(lambda: delivery.lanes["telegram"].gate.state is State.DOWN)
        delivery.accept(await database.write(lambda tx: say(tx, "late", ("a", "b"), "one")))
        await until(lambda: delivery.idle)
        down.always = None
        await until(lambda: ("late", "b") in down.shown)

    assert [text for chat, text in down.shown if chat == "late"] == ["a", "b"]


async def test_who_is_told_to_wait_for_one_chat_goes_on_with_the_others(database: Database) -> None:
    sender = RememberingSender(faults=[TryLater("429", timedelta(hours=1))])

    async with delivering(database, sender, "one") as delivery:
        delivery.accept(await database.write(lambda tx: say(tx, "7", ("waits",), "one")))
        await until(lambda: delivery.idle)
        delivery.accept(await database.write(lambda tx: say(tx, "8", ("goes",), "one")))
        await until(lambda: delivery.idle)

    assert sender.shown == [("8", "goes")]


@pytest.mark.parametrize("worker", ["one", None], ids=["handed over", "found"])
async def test_what_is_more_urgent_does_not_go_to_a_chat_that_is_to_be_left_alone(
    database: Database, worker: str | None
) -> None:
    sender = RememberingSender(faults=[TryLater("429", timedelta(seconds=1))])
    await database.write(lambda tx: say(tx, "7", ("news",), None, urgency=Urgency.NORMAL))

    begun = monotonic()
    async with delivering(database, sender, "one") as delivery:
        await until(lambda: sender.asked == 1 and delivery.idle)
        posted = await database.write(lambda tx: say(tx, "7", ("answer",), worker))
        if worker is not None:
            delivery.accept(posted)
        await until(lambda: bool(sender.shown))
        answered = monotonic()
        await until(lambda: len(sender.shown) == 2)

    assert answered - begun >= 1
    assert sender.shown == [("7", "answer"), ("7", "news")]


async def test_who_is_told_to_wait_for_one_chat_after_another_leaves_the_whole_channel_alone(
    database: Database,
) -> None:
    sender = RememberingSender(faults=[TryLater("429", timedelta(seconds=1))] * 2)

    async with delivering(database, sender, "one", at_once=1) as delivery:
        for chat in ("7", "8", "9", "10"):
            delivery.accept(await database.write(partial(say, chat=chat, texts=("x",), worker="one")))
        await until(lambda: delivery.idle)
        asked = sender.asked
        await until(lambda: len(sender.shown) == 4)

    assert asked == 2


async def test_the_next_of_a_chat_goes_when_it_is_written_down_what_became_of_the_one_before(
    database: Database,
) -> None:
    sender = RememberingSender()
    posted = await database.write(lambda tx: say(tx, "7", ("first", "second"), "one"))
    away = Away(database)

    async with delivering(cast(Database, away), sender, "one") as delivery:
        delivery.accept(posted)
        await until(lambda: away.asked >= 2)
        while_away = list(sender.shown)
        away.back.set()
        await until(lambda: len(sender.shown) == 2)

    assert while_away == [("7", "first")]
    assert await states(database, "7") == ["sent", "sent"]


async def test_what_was_sent_while_the_database_was_away_for_longer_than_its_lease_is_not_sent_again(
    database: Database,
) -> None:
    sender, away = RememberingSender(), Away(database)
    lease = timedelta(seconds=1)
    posted = await database.write(lambda tx: say(tx, "7", ("once",), "one"))

    async with delivering(cast(Database, away), sender, "one", lease=lease) as delivery:
        delivery.accept(posted)
        await until(lambda: bool(sender.shown))
        await database.write(partial(over, message_id=posted[0].message_id))
        away.back.set()
        await until(lambda: delivery.idle)

    assert sender.shown == [("7", "once")]
    assert await states(database, "7") == ["sent"]


def over(tx: Transaction, message_id: int) -> None:
    """Its lease is over."""
    ended = (
        update(delivery_table).where(delivery_table.c.message_id == message_id).values(lease_until=real_now())
    )
    tx.conn.execute(ended)


@dataclass
class Away:
    """A database that can't be reached until it is back."""

    database: Database
    back: asyncio.Event = field(default_factory=asyncio.Event)
    asked: int = 0

    async def write(self, work: object, *, ahead: bool = False) -> object:
        self.asked += 1
        if not self.back.is_set():
            raise StorageUnavailable("away")
        return await self.database.write(work, ahead=ahead)  # type: ignore[arg-type]  # handed on as it is

    @property
    def dialect(self) -> str:
        return self.database.dialect

    def call_when_posted(self, bell: object) -> None:
        """Nobody rings here."""


class Noting(RememberingSender):
    """A channel that notes when it was asked."""

    def __init__(self, instants: list[float]) -> None:
        super().__init__()
        self.instants = instants

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        self.instants.append(monotonic())
        return await super().send(chat, outgoing, dedup_key)


@pytest.mark.postgresql
async def test_two_workers_together_keep_the_pace(postgres: Database) -> None:
    for number in range(40):
        notice = partial(say, chat=f"{number}", texts=("x",), worker=None, urgency=Urgency.NORMAL)
        await postgres.write(notice)

    paces = {"telegram": Pace(per_second=10, per_second_of_chat=1)}
    instants: list[float] = []
    one, two = Noting(instants), Noting(instants)
    async with (
        delivering(postgres, one, "one", paces=paces),
        delivering(postgres, two, "two", paces=paces),
    ):
        await until(lambda: len(instants) == 30)

    assert one.shown
    assert two.shown
    spans = [later - earlier for earlier, later in zip(instants, instants[10:], strict=False)]
    assert min(spans) >= 1.0
    assert instants[29] - instants[0] < 6
