"""Live: two hundred operators watch all that happens while a hundred parents a second ask for their place.

The same service and the same steady load over Telegram's webhook, in turns with nobody watching and with two
hundred consoles that have the inbox open. The waiting of a parent is to grow by half at most.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import orjson

from benchmarks.broken import BenchBroken
from benchmarks.databases import DURABLE, URLS, durability, let_settle, write
from benchmarks.families import settle_in
from benchmarks.figures import in_turns, medians, print_table
from benchmarks.programs import LOAD_CORE, kept_to, python
from benchmarks.telegram import BotApi, Load, bot_api
from benchmarks.turn import Figures, service
from bot.clock import real_now
from storage import staff, staff_sessions
from storage.transaction import Transaction

CONSOLES, TURNS_A_SECOND = 200, 100
ROUNDS, SECONDS, WARM_UP = 5, 10, 5
MOST_RATIO = 1.5
KEEPS_UP_MS = 1000.0
"""Where the median answer takes longer with nobody watching, so many turns are too many for the machine."""
_SPAN_OF_IDS = 1_000_000


@dataclass(slots=True)
class Subject:
    """The service, and who may watch it."""

    port: int
    api: BotApi
    tokens: Path
    numbers: Iterator[int]
    fewest_events: int = 0
    mib_told: float = 0.0

    def alone(self, seconds: int = SECONDS) -> Figures:
        """One round with nobody watching."""
        self.api.reset()
        load = _steady(self.port, seconds, next(self.numbers) * _SPAN_OF_IDS)
        sent = self.api.quiet()
        if load.refused or load.broken or sent.messages != load.acknowledged:
            raise BenchBroken(f"{load}, {sent.messages} answered")
        return {"p50": load.p50, "p99": load.p99}

    def watched(self, seconds: int = SECONDS) -> Figures:
        """One round with everybody watching. Raises BenchBroken where one of them heard too little."""
        with kept_to(LOAD_CORE):
            command = python("-m", "benchmarks.watchers", str(self.port), str(self.tokens))
            watchers = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
            )
        assert watchers.stdout is not None
        if watchers.stdout.readline() != "open\n":
            raise BenchBroken("not all consoles could watch")
        figures = self.alone(seconds)
        said, _ = watchers.communicate("")
        fewest, told = map(int, said.split())
        # At most one event a second each; the first and the last second may have none.
        if fewest < seconds - 2:
            raise BenchBroken(f"a console was told something {fewest} times in {seconds} s")
        self.fewest_events, self.mib_told = fewest, told / 2**20
        return figures


def run(name: str) -> dict[str, object]:
    """Measure on the database that stands behind the dash of the name. Raises BenchBroken."""
    kind = name.partition("-")[2]
    with ExitStack() as stack:
        api = stack.enter_context(bot_api())
        url = stack.enter_context(URLS[kind]())
        write(url, settle_in)
        tokens = stack.enter_context(_file(write(url, _hire)))
        let_settle(url)
        if (found := durability(url)) != DURABLE[kind]:
            raise BenchBroken(f"a commit would not survive a power cut: {found}")
        subject = Subject(stack.enter_context(service(url, api)), api, tokens, count(1))
        subject.alone(WARM_UP)
        subject.watched(WARM_UP)
        rounds = in_turns(
            {"alone": lambda _: subject.alone(), "watched": lambda _: subject.watched()}, ROUNDS
        )
    by_round = {each: medians(figures) for each, figures in rounds.items()}
    if by_round["alone"]["p50"] > KEEPS_UP_MS:
        raise BenchBroken(f"{TURNS_A_SECOND} turns a second are too many here, watched or not: {by_round}")
    return _told(name, kind, subject, by_round)


def _steady(port: int, seconds: int, first_update: int) -> Load:
    arguments = (str(port), str(seconds), str(TURNS_A_SECOND), str(first_update))
    with kept_to(LOAD_CORE):
        said = subprocess.run(
            python("-m", "benchmarks.steady", *arguments), check=True, capture_output=True
        ).stdout
    return Load(**orjson.loads(said))


def _hire(tx: Transaction) -> list[str]:
    """So many operators who are signed in and reach everything: their sessions' tokens."""
    tokens = []
    for number in range(CONSOLES):
        staff_id = staff.add(
            tx,
            login=f"operator-{number}",
            password_hash="none",
            role="operator",
            language="kk",
            territories=(),
            kindergartens=(),
            at=tx.now,
        )
        tokens.append(staff_sessions.start(tx, staff_id, real_now(), None))
    return tokens


@contextmanager
def _file(tokens: list[str]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kezek-bench-") as folder:
        file = Path(folder) / "tokens"
        file.write_text("\n".join(tokens))
        yield file


def _told(name: str, kind: str, subject: Subject, by_round: dict[str, dict[str, float]]) -> dict[str, object]:
    alone, watched = by_round["alone"], by_round["watched"]
    words = {"alone": "nobody watches", "watched": f"{CONSOLES} consoles watch"}
    rows = [
        (words[each], figures["p50"], figures["p99"], figures["p99"] / alone["p99"])
        for each, figures in by_round.items()
    ]
    title = f"{name}: {TURNS_A_SECOND} turns a second on {kind}"
    print_table(title, ("", "p50 ms", "p99 ms", "p99 ratio (at most 1.5)"), rows)
    return {
        "bench": name,
        "ratio": round(watched["p99"] / alone["p99"], 2),
        "most_ratio": MOST_RATIO,
        **{each: {key: round(value, 1) for key, value in f.items()} for each, f in by_round.items()},
        "consoles": CONSOLES,
        "fewest_events": subject.fewest_events,
        "told_mib": round(subject.mib_told, 1),
        "durable": DURABLE[kind],
    }
