"""Drain: a hundred thousand messages wait, and one process sends them all, its pace off.

The yardstick is aiogram's `send_message` in a loop with the same number of messages on their way at once, in
the same run: it keeps nothing. Ours reads each from the database, sends it, and writes down that it was sent.
"""

import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks import ledger
from benchmarks.backlog import write_backlog
from benchmarks.broken import BenchBroken
from benchmarks.databases import DURABLE, URLS, durability, let_settle, write
from benchmarks.figures import print_table
from benchmarks.programs import SERVER_CORE, kept_to, python
from benchmarks.telegram import BotApi, bot_api
from benchmarks.turn import service

CHATS, OF_EACH, AT_ONCE = 20_000, 5, 64
WRITTEN_AT_ONCE = 40
LEAST_RATIO, LONGEST = 1.0, 300.0
MOST_GROWTH_MB = 32
"""Of which SQLite takes 24 for the pages of its file, whatever is in it (`storage.sqlite`), and no more."""


def run(name: str) -> dict[str, object]:
    """Measure on the database that stands behind the dash of the name. Raises BenchBroken."""
    kind = name.partition("-")[2]
    with ExitStack() as stack:
        api = stack.enter_context(bot_api())
        url = stack.enter_context(URLS[kind]())
        for first in range(0, CHATS, WRITTEN_AT_ONCE):
            write(url, partial(write_backlog, first=first, chats=WRITTEN_AT_ONCE, of_each=OF_EACH))
        let_settle(url)
        if (found := durability(url)) != DURABLE[kind]:
            raise BenchBroken(f"a commit would not survive a power cut: {found}")
        bare = _bare(api)
        ours, growth = _ours(url, api)
        _insist(url)
    ratio = ours / bare
    rows = [(f"Kezek on {kind}", ours, ratio), ("aiogram, `send_message`", bare, 1.0)]
    print_table(name, ("draining 100,000 messages", "messages/s", "ratio"), rows)
    return {
        "bench": name,
        "ratio": round(ratio, 2),
        "kezek": round(ours, 1),
        "aiogram": round(bare, 1),
        "memory_growth_mb": round(growth, 1),
    }


def _bare(api: BotApi) -> float:
    """Messages a second."""
    api.reset()
    numbers = (str(CHATS * OF_EACH), str(AT_ONCE), str(CHATS))
    with kept_to(SERVER_CORE):
        subprocess.run(python("-m", "benchmarks.bare_sender", api.url, *numbers), check=True)
    sent = api.sent()
    return sent.messages / sent.seconds


def _ours(url: str, api: BotApi) -> tuple[float, float]:
    """Messages a second, and by how many MB the process grew from its first thousands to its last."""
    number = CHATS * OF_EACH
    with service(url, api, KEZEK_ROLES="web,conversation,delivery"):
        _wait(lambda: api.called("sendMessage") >= number // 20)
        early = _resident_mb()
        _wait(lambda: api.called("sendMessage") >= number)
        grown = _resident_mb() - early
        sent = api.quiet()
    if sent.messages != number or set(sent.by_chat.values()) != {OF_EACH}:
        raise BenchBroken(f"{number} messages, {sent.messages} were sent")
    if grown > MOST_GROWTH_MB:
        raise BenchBroken(f"memory grows with the backlog: by {grown:.0f} MB")
    return sent.messages / sent.seconds, grown


def _insist(url: str) -> None:
    if any(chat.waiting for chat in ledger.chats(url).values()):
        raise BenchBroken("not all is written down as sent")


def _wait(answers: Callable[[], bool]) -> None:
    """Seldom asked: the server has better things to do than to tell how far it is."""
    end = time.monotonic() + LONGEST
    while not answers():
        if time.monotonic() > end:
            raise BenchBroken(f"not done in {LONGEST:.0f} seconds")
        time.sleep(1)


def _resident_mb() -> float:
    """What the service has in memory."""
    children = Path("/proc/thread-self/children").read_text().split()
    of_each = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children}
    [service] = [pid for pid, command in of_each.items() if command.endswith(b"bot\0serve\0")]
    status = Path(f"/proc/{service}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
