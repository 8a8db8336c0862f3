"""Pace: two delivery processes on one PostgreSQL send a backlog at Telegram's limit, and never above it."""

import time
from bisect import bisect_left
from contextlib import ExitStack

from benchmarks.backlog import write_backlog
from benchmarks.broken import BenchBroken
from benchmarks.databases import SECRET_KEY, let_settle, postgresql_url, write
from benchmarks.figures import print_table
from benchmarks.noting_api import noting_api
from benchmarks.programs import SERVER_CORE, kezek, listening
from benchmarks.telegram import TOKEN
from tests.processes import free_port, wait_until

PER_SECOND, SECONDS, FIRST_SECONDS = 30, 30, 3
LEAST_SHARE = 0.95


def run(name: str) -> dict[str, object]:
    """Measure. Raises BenchBroken where a second holds more than is allowed."""
    with ExitStack() as stack:
        api = stack.enter_context(noting_api())
        url = stack.enter_context(postgresql_url())
        chats = PER_SECOND * (SECONDS + FIRST_SECONDS + 30)
        write(url, lambda tx: write_backlog(tx, 0, chats, 1))
        let_settle(url)
        for _ in range(2):
            port = free_port()
            environment = {
                "KEZEK_DATABASE_URL": url,
                "KEZEK_SECRET_KEY": SECRET_KEY,
                "KEZEK_HTTP_PORT": str(port),
                "KEZEK_TELEGRAM_TOKEN": TOKEN,
                "KEZEK_TELEGRAM_API_URL": api.url,
                "KEZEK_TELEGRAM_PER_SECOND": str(PER_SECOND),
                "KEZEK_ROLES": "web,delivery",
            }
            stack.enter_context(listening(kezek("serve"), port, SERVER_CORE, environment))
        wait_until(lambda: len(api.instants) > PER_SECOND * FIRST_SECONDS)
        began = time.perf_counter()
        time.sleep(SECONDS)
        instants = list(api.instants)
    rate = sum(began <= each < began + SECONDS for each in instants) / SECONDS
    most = max(bisect_left(instants, at + 1.0) - place for place, at in enumerate(instants))
    share = rate / PER_SECOND
    row = ("two processes", rate, PER_SECOND, share, most)
    print_table(name, ("pace", "messages/s", "allowed", "share", "most in a second"), [row])
    if most > PER_SECOND:
        raise BenchBroken(f"a second holds {most} messages, {PER_SECOND} are allowed")
    return {"bench": name, "ratio": round(share, 3), "rate": round(rate, 2), "most_in_a_second": most}
