"""Turn: a confirmed parent asks "check my place", over Telegram's webhook.

1,000 parents in a queue of 10,000, 64 updates at once, each with an id and, in turn, a chat of its own.
What counts are the replies that reach the Bot API server. The yardstick is a bare aiogram bot that knows
nothing and keeps nothing; ours keeps every message, decides, answers, and notes that it was sent.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count

from benchmarks import ledger
from benchmarks.broken import BenchBroken
from benchmarks.databases import DURABLE, SECRET_KEY, URLS, durability, let_settle, write
from benchmarks.families import settle_in
from benchmarks.figures import in_turns, medians, print_table
from benchmarks.programs import SERVER_CORE, kezek, listening, python
from benchmarks.telegram import SECRET, TOKEN, BotApi, Load, Sent, bot_api, post_updates
from bot.texts import LANGUAGES
from tests.processes import free_port, wait_until

ROUNDS, SECONDS, WARM_UP = 3, 6, 2
PATIENCE_SECONDS = 120.0
"""So long a bench waits for what takes a moment on a machine that does nothing else."""

_SPAN_OF_IDS = 1_000_000
Figures = Mapping[str, float]


@dataclass(slots=True)
class Rival:
    """One bot under load, with what it acknowledged and what it sent to whom in all rounds."""

    api: BotApi
    port: int
    numbers: Iterator[int]
    acknowledged: int = 0
    sent: dict[str, int] = field(default_factory=dict)

    def measured(self, seconds: int = SECONDS) -> Figures:
        """One round: load, then wait until the last reply is there."""
        self.api.reset()
        load = post_updates(self.port, seconds, next(self.numbers) * _SPAN_OF_IDS)
        sent = self.api.quiet()
        self._remember(load, sent)
        return {"rate": sent.messages / sent.seconds, "p50": load.p50, "p99": load.p99}

    def _remember(self, load: Load, sent: Sent) -> None:
        if load.refused or load.broken:
            raise BenchBroken(f"{load.refused} updates were refused, {load.broken} were not answered")
        if sent.messages < load.acknowledged:
            raise BenchBroken(f"{load.acknowledged} updates were taken, {sent.messages} answered")
        self.acknowledged += load.acknowledged
        for chat, messages in sent.by_chat.items():
            self.sent[chat] = self.sent.get(chat, 0) + messages


def run(name: str) -> dict[str, object]:
    """Measure on the database that stands behind the dash of the name. Raises BenchBroken."""
    kind = name.partition("-")[2]
    with ExitStack() as stack:
        api = stack.enter_context(bot_api())
        url = stack.enter_context(URLS[kind]())
        write(url, settle_in)
        let_settle(url)
        _insist_on_durability(kind, url)
        numbers = count(1)
        ours = Rival(api, stack.enter_context(service(url, api)), numbers)
        bare = Rival(api, stack.enter_context(_bare_bot(api)), numbers)
        for rival in (ours, bare):
            rival.measured(WARM_UP)
        rounds = in_turns({"kezek": lambda _: ours.measured(), "aiogram": lambda _: bare.measured()}, ROUNDS)
        _insist_on_one_reply_each(url, ours)
    return _told(name, kind, {rival: medians(each) for rival, each in rounds.items()}, ours)


def _told(name: str, kind: str, by_rival: Mapping[str, Figures], ours: Rival) -> dict[str, object]:
    mine, bare = by_rival["kezek"], by_rival["aiogram"]
    ratio = mine["rate"] / bare["rate"]
    names = {"kezek": f"Kezek on {kind}, every turn kept", "aiogram": "aiogram, `message.answer()`"}
    rows = [
        (names[rival], each["rate"], each["p50"], each["p99"], each["rate"] / bare["rate"])
        for rival, each in by_rival.items()
    ]
    print_table(name, ("webhook turn", "replies/s", "p50 ms", "p99 ms", "ratio"), rows)
    return {
        "bench": name,
        "ratio": round(ratio, 2),
        "p99_ratio": round(mine["p99"] / bare["p99"], 2),
        **{rival: {key: round(value, 1) for key, value in each.items()} for rival, each in by_rival.items()},
        "turns": ours.acknowledged,
        "lost": 0,
        "answered_twice": 0,
        "durable": DURABLE[kind],
    }


def _insist_on_durability(kind: str, url: str) -> None:
    found = durability(url)
    if found != DURABLE[kind]:
        raise BenchBroken(f"a commit would not survive a power cut: {found}")


def _insist_on_one_reply_each(url: str, ours: Rival) -> None:
    """Each message of the log was answered once, and each that was acknowledged is in the log."""
    wait_until(lambda: not any(chat.waiting for chat in ledger.chats(url).values()), PATIENCE_SECONDS)
    logged = ledger.chats(url)
    for address, chat in logged.items():
        sent = ours.sent.get(address, 0)
        if not chat.taken == chat.answered == sent:
            raise BenchBroken(f"{address}: {chat.taken} taken, {chat.answered} answered, {sent} sent")
    taken = sum(chat.taken for chat in logged.values())
    if taken < ours.acknowledged:
        raise BenchBroken(f"{ours.acknowledged} updates were acknowledged, {taken} are in the log")


@contextmanager
def service(url: str, api: BotApi, **more: str) -> Iterator[int]:
    """The service as it runs anywhere, its settings given by the environment; `more` of them, too."""
    port = free_port()
    environment = {
        "KEZEK_DATABASE_URL": url,
        "KEZEK_SECRET_KEY": SECRET_KEY,
        "KEZEK_HTTP_PORT": str(port),
        "KEZEK_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "KEZEK_TELEGRAM_TOKEN": TOKEN,
        "KEZEK_TELEGRAM_API_URL": api.url,
        "KEZEK_TELEGRAM_MODE": "webhook",
        "KEZEK_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "KEZEK_TELEGRAM_PER_SECOND": "0",  # nobody's limit is measured here
        **more,
    }
    api.reset()
    with listening(kezek("serve"), port, SERVER_CORE, environment):
        # The bot tells Telegram about itself beside its work, once; that is not what is measured.
        # After a fault it begins anew, so it may be more than once for each language.
        wait_until(lambda: api.called("setMyShortDescription") >= len(LANGUAGES), PATIENCE_SECONDS)
        yield port


@contextmanager
def _bare_bot(api: BotApi) -> Iterator[int]:
    port = free_port()
    with listening(python("-m", "benchmarks.bare_bot", str(port), api.url), port, SERVER_CORE):
        yield port
