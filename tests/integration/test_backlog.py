"""What is told of the backlog and of the channels."""

from datetime import timedelta
from functools import partial

from prometheus_client import CollectorRegistry

from bot.clock import real_now
from bot.conversation.port import TryLater
from bot.metrics import Metrics
from bot.notifiers.gate import MOST_FAILURES, State
from domain.manner import Urgency
from storage import backlog
from storage.database import Database
from tests.integration.delivering import RememberingSender, delivering, say, until


async def test_the_backlog_and_the_age_of_its_oldest_message_are_told_by_urgency(database: Database) -> None:
    registry, now = CollectorRegistry(), real_now()
    for chat, urgency, age in (
        ("1", Urgency.CRITICAL, 7),
        ("2", Urgency.CRITICAL, 90),
        ("3", Urgency.DIGEST, 5),
    ):
        due_at = now - timedelta(seconds=age)
        await database.write(
            partial(say, chat=chat, texts=("x",), worker=None, urgency=urgency, due_at=due_at)
        )
    later = now + timedelta(hours=1)
    await database.write(lambda tx: say(tx, "4", ("x",), None, urgency=Urgency.NORMAL, due_at=later))

    waiting = await database.read(partial(backlog.waiting, now_real=now))
    Metrics(registry).backlog(waiting, {}, now)

    def told(name: str, **labels: str) -> float | None:
        return registry.get_sample_value(name, labels)

    assert told("kezek_backlog", channel="telegram", urgency="critical") == 2
    assert told("kezek_backlog", channel="telegram", urgency="digest") == 1
    assert told("kezek_backlog", channel="telegram", urgency="normal") is None
    assert told("kezek_backlog_oldest_seconds", urgency="critical") == 90
    assert told("kezek_backlog_oldest_seconds", urgency="normal") == 0


async def test_a_channel_that_is_down_is_told(database: Database) -> None:
    registry = CollectorRegistry()
    down = RememberingSender(always=TryLater("502 Bad Gateway"))

    async with delivering(database, down, "one", at_once=1) as delivery:
        Metrics(registry).backlog([], delivery.lanes, real_now())
        up = registry.get_sample_value("kezek_channel_state", {"channel": "telegram"})
        for number in range(MOST_FAILURES):
            await database.write(partial(say, chat=f"{number}", texts=("x",), worker=None))
        await until(lambda: delivery.lanes["telegram"].gate.state is not State.UP)
        broken = registry.get_sample_value("kezek_channel_state", {"channel": "telegram"})

    assert up == 0
    assert broken in {1, 2}
