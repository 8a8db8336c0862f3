"""What /readyz asks: does the database answer, is its schema ours, is Redis there, do the clocks agree."""

from collections.abc import Mapping
from datetime import timedelta

from bot.clock import real_now
from bot.settings import Settings
from bot.web.health import Check, Finding
from storage.database import Database
from storage.migrations.state import HEAD, check_schema
from storage.transaction import Transaction

MOST_SKEW = timedelta(seconds=1)


def readiness(database: Database, settings: Settings) -> Mapping[str, Check]:
    """The parts that have to be in order before anybody is let in."""

    async def database_answers() -> Finding:
        await database.read(_schema)
        return Finding(ok=True, facts={"schema": HEAD})

    async def clocks_agree() -> Finding:
        theirs = await database.read(Transaction.ask_server_time)
        skew = abs(theirs - real_now()) if theirs is not None else timedelta(0)
        return Finding(ok=skew < MOST_SKEW, facts={"skew_seconds": round(skew.total_seconds(), 3)})

    checks: dict[str, Check] = {"database": database_answers, "clock": clocks_agree}
    if settings.redis_url is not None:
        checks["redis"] = redis_check(settings.redis_url.get_secret_value())
    return checks


def redis_check(url: str) -> Check:
    """Redis holds nothing that matters, but where it is configured it should be there."""

    async def redis_answers() -> Finding:
        from redis.asyncio import Redis

        async with Redis.from_url(url) as redis:
            await redis.set("kezek:ready", "1", ex=60)
        return Finding(ok=True)

    return redis_answers


def _schema(tx: Transaction) -> None:
    check_schema(tx.conn)
