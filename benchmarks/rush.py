"""Rush: seats open to everyone, and ten thousand parents press for them at once, over Telegram's webhook.

500 seats in 20 groups; 10,000 parents, each with a chat of their own, press "take" from the very instant at
which the priority of the first ends. Beside it, in turns, the same service answers "check my place": a press
that decides about a seat may cost more than a question, but not much more. The clockwork, which would tell
them all that the list is open, is left to a process that does not run here.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path

from benchmarks import ledger
from benchmarks.broken import BenchBroken
from benchmarks.databases import DURABLE, URLS, durability, let_settle, read, write
from benchmarks.families import APPLICATIONS, settle_in
from benchmarks.figures import medians, print_table
from benchmarks.rush_seats import SEATS, Outcome, build_houses, open_seats, outcome
from benchmarks.telegram import BotApi, Load, Sent, bot_api, post_presses
from benchmarks.turn import PATIENCE_SECONDS, Figures, Rival, service
from bot.clock import SystemClock
from storage.transaction import Transaction
from tests.processes import wait_until

ROUNDS = {"sqlite": 2, "postgresql": 1}
"""One where a rush takes long enough to be its own median."""

CHECK_SECONDS = 4
WARM_UP_SECONDS, WARM_UP_PRESSES = 2, 1_000
LEAST_RATIO = 0.6
_UNTIL_OPEN = timedelta(seconds=3)
_SPAN_OF_IDS = 1_000_000
_WITHOUT_CLOCKWORK = {"KEZEK_ROLES": "web,conversation,delivery"}


@dataclass(slots=True)
class Rush:
    """The service on one database, one process of it or two, and what it answered to whom."""

    url: str
    api: BotApi
    ports: list[int]
    numbers: Iterator[int]
    folder: Path
    answered: dict[str, int] = field(default_factory=dict)

    def measured(self, presses: int = APPLICATIONS) -> Figures:
        """One rush. Raises BenchBroken unless each seat has its one holder, and everyone an answer."""
        opens_at = SystemClock().read(None) + _UNTIL_OPEN
        lines = write(self.url, lambda tx: open_seats(tx, opens_at))[:presses]
        let_settle(self.url)
        files = {port: self._file(port, lines[nth :: len(self.ports)]) for nth, port in enumerate(self.ports)}
        self.api.reset()
        wait_until(lambda: SystemClock().read(None) >= opens_at)
        loads = post_presses(files, next(self.numbers) * _SPAN_OF_IDS)
        with suppress(TimeoutError):  # what is missing then is said below
            wait_until(lambda: self.api.sent().messages >= len(lines), PATIENCE_SECONDS)
        sent = self.api.quiet()
        self._insist(loads, sent, len(lines))
        return {
            "rate": sent.messages / sent.seconds,
            "p50": max(each.p50 for each in loads),
            "p99": max(each.p99 for each in loads),
        }

    def _file(self, port: int, lines: list[str]) -> Path:
        file = self.folder / str(port)
        file.write_text("\n".join(lines) + "\n")
        return file

    def _insist(self, loads: list[Load], sent: Sent, pressed: int) -> None:
        acknowledged = sum(each.acknowledged for each in loads)
        if any(each.refused or each.broken for each in loads) or acknowledged < pressed:
            raise BenchBroken(f"of {pressed} presses {acknowledged} were taken: {loads}")
        if sent.messages != pressed or set(sent.by_chat.values()) != {1}:
            raise BenchBroken(f"{pressed} pressed, {sent.messages} messages to {len(sent.by_chat)} chats")
        found = read(self.url, outcome)
        if found != Outcome(SEATS, SEATS, SEATS):
            raise BenchBroken(f"{SEATS} seats: {found}")


def run(name: str) -> dict[str, object]:
    """Measure on the database that stands behind the dash of the name. Raises BenchBroken."""
    kind = name.partition("-")[2]
    with ExitStack() as stack:
        api = stack.enter_context(bot_api())
        url = stack.enter_context(URLS[kind]())
        write(url, _settle)
        let_settle(url)
        if (found := durability(url)) != DURABLE[kind]:
            raise BenchBroken(f"a commit would not survive a power cut: {found}")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kezek-bench-")))
        numbers = count(1)
        rounds = _in_turns(kind, url, api, numbers, folder)
        if kind == "postgresql":
            rounds["two"] = [_by_two_processes(url, api, numbers, folder)]
        _insist_on_answers(url)
    return _told(name, kind, {each: medians(figures) for each, figures in rounds.items()})


def _settle(tx: Transaction) -> None:
    settle_in(tx, APPLICATIONS)
    build_houses(tx)


def _in_turns(
    kind: str, url: str, api: BotApi, numbers: Iterator[int], folder: Path
) -> dict[str, list[Figures]]:
    with _serving(url, api) as port:
        check = Rival(api, port, numbers)
        rush = Rush(url, api, [port], numbers, folder)
        check.measured(WARM_UP_SECONDS)
        rush.measured(WARM_UP_PRESSES)
        rounds: dict[str, list[Figures]] = {"check": [], "rush": []}
        for _ in range(ROUNDS[kind]):
            rounds["check"].append(check.measured(CHECK_SECONDS))
            rounds["rush"].append(rush.measured())
        return rounds


def _by_two_processes(url: str, api: BotApi, numbers: Iterator[int], folder: Path) -> Figures:
    """The same presses, every other one at another process."""
    with _serving(url, api) as one, _serving(url, api) as other:
        rush = Rush(url, api, [one, other], numbers, folder)
        rush.measured(WARM_UP_PRESSES)
        return rush.measured()


@contextmanager
def _serving(url: str, api: BotApi) -> Iterator[int]:
    with service(url, api, **_WITHOUT_CLOCKWORK) as port:
        yield port


def _insist_on_answers(url: str) -> None:
    """Each message of the log was answered once."""
    wait_until(lambda: not any(chat.waiting for chat in ledger.chats(url).values()), PATIENCE_SECONDS)
    for address, chat in ledger.chats(url).items():
        if chat.taken != chat.answered:
            raise BenchBroken(f"{address}: {chat.taken} taken, {chat.answered} answered")


def _told(name: str, kind: str, measured: dict[str, dict[str, float]]) -> dict[str, object]:
    check = measured["check"]["rate"]
    words = {
        "check": f"“check my place” on {kind}",
        "rush": f"“take a seat”, {APPLICATIONS:,} for {SEATS}",
        "two": "the same by two processes",
    }
    rows = [
        (words[each], figures["rate"], figures["p50"], figures["p99"], figures["rate"] / check)
        for each, figures in measured.items()
    ]
    print_table(name, ("webhook turn", "replies/s", "p50 ms", "p99 ms", "ratio"), rows)
    return {
        "bench": name,
        "ratio": round(measured["rush"]["rate"] / check, 2),
        "least_ratio": LEAST_RATIO,
        **{each: {key: round(value, 1) for key, value in f.items()} for each, f in measured.items()},
        "pressed": APPLICATIONS,
        "won": SEATS,
        "won_twice": 0,
        "unanswered": 0,
        "durable": DURABLE[kind],
    }
