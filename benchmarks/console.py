"""Console: how long the operators' pages take with a million applications, and with a hundredth of them.

Two hundred thousand chats, two million messages and an audit as long, beside a hundredth of each: both are
served by services of their own, and asked in turns by an operator whose rights reach all two hundred cities.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import quantiles

from aiohttp import ClientResponse
from argon2 import PasswordHasher

from benchmarks.broken import BenchBroken
from benchmarks.console_city import FREQUENT, RARE, SENTENCES, fill_centre, named_chats
from benchmarks.databases import DURABLE, SECRET_KEY, durability, let_settle, postgresql_url
from benchmarks.figures import print_table
from benchmarks.opening_city import TERRITORIES
from benchmarks.telegram import bot_api
from benchmarks.turn import service
from bot.clock import SystemClock
from storage import staff
from storage.database import Database
from storage.keyring import Keyring
from storage.transaction import Transaction
from storage.vault import Vault
from tests.fakes.staff_browser import PASSWORD, StaffBrowser, staff_browser

SIZES = (10_000, 1_000_000)
OF_EACH, FIRST_ONES = 80, 3
_BETWEEN_SECONDS = 0.11
"""No session may ask for more than ten pages a second."""

MOST_P95_MS, MOST_GROWTH = 200.0, 1.5
_LOGINS = {"operator": "an-operator", "admin": "an-admin"}
Words = Callable[[int, int], str]
"""The page's path, or what is looked for, for the n-th visit to a centre of so many applications."""

_SEARCH = "/console/search/words"


@dataclass(frozen=True, slots=True)
class Visited:
    """A page: what it is called, who opens it, and where it is; or the words that are looked for."""

    name: str
    role: str
    path: Words
    sought: bool = False


def _chat(number: int, size: int) -> int:
    named = named_chats(size)
    return named[number % len(named)]


PAGES: Sequence[Visited] = (
    Visited("inbox: team", "operator", lambda n, size: "chats"),
    Visited("inbox: waiting", "operator", lambda n, size: "chats?list=waiting"),
    Visited("inbox: mine", "operator", lambda n, size: "chats?list=mine"),
    Visited("inbox: failed", "operator", lambda n, size: "chats?list=failed"),
    Visited("inbox: Russian", "operator", lambda n, size: "chats?language=ru"),
    Visited("inbox: a city", "operator", lambda n, size: f"chats?territory={n % TERRITORIES + 1}"),
    Visited("conversation", "operator", lambda n, size: f"chats/{_chat(n, size)}"),
    Visited("search: number", "operator", lambda n, size: f"search?number={n * 97 % size + 1}"),
    Visited("search: frequent word", "operator", lambda n, size: FREQUENT, sought=True),
    Visited("search: two words", "operator", lambda n, size: _two_words(n), sought=True),
    Visited("search: rare word", "operator", lambda n, size: f"{RARE}{_chat(n, size)}n1", sought=True),
    Visited("audit", "admin", lambda n, size: "audit"),
    Visited("audit: of one", "admin", lambda n, size: f"audit?about=application:{n * 89 % size + 1}"),
    Visited("audit: a deed", "admin", lambda n, size: "audit?what=activated"),
)


def _two_words(number: int) -> str:
    return " ".join(SENTENCES[number % len(SENTENCES)].split()[:2])


@dataclass
class Centre:
    """A contact centre of one size, with who is signed in there, and how long each page took (ms)."""

    size: int
    url: str
    browsers: Mapping[str, StaffBrowser] = field(default_factory=dict)
    marks: dict[StaffBrowser, str] = field(default_factory=dict)
    took: dict[str, list[float]] = field(default_factory=dict)

    async def visit(self, page: Visited, number: int) -> None:
        """Open a page for the n-th time. Raises BenchBroken."""
        browser, path = self.browsers[page.role], page.path(number, self.size)
        began = time.perf_counter()
        asked = self._search(browser, path) if page.sought else browser.http.get(f"{self.url}/console/{path}")
        async with asked as answer:
            html = await answer.text()
        self.took.setdefault(page.name, []).append((time.perf_counter() - began) * 1000)
        if answer.status != 200 or answer.url.path.endswith("sign-in"):
            raise BenchBroken(f"{path}: {answer.status} at {answer.url.path}: {html[:200]}")

    def _search(self, browser: StaffBrowser, words: str) -> AbstractAsyncContextManager[ClientResponse]:
        form, headers = {"csrf": self.marks[browser], "words": words}, {"Origin": self.url}
        return browser.http.post(f"{self.url}{_SEARCH}", data=form, headers=headers)

    def p95(self, page: Visited) -> float:
        """Milliseconds."""
        return quantiles(self.took[page.name], n=20)[18]


def run(name: str) -> dict[str, object]:
    """Measure on PostgreSQL. "ratio" is the slowest page's p95 to what it may be. Raises BenchBroken."""
    with ExitStack() as stack:
        api = stack.enter_context(bot_api())
        centres = []
        for size in SIZES:
            url = stack.enter_context(postgresql_url())
            if durability(url) != DURABLE["postgresql"]:
                raise BenchBroken(f"a commit would not survive a power cut: {durability(url)}")
            asyncio.run(_fill(url, size))
            let_settle(url)
            port = stack.enter_context(service(url, api))
            centres.append(Centre(size, f"http://127.0.0.1:{port}"))
        asyncio.run(_measured(centres))
    return _told(name, *centres)


async def _fill(url: str, size: int) -> None:
    database = await Database.open(url, Vault(Keyring.from_secret(SECRET_KEY)), SystemClock())
    operator = await database.write(partial(_hire, role="operator"))
    await database.write(partial(_hire, role="admin"))
    await fill_centre(database, size, operator)
    await database.close()


def _hire(tx: Transaction, role: str) -> int:
    return staff.add(
        tx,
        login=_LOGINS[role],
        password_hash=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD),
        role=role,
        language="kk",
        territories=(),
        kindergartens=(),
        at=tx.now,
    )


async def _measured(centres: Sequence[Centre]) -> None:
    async with AsyncExitStack() as stack:
        for centre in centres:
            centre.browsers = await stack.enter_async_context(_signed_in(centre.url))
            for browser in centre.browsers.values():
                centre.marks[browser] = (await browser.opens("")).form("sign-out").fields["csrf"]
        for number in range(FIRST_ONES):
            await _round(centres, number)
        for centre in centres:
            centre.took.clear()
        for number in range(FIRST_ONES, FIRST_ONES + OF_EACH):
            await _round(centres, number)


async def _round(centres: Sequence[Centre], number: int) -> None:
    """Every page once at each centre, the other one first in every other round."""
    for page in PAGES:
        began = time.perf_counter()
        for centre in centres[:: -1 if number % 2 else 1]:
            await centre.visit(page, number)
        await asyncio.sleep(max(0.0, _BETWEEN_SECONDS - (time.perf_counter() - began)))


@asynccontextmanager
async def _signed_in(url: str) -> AsyncIterator[Mapping[str, StaffBrowser]]:
    async with AsyncExitStack() as stack:
        browsers = {}
        for role, login in _LOGINS.items():
            browsers[role] = await stack.enter_async_context(staff_browser(url, "kk"))
            await browsers[role].signs_in(login)
        yield browsers


def _told(name: str, small: Centre, large: Centre) -> dict[str, object]:
    rows = []
    for page in PAGES:
        low, high = small.p95(page), large.p95(page)
        rows.append((page.name, low, high, high / low))
    columns = ("page, p95 in ms", f"{small.size:,}", f"{large.size:,} applications", "ratio")
    print_table(name, columns, rows)
    slowest, grown = max(row[2] for row in rows), max(row[3] for row in rows)
    return {
        "bench": name,
        "ratio": round(slowest / MOST_P95_MS, 2),
        "slowest_p95_ms": round(slowest, 1),
        "most_p95_ms": MOST_P95_MS,
        "growth": round(grown, 2),
        "most_growth": MOST_GROWTH,
        "pages": {row[0]: [round(row[1], 1), round(row[2], 1)] for row in rows},
    }
